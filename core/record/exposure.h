// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_EXPOSURE_H_
#define TALLYSTICK_CORE_RECORD_EXPOSURE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/decimal.h"

// What a risk may be expected to cost each party (measures.md, b.5):
// likelihood x impact x the part that the party bears.
namespace tallystick::record {

// What the words for likelihoods mean, 0 to 1.
using LikelihoodScale =
    std::map<std::string, expectation::Decimal, std::less<>>;

// rare .05, unlikely .2, possible .4, likely .65, almost_certain .9.
const LikelihoodScale& DefaultScale();

struct ExpectedLoss {
  int64_t a = 0;
  int64_t b = 0;

  friend bool operator==(const ExpectedLoss&, const ExpectedLoss&) = default;
};

// In minor units, as `impact`, at least 0. Rounded half to even once for each
// party. None if the scale does not have the word. `borne_by_a`: 0 to 1;
// B bears the rest. Refused as "amount_overflow" (amount.h).
absl::StatusOr<std::optional<ExpectedLoss>> MeasureExposure(
    const LikelihoodScale& scale, absl::string_view likelihood, int64_t impact,
    expectation::Decimal borne_by_a);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_EXPOSURE_H_
