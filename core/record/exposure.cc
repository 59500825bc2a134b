// SPDX-License-Identifier: Apache-2.0
#include "core/record/exposure.h"

#include "core/record/amount.h"
#include "core/status_macros.h"

namespace tallystick::record {
namespace {

// 1 - part.
expectation::Decimal Rest(expectation::Decimal part) {
  int64_t one = 1;
  for (uint32_t i = 0; i < part.scale; ++i) one *= 10;
  return expectation::MakeDecimal(one - part.unscaled, part.scale);
}

}  // namespace

const LikelihoodScale& DefaultScale() {
  static const auto& scale = *new LikelihoodScale{{"rare", {5, 2}},
                                                  {"unlikely", {2, 1}},
                                                  {"possible", {4, 1}},
                                                  {"likely", {65, 2}},
                                                  {"almost_certain", {9, 1}}};
  return scale;
}

absl::StatusOr<std::optional<ExpectedLoss>> MeasureExposure(
    const LikelihoodScale& scale, absl::string_view likelihood, int64_t impact,
    expectation::Decimal borne_by_a) {
  const auto found = scale.find(likelihood);
  if (found == scale.end()) return std::optional<ExpectedLoss>();
  const expectation::Decimal amount = ToDecimal(impact, 0);
  ExpectedLoss loss;
  TALLYSTICK_ASSIGN_OR_RETURN(loss.a,
                              Multiply({found->second, amount, borne_by_a}, 0));
  TALLYSTICK_ASSIGN_OR_RETURN(
      loss.b, Multiply({found->second, amount, Rest(borne_by_a)}, 0));
  return std::optional<ExpectedLoss>(loss);
}

}  // namespace tallystick::record
