// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_BALANCE_WORDS_H_
#define TALLYSTICK_CLI_BALANCE_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "cli/table.h"
#include "tallystick/v1/balance_service.pb.h"

// Balance for somebody who runs an alliance, not a ledger.
namespace tallystick::cli {

// Whose estimates are shown where there are several.
enum class BalanceView { kBoth, kOwn, kPartner };

// Everything, within 80 columns.
std::string RenderBalance(const v1::Balance& balance, BalanceView view,
                          const Layout& layout);

// The word on being better off, and what the own figures come to.
std::string RenderBetterOff(const v1::BalanceBetterOff& better_off,
                            absl::string_view own, absl::string_view partner);

// How many dimensions are out of balance on the basis that counts first, and
// whether anything else is: the ratio of equity, or a party that is worse off.
int CountImbalances(const v1::Balance& balance);

// "USD 3,745,000.00" of a plain decimal number; whole amounts lose their zeros.
std::string AmountInWords(const v1::BalanceAmount& amount);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_BALANCE_WORDS_H_
