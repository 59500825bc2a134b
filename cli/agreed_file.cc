// SPDX-License-Identifier: Apache-2.0
#include "cli/agreed_file.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/outcome.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

// Reads the sections of one file.
class Reader {
 public:
  Reader(absl::string_view file, int first_line)
      : file_(file), first_line_(first_line) {}

  absl::Status ReadTargets(const YamlField& section);
  absl::Status ReadRateTables(const YamlField& section);
  absl::Status ReadPointsTable(const YamlField& section);
  absl::Status ReadScale(const YamlField& section);
  absl::Status ReadMonitored(const YamlField& section);
  absl::Status ReadCurrencyRates(const YamlField& section);

  AgreedFile Take() { return std::move(read_); }
  v1::AgreedTerms& terms() { return read_.terms; }

 private:
  int Line(int line) const { return first_line_ + line; }
  absl::Status CheckMap(const YamlField& section, absl::string_view form) const;
  absl::StatusOr<std::string> Scalar(const YamlField& field) const;
  absl::StatusOr<int> Version(const YamlFields& fields) const;
  absl::Status ReadRateTable(const YamlNode& node);
  absl::Status ReadRates(const YamlField& rates,
                         v1::AgreedTerms::RateTable& table);
  absl::Status ReadInterval(const YamlFields& fields,
                            v1::AgreedTerms::Measure& measure) const;
  absl::Status ReadMethod(const YamlFields& fields,
                          const v1::AgreedTerms::Measure& measure) const;

  absl::string_view file_;
  int first_line_;
  AgreedFile read_;
};

absl::Status Reader::CheckMap(const YamlField& section,
                              absl::string_view form) const {
  if (section.value.kind == YamlNode::Kind::kMap) return absl::OkStatus();
  return FileError(file_, section.line,
                   absl::StrCat(section.key, ": takes ", form));
}

absl::StatusOr<std::string> Reader::Scalar(const YamlField& field) const {
  if (field.value.kind == YamlNode::Kind::kScalar) return field.value.scalar;
  return FileError(file_, field.line,
                   absl::StrCat(field.key, ": takes one value"));
}

absl::StatusOr<int> Reader::Version(const YamlFields& fields) const {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text,
                              fields.RequiredText("version"));
  int version = 0;
  if (absl::SimpleAtoi(text, &version) && version > 0) return version;
  return FileError(
      file_, fields.Find("version")->line,
      absl::StrCat("version: \"", text, "\" is no whole number from 1"));
}

