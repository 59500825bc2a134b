// SPDX-License-Identifier: Apache-2.0
#include "cli/terms_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace tallystick::cli {
namespace {

TermLine Describe(const v1::AgreedTerms::Target& target) {
  std::vector<std::string> parts;
  for (const auto& share : target.shares()) {
    parts.push_back(absl::StrCat(share.party(), " ", share.share()));
  }
  parts.push_back(absl::StrCat("band ", target.band()));
  return {absl::StrCat("target for ", target.dimension()),
          absl::StrJoin(parts, ", ")};
}

TermLine Describe(const v1::AgreedTerms::RateTable& table) {
  std::vector<std::string> rates;
  for (const auto& rate : table.rates()) {
    rates.push_back(absl::StrCat(rate.kind(), " ", rate.rate(),
                                 rate.unit().empty() ? "" : " per ",
                                 rate.unit()));
  }
  std::string name =
      absl::StrCat("rates, version ", table.version(), ", ", table.currency());
  if (!table.effective_on().empty()) {
    absl::StrAppend(&name, ", from ", table.effective_on());
  }
  if (table.revalues_past()) absl::StrAppend(&name, ", also for the past");
  return {std::move(name), absl::StrJoin(rates, ", ")};
}

TermLine Describe(const v1::AgreedTerms::Measure& measure) {
  std::vector<std::string> parts = {
      measure.agreed().empty() ? "against its own past" : measure.agreed()};
  const std::pair<absl::string_view, const std::string&> kFigures[] = {
      {"sigma", measure.sigma()}, {"tolerance", measure.tolerance()},
      {"h", measure.h()},         {"k", measure.k()},
      {"good", measure.good()},   {"every", measure.interval()}};
  for (const auto& [name, text] : kFigures) {
    if (!text.empty()) parts.push_back(absl::StrCat(name, " ", text));
  }
  return {absl::StrCat("watch ", measure.measure()),
          absl::StrJoin(parts, ", ")};
}

template <typename Steps>
TermLine DescribeScale(const Steps& steps) {
  std::vector<std::string> words;
  for (const v1::AgreedTerms::Likelihood& step : steps) {
    words.push_back(absl::StrCat(step.word(), " ", step.probability()));
  }
  return {"likelihood", absl::StrJoin(words, ", ")};
}

TermLine Describe(const v1::AgreedTerms::CurrencyRate& rate) {
  std::string name = absl::StrCat(rate.from(), " in ", rate.to());
  if (!rate.effective_on().empty()) {
    absl::StrAppend(&name, ", from ", rate.effective_on());
  }
  return {std::move(name), rate.rate()};
}

void AddRow(Table& table, const TermLine& line, const v1::Terms::Source& source,
            bool current = true) {
  const Tone tone = current ? Tone::kPlain : Tone::kQuiet;
  table.AddRow({Cell(line.first, tone), Cell(line.second, tone), source.since(),
                source.decision(), source.signed_() ? "signed" : "imported"});
}

}  // namespace

std::vector<TermLine> DescribeAgreed(const v1::AgreedTerms& agreed) {
  std::vector<TermLine> lines;
  for (const auto& target : agreed.targets()) lines.push_back(Describe(target));
  for (const auto& table : agreed.rate_tables()) {
    lines.push_back(Describe(table));
  }
  for (const auto& measure : agreed.monitored()) {
    lines.push_back(Describe(measure));
  }
  if (!agreed.likelihood_scale().empty()) {
    lines.push_back(DescribeScale(agreed.likelihood_scale()));
  }
  for (const auto& rate : agreed.currency_rates()) {
    lines.push_back(Describe(rate));
  }
  const std::pair<absl::string_view, const std::string&> kWords[] = {
      {"position", agreed.position()},
      {"stage", agreed.stage()},
      {"equity band", agreed.equity_band()}};
  for (const auto& [name, text] : kWords) {
    if (!text.empty()) lines.emplace_back(std::string(name), text);
  }
  return lines;
}

Table RenderTerms(const v1::Terms& terms) {
  Table table({{"term"}, {"agreed"}, {"since"}, {"by"}, {"how"}});
  for (const auto& term : terms.targets()) {
    AddRow(table, Describe(term.target()), term.source());
  }
  for (const auto& term : terms.rate_tables()) {
    AddRow(table, Describe(term.rate_table()), term.source(), term.current());
  }
  for (const auto& term : terms.monitored()) {
    AddRow(table, Describe(term.measure()), term.source());
  }
  if (terms.has_likelihood_scale()) {
    AddRow(table, DescribeScale(terms.likelihood_scale().steps()),
           terms.likelihood_scale().source());
  }
  for (const auto& term : terms.currency_rates()) {
    AddRow(table, Describe(term.currency_rate()), term.source());
  }
  const auto word = [&table](bool present, const char* name,
                             const v1::Terms::Word& value) {
    if (present) AddRow(table, {name, value.value()}, value.source());
  };
  word(terms.has_position(), "position", terms.position());
  word(terms.has_stage(), "stage", terms.stage());
  word(terms.has_equity_band(), "equity band", terms.equity_band());
  return table;
}

}  // namespace tallystick::cli
