// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_RECORD_FILE_H_
#define TALLYSTICK_CLI_RECORD_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/text_verdicts.h"
#include "cli/yaml_tree.h"
#include "tallystick/v1/record_service.pb.h"

// A file of records that both companies may share: each node takes from it
// what is its own to claim or to acknowledge.
//
//   contributions:
//   - {id: C27, date: 2025-03-31, giver: meridian, kind: field_sales_day,
//      claimed: 700, acknowledged: 600}
//   benefits:
//   - {id: B01, date: 2025-01-31, receiver: cascadia, kind: gross_profit,
//      amount: 1200000, currency: USD}
//   risks:
//   - {id: R1, title: demand shortfall, impact_usd: 4000000,
//      likelihood: {agreed: possible, cascadia: unlikely, meridian: likely},
//      borne: {cascadia: 0.3, meridian: 0.7}}
//   measures:
//     people_present@meridian:
//     - {on: 2025-01-31, value: 20}
//
// and text_confirmations (text_verdicts.h), upkeep, knowledge, meetings,
// milestones, conflicts, owned_results, commitments, shares, in the same shape;
// record_file.cc lists their fields.
namespace tallystick::cli {

struct RecordFile {
  std::vector<v1::RecordRow> contributions;
  // Of every other type.
  std::vector<v1::RecordRow> records;
  std::vector<TextVerdict> text_verdicts;
  // Parts of the file that this version does not use.
  std::vector<std::string> unused;
};

absl::StatusOr<RecordFile> ReadRecordFile(absl::string_view text,
                                          absl::string_view file);

// The part `claims_of_share` of a view file: what `party` says of things made
// together, {category_growth: {own_share: 0.6, acknowledged_to_partner: 0.4}}.
// `date`: of claims that name none.
absl::StatusOr<std::vector<v1::RecordRow>> ReadShareClaims(
    const YamlNode& claims, const std::string& party, const std::string& date,
    absl::string_view file);

// "USD" of a key such as "impact_usd" where `stem` is "impact"; empty if the
// key is not of that form.
std::string CurrencyOfKey(absl::string_view key, absl::string_view stem);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_RECORD_FILE_H_
