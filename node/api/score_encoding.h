// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_SCORE_ENCODING_H_
#define TALLYSTICK_NODE_API_SCORE_ENCODING_H_

#include "core/alliance/gap_report.h"
#include "tallystick/v1/expectation_service.pb.h"

namespace tallystick::node {

// What the topics come to, as `own` sees it: everything but the rows.
void EncodeScores(const alliance::GapReport& report, v1::Party own,
                  const expectation::Catalogue& catalogue,
                  v1::GetGapsResponse& response);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_SCORE_ENCODING_H_
