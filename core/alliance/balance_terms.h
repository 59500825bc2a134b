// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_BALANCE_TERMS_H_
#define TALLYSTICK_CORE_ALLIANCE_BALANCE_TERMS_H_

#include "core/alliance/state.h"
#include "core/record/terms.h"

namespace tallystick::alliance {

// What the parties have agreed on that balance is held against, as it is in
// force on `day`: terms of decisions, and shares that were agreed as answers to
// the topic that the measure of a dimension follows (share_benefit). Of a term
// and an answer the later one holds. Amounts are shown in the currency of the
// newest table of rates.
record::BalanceTerms BalanceTermsOn(const AllianceState& state,
                                    const expectation::PartyNames& names,
                                    const expectation::Date& day);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_BALANCE_TERMS_H_
