// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_BALANCE_ENCODING_H_
#define TALLYSTICK_NODE_API_BALANCE_ENCODING_H_

#include "core/alliance/balance_report.h"
#include "node/engine/alliance_node.h"
#include "tallystick/v1/balance_service.pb.h"

// The balance report as the own company sees it: A and B become own and
// partner, and with B a share becomes the rest of it.
namespace tallystick::node {

v1::Balance EncodeBalance(const AllianceNode& alliance,
                          const alliance::AllianceState& state,
                          const record::BalanceTerms& terms,
                          const alliance::BalanceReport& report,
                          const expectation::Date& day);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_BALANCE_ENCODING_H_
