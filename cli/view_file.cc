// SPDX-License-Identifier: Apache-2.0
#include "cli/view_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/outcome.h"
#include "cli/record_file.h"
#include "cli/yaml_fields.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

const std::vector<std::string>& TopLevelKeys() {
  static const auto& keys =
      *new std::vector<std::string>{"party",
                                    "partner",
                                    "as_of",
                                    "answers",
                                    "earlier_answers",
                                    "private",
                                    "sealed",
                                    "claims_of_share",
                                    "declined",
                                    "declared_text_congruency",
                                    "shared_better_off"};
  return keys;
}

absl::StatusOr<v1::ViewRow> ReadRow(const YamlFields& fields,
                                    const std::string& topic, int line,
                                    const std::string& as_of,
                                    absl::string_view file) {
  v1::ViewRow row;
  row.set_topic(topic);
  row.set_line(line);
  if (const YamlField* own = fields.Find("self")) {
    *row.mutable_own() = ToRaw(own->value);
  }
  if (const YamlField* prediction = fields.Find("partner")) {
    *row.mutable_prediction() = ToRaw(prediction->value);
  }
  TALLYSTICK_ASSIGN_OR_RETURN(std::string stated, fields.Day("stated"));
  row.set_stated(stated.empty() ? as_of : stated);
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_reason(), fields.Text("reason"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool decline, fields.Flag("decline"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool is_private, fields.Flag("private"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool withdraw, fields.Flag("withdraw"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool sealed, fields.Flag("sealed"));
  row.set_decline(decline);
  row.set_private_(is_private);
  row.set_withdraw(withdraw);
  row.set_seal(sealed);
  if (!row.has_own() && !row.has_prediction() && !decline && !withdraw &&
      !sealed) {
    return FileError(
        file, line,
        absl::StrCat(topic, " has no answer; write self, partner or both"));
  }
  return row;
}

absl::Status ReadAnswers(const YamlNode& answers, const std::string& as_of,
                         absl::string_view file,
                         std::vector<v1::ViewRow>& rows) {
  if (answers.kind != YamlNode::Kind::kMap) {
    return FileError(file, answers.line,
                     "answers: takes a topic per line, each with its answer");
  }
  for (const YamlField& topic : answers.fields) {
    if (topic.value.IsNull()) {
      return FileError(
          file, topic.line,
          absl::StrCat(topic.key,
                       " has no answer; write self, partner or both"));
    }
    TALLYSTICK_ASSIGN_OR_RETURN(
        const YamlFields fields,
        YamlFields::Open(topic.value,
                         {"stated", "self", "partner", "reason", "decline",
                          "private", "withdraw", "sealed"},
                         absl::StrCat("the answer to ", topic.key), file));
    TALLYSTICK_ASSIGN_OR_RETURN(
        v1::ViewRow row, ReadRow(fields, topic.key, topic.line, as_of, file));
    rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

absl::Status ReadEarlierAnswers(const YamlNode& answers, absl::string_view file,
                                std::vector<v1::ViewRow>& rows) {
  if (answers.kind != YamlNode::Kind::kList) {
    return FileError(file, answers.line,
                     "earlier_answers: takes a list of {topic: , stated: , "
                     "self: , partner: }");
  }
  for (const YamlNode& answer : answers.items) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const YamlFields fields,
        YamlFields::Open(answer,
                         {"topic", "stated", "self", "partner", "reason",
                          "decline", "private", "withdraw", "sealed"},
                         "an earlier answer", file));
    TALLYSTICK_ASSIGN_OR_RETURN(const std::string topic,
                                fields.RequiredText("topic"));
    TALLYSTICK_RETURN_IF_ERROR(fields.RequiredText("stated").status());
    TALLYSTICK_ASSIGN_OR_RETURN(v1::ViewRow row,
                                ReadRow(fields, topic, answer.line, "", file));
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const v1::ViewRow& a, const v1::ViewRow& b) {
                     return a.stated() < b.stated();
                   });
  return absl::OkStatus();
}

// declined: [frame/rivalry]
absl::Status ReadDeclined(const YamlField* declined, const std::string& as_of,
                          absl::string_view file,
                          std::vector<v1::ViewRow>& rows) {
  if (declined == nullptr || declined->value.IsNull()) return absl::OkStatus();
  if (declined->value.kind != YamlNode::Kind::kList) {
    return FileError(file, declined->line,
                     "declined: takes a list of topics, as in [frame/rivalry]");
  }
  for (const YamlNode& topic : declined->value.items) {
    v1::ViewRow row;
    row.set_topic(topic.scalar);
    row.set_line(topic.line);
    row.set_stated(as_of);
    row.set_decline(true);
    rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

// declared_text_congruency: {governance/unwind-plan: same}
absl::Status ReadDeclared(const YamlField* declared, const std::string& as_of,
                          absl::string_view file,
                          std::vector<v1::ViewRow>& rows) {
  if (declared == nullptr || declared->value.IsNull()) return absl::OkStatus();
  if (declared->value.kind != YamlNode::Kind::kMap) {
    return FileError(file, declared->line,
                     "declared_text_congruency: takes a topic per line, each "
                     "with same or differs");
  }
  for (const YamlField& topic : declared->value.fields) {
    const std::string& word = topic.value.scalar;
    const bool same = word == "same";
    if (!same && word != "differs" && word != "not_the_same") {
      return FileError(
          file, topic.line,
          absl::StrCat(topic.key, ": \"", word, "\" is not same or differs"));
    }
    v1::ViewRow row;
    row.set_topic(topic.key);
    row.set_line(topic.line);
    row.set_stated(as_of);
    row.set_prediction_means_same(same);
    rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

// What a file calls sealed does not go out, whatever else it says of it.
void KeepBack(const std::set<std::string>& sealed, ViewFile& view) {
  std::set<std::string> found;
  const auto is_sealed = [&](const v1::ViewRow& row) {
    if (sealed.count(row.topic()) == 0) return false;
    found.insert(row.topic());
    return true;
  };
  view.rows.erase(std::remove_if(view.rows.begin(), view.rows.end(), is_sealed),
                  view.rows.end());
  view.kept_back.assign(found.begin(), found.end());
}

// sealed: [deal/ip-ownership]
absl::Status ReadSealed(const YamlField* sealed, absl::string_view file,
                        ViewFile& view) {
  if (sealed == nullptr || sealed->value.IsNull()) return absl::OkStatus();
  if (sealed->value.kind != YamlNode::Kind::kList) {
    return FileError(file, sealed->line, "sealed: takes a list of topics");
  }
  std::set<std::string> topics;
  for (const YamlNode& topic : sealed->value.items) topics.insert(topic.scalar);
  KeepBack(topics, view);
  for (const YamlNode& topic : sealed->value.items) {
    v1::ViewRow& row = view.rows.emplace_back();
    row.set_topic(topic.scalar);
    row.set_line(topic.line);
    row.set_stated(view.as_of);
    row.set_seal(true);
  }
  return absl::OkStatus();
}

// Figures of the own company, each with its currency in its name.
absl::Status ReadPrivate(const YamlField& figures, absl::string_view file,
                         ViewFile& view) {
  if (figures.value.kind != YamlNode::Kind::kMap) {
    return FileError(file, figures.line,
                     "private: takes {value_alone_usd: , upkeep_usd: }");
  }
  for (const YamlField& figure : figures.value.fields) {
    if (figure.value.IsNull()) continue;
    std::string currency = CurrencyOfKey(figure.key, "value_alone");
    std::string* text = &view.value_alone;
    if (currency.empty()) {
      currency = CurrencyOfKey(figure.key, "upkeep");
      text = &view.upkeep;
    }
    if (currency.empty()) {
      // Whatever else a company notes there is its own matter.
      view.unused.push_back(absl::StrCat("private/", figure.key));
      continue;
    }
    if (figure.value.kind != YamlNode::Kind::kScalar) {
      return FileError(file, figure.line,
                       absl::StrCat(figure.key, ": takes one number"));
    }
    if (!view.private_currency.empty() && view.private_currency != currency) {
      return FileError(file, figure.line,
                       "private: write both figures in one currency");
    }
    view.private_currency = std::move(currency);
    *text = figure.value.scalar;
  }
  return absl::OkStatus();
}

absl::Status ReadBetterOff(const YamlFields& fields, absl::string_view file,
                           ViewFile& view) {
  TALLYSTICK_ASSIGN_OR_RETURN(view.better_off,
                              fields.Text("shared_better_off"));
  if (view.better_off.empty() || view.better_off == "yes" ||
      view.better_off == "no" || view.better_off == "undecided") {
    return absl::OkStatus();
  }
  return FileError(file, fields.Find("shared_better_off")->line,
                   "shared_better_off: takes yes, no or undecided");
}

// What a view file says beside answers.
absl::Status ReadRest(const YamlFields& fields, absl::string_view file,
                      ViewFile& view) {
  if (const YamlField* claims = fields.Find("claims_of_share")) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        view.share_claims,
        ReadShareClaims(claims->value, view.party, view.as_of, file));
  }
  if (const YamlField* figures = fields.Find("private")) {
    TALLYSTICK_RETURN_IF_ERROR(ReadPrivate(*figures, file, view));
  }
  return ReadBetterOff(fields, file, view);
}

}  // namespace

absl::StatusOr<ViewFile> ReadViewFile(absl::string_view text,
                                      absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(root, TopLevelKeys(), "a view file", file));
  ViewFile view;
  TALLYSTICK_ASSIGN_OR_RETURN(view.party, fields.RequiredText("party"));
  view.party_line = fields.Find("party")->line;
  TALLYSTICK_ASSIGN_OR_RETURN(view.partner, fields.Text("partner"));
  if (!view.partner.empty()) view.partner_line = fields.Find("partner")->line;
  TALLYSTICK_ASSIGN_OR_RETURN(view.as_of, fields.Day("as_of"));
  if (const YamlField* earlier = fields.Find("earlier_answers")) {
    TALLYSTICK_RETURN_IF_ERROR(
        ReadEarlierAnswers(earlier->value, file, view.rows));
  }
  if (const YamlField* answers = fields.Find("answers")) {
    TALLYSTICK_RETURN_IF_ERROR(
        ReadAnswers(answers->value, view.as_of, file, view.rows));
  }
  TALLYSTICK_RETURN_IF_ERROR(ReadRest(fields, file, view));
  TALLYSTICK_RETURN_IF_ERROR(
      ReadDeclined(fields.Find("declined"), view.as_of, file, view.rows));
  TALLYSTICK_RETURN_IF_ERROR(ReadDeclared(
      fields.Find("declared_text_congruency"), view.as_of, file, view.rows));
  TALLYSTICK_RETURN_IF_ERROR(ReadSealed(fields.Find("sealed"), file, view));
  return view;
}

}  // namespace tallystick::cli
