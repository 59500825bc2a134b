// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_AGREED_FILE_H_
#define TALLYSTICK_CLI_AGREED_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/yaml_fields.h"
#include "tallystick/v1/decision_service.pb.h"

// The parts of a file that say what is agreed besides topics.
//
//   targets:
//     inputs: {cascadia: 0.45, meridian: 0.55, band: 0.1}
//   rate_table:                        # or a list of them
//     version: 1
//     effective: 2025-01-01
//     currency: USD
//     rates: {concentrate_ton: 9500, plant_hour: {rate: 1800, unit: hour}}
//   points_table: {version: 1, points: {patent_filing: 25}}
//   likelihood_scale: {rare: 0.05, likely: 0.65}
//   monitored:
//     service_level: {agreed: 97, sigma: 1.5, h: 5, good: higher}
//   currency_rates: [{from: EUR, to: USD, rate: 1.08}]
//   position: cooperative
//   stage: perform
//   equity_band: 0.25
namespace tallystick::cli {

// The keys above, and other spellings of them.
const std::vector<std::string>& AgreedKeys();

// What a file says is agreed, and which measures belong to which decision.
struct AgreedFile {
  v1::AgreedTerms terms;
  // A measure that names the decision it was agreed in.
  struct OfDecision {
    v1::AgreedTerms::Measure measure;
    std::string decision;
  };
  std::vector<OfDecision> of_decisions;
};

// The section "set": what becomes the agreed value of topics.
absl::Status ReadSettings(
    const YamlField& set, absl::string_view file, int first_line,
    google::protobuf::RepeatedPtrField<v1::DecisionTerms::Setting>* settings);

// `first_line` is added to every line that is sent to the node (outcome.h);
// errors name the line of the file itself.
absl::StatusOr<AgreedFile> ReadAgreed(const YamlFields& fields,
                                      absl::string_view file, int first_line);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_AGREED_FILE_H_