absl::Status Reader::ReadTargets(const YamlField& section) {
  constexpr absl::string_view kForm =
      "a dimension per line: inputs: {PARTY: 0.45, PARTY: 0.55, band: 0.1}";
  TALLYSTICK_RETURN_IF_ERROR(CheckMap(section, kForm));
  for (const YamlField& row : section.value.fields) {
    TALLYSTICK_RETURN_IF_ERROR(CheckMap(row, "{PARTY: SHARE, band: BAND}"));
    v1::AgreedTerms::Target& target = *read_.terms.add_targets();
    target.set_dimension(row.key);
    target.set_line(Line(row.line));
    for (const YamlField& field : row.value.fields) {
      TALLYSTICK_ASSIGN_OR_RETURN(const std::string number, Scalar(field));
      if (field.key == "band") {
        target.set_band(number);
        continue;
      }
      v1::AgreedTerms::Share& share = *target.add_shares();
      share.set_party(field.key);
      share.set_share(number);
    }
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadRates(const YamlField& rates,
                               v1::AgreedTerms::RateTable& table) {
  TALLYSTICK_RETURN_IF_ERROR(CheckMap(rates, "a kind per line: KIND: RATE"));
  for (const YamlField& row : rates.value.fields) {
    v1::AgreedTerms::Rate& rate = *table.add_rates();
    rate.set_kind(row.key);
    rate.set_line(Line(row.line));
    if (row.value.kind != YamlNode::Kind::kMap) {
      TALLYSTICK_ASSIGN_OR_RETURN(*rate.mutable_rate(), Scalar(row));
      continue;
    }
    TALLYSTICK_ASSIGN_OR_RETURN(
        const YamlFields fields,
        YamlFields::Open(row.value, {"rate", "unit"}, "a rate", file_));
    TALLYSTICK_ASSIGN_OR_RETURN(*rate.mutable_rate(),
                                fields.RequiredText("rate"));
    TALLYSTICK_ASSIGN_OR_RETURN(*rate.mutable_unit(), fields.Text("unit"));
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadRateTable(const YamlNode& node) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(
          node, {"version", "effective", "currency", "rates", "revalues_past"},
          "a rate table", file_));
  v1::AgreedTerms::RateTable& table = *read_.terms.add_rate_tables();
  table.set_line(Line(node.line));
  TALLYSTICK_ASSIGN_OR_RETURN(const int version, Version(fields));
  table.set_version(version);
  TALLYSTICK_ASSIGN_OR_RETURN(*table.mutable_effective_on(),
                              fields.Day("effective"));
  TALLYSTICK_ASSIGN_OR_RETURN(*table.mutable_currency(),
                              fields.RequiredText("currency"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool past, fields.Flag("revalues_past"));
  table.set_revalues_past(past);
  const YamlField* rates = fields.Find("rates");
  if (rates == nullptr) {
    return FileError(file_, node.line, "a rate table needs \"rates\"");
  }
  return ReadRates(*rates, table);
}

absl::Status Reader::ReadRateTables(const YamlField& section) {
  if (section.value.kind != YamlNode::Kind::kList) {
    return ReadRateTable(section.value);
  }
  for (const YamlNode& node : section.value.items) {
    TALLYSTICK_RETURN_IF_ERROR(ReadRateTable(node));
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadPointsTable(const YamlField& section) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(section.value,
                       {"version", "effective", "points", "revalues_past"},
                       "a points table", file_));
  v1::AgreedTerms::RateTable& table = *read_.terms.add_rate_tables();
  table.set_line(Line(section.line));
  table.set_currency("points");
  TALLYSTICK_ASSIGN_OR_RETURN(const int version, Version(fields));
  table.set_version(version);
  TALLYSTICK_ASSIGN_OR_RETURN(*table.mutable_effective_on(),
                              fields.Day("effective"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool past, fields.Flag("revalues_past"));
  table.set_revalues_past(past);
  const YamlField* points = fields.Find("points");
  if (points == nullptr) {
    return FileError(file_, section.line, "a points table needs \"points\"");
  }
  return ReadRates(*points, table);
}

absl::Status Reader::ReadScale(const YamlField& section) {
  TALLYSTICK_RETURN_IF_ERROR(
      CheckMap(section, "a word per line: WORD: PROBABILITY"));
  for (const YamlField& row : section.value.fields) {
    v1::AgreedTerms::Likelihood& step = *read_.terms.add_likelihood_scale();
    step.set_word(row.key);
    step.set_line(Line(row.line));
    TALLYSTICK_ASSIGN_OR_RETURN(*step.mutable_probability(), Scalar(row));
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadInterval(const YamlFields& fields,
                                  v1::AgreedTerms::Measure& measure) const {
  TALLYSTICK_ASSIGN_OR_RETURN(*measure.mutable_interval(),
                              fields.Text("interval"));
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string days,
                              fields.Text("interval_days"));
  if (days.empty()) return absl::OkStatus();
  if (!measure.interval().empty()) {
    return FileError(file_, fields.Find("interval_days")->line,
                     "interval and interval_days are the same; write one");
  }
  measure.set_interval(absl::StrCat(days, " days"));
  return absl::OkStatus();
}

// Without an agreed figure a series is compared with its own past; a file may
// say so.
absl::Status Reader::ReadMethod(const YamlFields& fields,
                                const v1::AgreedTerms::Measure& measure) const {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string method, fields.Text("method"));
  if (method.empty()) return absl::OkStatus();
  if (method == "self_starting" && measure.agreed().empty()) {
    return absl::OkStatus();
  }
  return FileError(file_, fields.Find("method")->line,
                   absl::StrCat("method: \"", method,
                                "\" is only self_starting, of a measure "
                                "without an agreed figure"));
}

absl::Status Reader::ReadMonitored(const YamlField& section) {
  TALLYSTICK_RETURN_IF_ERROR(CheckMap(
      section, "a measure per line: MEASURE: {agreed: , sigma: , good: }"));
  for (const YamlField& row : section.value.fields) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const YamlFields fields,
        YamlFields::Open(row.value,
                         {"agreed", "sigma", "h", "k", "good", "tolerance",
                          "interval", "interval_days", "method", "decision"},
                         "a monitored measure", file_));
    v1::AgreedTerms::Measure measure;
    measure.set_measure(row.key);
    measure.set_line(Line(row.line));
    const std::pair<const char*, std::string*> kTexts[] = {
        {"agreed", measure.mutable_agreed()},
        {"sigma", measure.mutable_sigma()},
        {"h", measure.mutable_h()},
        {"k", measure.mutable_k()},
        {"good", measure.mutable_good()},
        {"tolerance", measure.mutable_tolerance()}};
    for (const auto& [key, text] : kTexts) {
      TALLYSTICK_ASSIGN_OR_RETURN(*text, fields.Text(key));
    }
    TALLYSTICK_RETURN_IF_ERROR(ReadInterval(fields, measure));
    TALLYSTICK_RETURN_IF_ERROR(ReadMethod(fields, measure));
    TALLYSTICK_ASSIGN_OR_RETURN(std::string decision, fields.Text("decision"));
    if (decision.empty()) {
      *read_.terms.add_monitored() = std::move(measure);
    } else {
      read_.of_decisions.push_back({std::move(measure), std::move(decision)});
    }
  }
  return absl::OkStatus();
}

absl::Status Reader::ReadCurrencyRates(const YamlField& section) {
  if (section.value.kind != YamlNode::Kind::kList) {
    return FileError(file_, section.line,
                     "currency_rates: takes a list of {from: , to: , rate: , "
                     "effective: }");
  }
  for (const YamlNode& node : section.value.items) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const YamlFields fields,
        YamlFields::Open(node, {"from", "to", "rate", "effective"},
                         "a currency rate", file_));
    v1::AgreedTerms::CurrencyRate& rate = *read_.terms.add_currency_rates();
    rate.set_line(Line(node.line));
    TALLYSTICK_ASSIGN_OR_RETURN(*rate.mutable_from(),
                                fields.RequiredText("from"));
    TALLYSTICK_ASSIGN_OR_RETURN(*rate.mutable_to(), fields.RequiredText("to"));
    TALLYSTICK_ASSIGN_OR_RETURN(*rate.mutable_rate(),
                                fields.RequiredText("rate"));
    TALLYSTICK_ASSIGN_OR_RETURN(*rate.mutable_effective_on(),
                                fields.Day("effective"));
  }
  return absl::OkStatus();
}

}  // namespace

