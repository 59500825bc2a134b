// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_DRIFT_ENCODING_H_
#define TALLYSTICK_NODE_API_DRIFT_ENCODING_H_

#include <string>

#include "core/alliance/practice_report.h"
#include "core/alliance/statement_report.h"
#include "core/drift/severity.h"
#include "tallystick/v1/drift_service.pb.h"

// What core found, as the messages of the API.
namespace tallystick::node {

v1::DriftSeverity::Level EncodeSeverity(drift::Severity severity);

// `decision`: the id of the one that agreed the figure; empty: none.
v1::DriftSeries EncodeSeries(const alliance::PracticeRow& row,
                             const std::string& decision);

v1::StatementDrift EncodeStatement(const alliance::StatementRow& row,
                                   const expectation::PartyNames& names);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_DRIFT_ENCODING_H_
