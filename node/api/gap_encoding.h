// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_GAP_ENCODING_H_
#define TALLYSTICK_NODE_API_GAP_ENCODING_H_

#include "core/alliance/gap_notes.h"
#include "core/alliance/gap_report.h"
#include "tallystick/v1/expectation_service.pb.h"

namespace tallystick::node {

v1::Gap EncodeGap(const alliance::GapRow& row,
                  const expectation::PartyNames& names);

v1::GapNote EncodeNote(const alliance::GapNote& note,
                       const expectation::PartyNames& names);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_GAP_ENCODING_H_