const std::vector<std::string>& AgreedKeys() {
  static const auto& keys = *new std::vector<std::string>{
      "targets",          "rate_table", "rate_tables",    "points_table",
      "likelihood_scale", "monitored",  "currency_rates", "position",
      "position_agreed",  "stage",      "equity_band",    "equity_epsilon"};
  return keys;
}

absl::Status ReadSettings(
    const YamlField& set, absl::string_view file, int first_line,
    google::protobuf::RepeatedPtrField<v1::DecisionTerms::Setting>* settings) {
  if (set.value.kind != YamlNode::Kind::kMap) {
    return FileError(file, set.line,
                     "set: takes a topic per line: TOPIC: VALUE");
  }
  for (const YamlField& field : set.value.fields) {
    if (field.value.IsNull()) {
      return FileError(file, field.line,
                       absl::StrCat(field.key, " needs the value to agree on"));
    }
    v1::DecisionTerms::Setting* setting = settings->Add();
    setting->set_topic(field.key);
    *setting->mutable_value() = ToRaw(field.value, first_line);
    setting->set_line(first_line + field.line);
  }
  return absl::OkStatus();
}

absl::StatusOr<AgreedFile> ReadAgreed(const YamlFields& fields,
                                      absl::string_view file, int first_line) {
  Reader reader(file, first_line);
  constexpr std::pair<const char*, absl::Status (Reader::*)(const YamlField&)>
      kSections[] = {{"targets", &Reader::ReadTargets},
                     {"rate_table", &Reader::ReadRateTables},
                     {"rate_tables", &Reader::ReadRateTables},
                     {"points_table", &Reader::ReadPointsTable},
                     {"likelihood_scale", &Reader::ReadScale},
                     {"monitored", &Reader::ReadMonitored},
                     {"currency_rates", &Reader::ReadCurrencyRates}};
  for (const auto& [key, read] : kSections) {
    const YamlField* section = fields.Find(key);
    if (section == nullptr) continue;
    TALLYSTICK_RETURN_IF_ERROR((reader.*read)(*section));
  }
  v1::AgreedTerms& terms = reader.terms();
  TALLYSTICK_ASSIGN_OR_RETURN(
      *terms.mutable_position(),
      fields.OneOf("position", "position_agreed", &YamlFields::Text));
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_stage(), fields.Text("stage"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      *terms.mutable_equity_band(),
      fields.OneOf("equity_band", "equity_epsilon", &YamlFields::Text));
  // Which line a word stands in, whichever way it is spelled.
  const auto line = [&](absl::string_view key, absl::string_view other) {
    const YamlField* field = fields.Find(key);
    if (field == nullptr) field = fields.Find(other);
    return field == nullptr ? 0 : first_line + field->line;
  };
  terms.set_position_line(line("position", "position_agreed"));
  terms.set_stage_line(line("stage", "stage"));
  terms.set_equity_band_line(line("equity_band", "equity_epsilon"));
  return reader.Take();
}

}  // namespace tallystick::cli
