// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_VIEW_FILE_H_
#define TALLYSTICK_CLI_VIEW_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tallystick/v1/expectation_service.pb.h"
#include "tallystick/v1/record_service.pb.h"

// A file with one company's view: what it expects, and what it believes the
// partner expects.
//
//   party: cascadia
//   answers:
//     frame/time-horizon: {stated: 2025-02-10, self: 2 years, partner: 5 years}
//   declined: [frame/rivalry]
//   sealed: [deal/ip-ownership]
//   declared_text_congruency: {governance/unwind-plan: same}    # or differs
//   earlier_answers:
//     - {topic: frame/time-horizon, stated: 2024-02-10, self: 1 year}
//   claims_of_share:
//     category_growth: {own_share: 0.6, acknowledged_to_partner: 0.4}
//   shared_better_off: 'yes'
//   private: {value_alone_usd: 2000000, upkeep_usd: 120000}
namespace tallystick::cli {

struct ViewFile {
  // Short name or domain of the company whose view it is; its line.
  std::string party;
  int party_line = 0;
  // Empty: the file does not say.
  std::string partner;
  int partner_line = 0;
  // Earlier answers by their dates, then the current ones as they stand.
  std::vector<v1::ViewRow> rows;
  // What it says of its part in things made together.
  std::vector<v1::RecordRow> share_claims;
  // Figures that stay at the node: decimal numbers, empty where absent.
  std::string value_alone;
  std::string upkeep;
  std::string private_currency;
  // "yes", "no" or "undecided": the word on being better off that the partner
  // gets; empty: the file does not say. The day it speaks of; may be empty.
  std::string better_off;
  std::string as_of;
  // Parts of the file that this version does not use; never sent.
  std::vector<std::string> unused;
  // Topics kept back because the file calls them sealed: once sent they could
  // not be unsent.
  std::vector<std::string> kept_back;
};

absl::StatusOr<ViewFile> ReadViewFile(absl::string_view text,
                                      absl::string_view file);

// The own two cells of every topic; ReadViewFile gives the same answers back.
std::string WriteViewFile(const v1::View& view);

// A file to fill in: every topic, explained, all commented out. With no topic
// uncommented it says nothing.
std::string WriteViewTemplate(absl::string_view party,
                              absl::string_view partner,
                              const std::vector<v1::Topic>& topics);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_VIEW_FILE_H_
