// SPDX-License-Identifier: Apache-2.0
#include "core/decision/terms_text.h"

#include <array>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "core/decision/text_parts.h"

namespace tallystick::decision {
namespace {

// The names of version 1 of the text; see text_parts.h.
absl::string_view NameOf(v1::Target::Dimension dimension) {
  constexpr std::array<absl::string_view, 7> kNames = {
      "",          "inputs",    "benefit", "risk", "knowledge sharing",
      "ownership", "commitment"};
  return dimension < 0 || dimension > 6 ? "" : kNames[dimension];
}

v1::Decimal Rest(const v1::Decimal& share) {
  int64_t one = 1;
  for (uint32_t i = 0; i < share.scale() && i < 9; ++i) one *= 10;
  v1::Decimal rest;
  rest.set_unscaled(one - share.unscaled());
  // 0 and 1 have no digits behind the point.
  if (rest.unscaled() != 0) rest.set_scale(share.scale());
  return rest;
}

void AppendTarget(const v1::Target& target, absl::string_view domain_a,
                  absl::string_view domain_b, std::string* out) {
  absl::StrAppend(out, "target: ", NameOf(target.dimension()), " = ", domain_a,
                  " ", DecimalInText(target.share_of_a()), ", ", domain_b, " ",
                  DecimalInText(Rest(target.share_of_a())), ", band ",
                  target.has_band() ? DecimalInText(target.band()) : "0.1",
                  "\n");
}

void AppendRateTable(const v1::RateTable& table, std::string* out) {
  absl::StrAppend(out, "rate table: version ", table.version(), " in ",
                  table.currency());
  if (table.has_effective_on()) {
    absl::StrAppend(out, " from ", DateInText(table.effective_on()));
  }
  absl::StrAppend(out, table.revalues_past() ? ", also for the past\n" : "\n");
  for (const v1::RateTable::Rate& rate : table.rates()) {
    absl::StrAppend(out, "rate: ", rate.kind(), " = ",
                    DecimalInText(rate.rate()), " ", table.currency());
    if (!rate.unit().empty()) absl::StrAppend(out, " per ", rate.unit());
    absl::StrAppend(out, "\n");
  }
}

void AppendMeasure(const v1::MonitoredMeasure& measure,
                   absl::string_view domain_a, absl::string_view domain_b,
                   std::string* out) {
  absl::StrAppend(out, "monitor: ", measure.measure());
  if (measure.about() != v1::PARTY_UNSPECIFIED) {
    absl::StrAppend(out, "@",
                    measure.about() == v1::PARTY_A ? domain_a : domain_b);
  }
  absl::StrAppend(out, " = ",
                  measure.has_agreed() ? DecimalInText(measure.agreed())
                                       : "no figure, against its own past");
  const auto append = [out](absl::string_view name, bool present,
                            const v1::Decimal& number) {
    if (present) absl::StrAppend(out, ", ", name, " ", DecimalInText(number));
  };
  append("sigma", measure.has_sigma(), measure.sigma());
  append("tolerance", measure.has_tolerance(), measure.tolerance());
  append("h", measure.has_h(), measure.h());
  append("k", measure.has_k(), measure.k());
  constexpr std::array<absl::string_view, 4> kGood = {
      "", ", higher is better", ", lower is better",
      ", neither higher nor lower"};
  if (measure.good() > 0 && measure.good() < 4) {
    absl::StrAppend(out, kGood[measure.good()]);
  }
  if (measure.has_interval()) {
    absl::StrAppend(out, ", every ", PeriodInText(measure.interval()));
  }
  absl::StrAppend(out, "\n");
}

void AppendCurrencyRate(const v1::CurrencyRate& rate, std::string* out) {
  absl::StrAppend(out, "currency rate: 1 ", rate.from(), " = ",
                  DecimalInText(rate.rate()), " ", rate.to());
  if (rate.has_effective_on()) {
    absl::StrAppend(out, " from ", DateInText(rate.effective_on()));
  }
  absl::StrAppend(out, "\n");
}

}  // namespace

std::string TermsText(const v1::DecisionContent& content,
                      absl::string_view domain_a, absl::string_view domain_b) {
  std::string out;
  for (const v1::Target& target : content.targets()) {
    AppendTarget(target, domain_a, domain_b, &out);
  }
  for (const v1::RateTable& table : content.rate_tables()) {
    AppendRateTable(table, &out);
  }
  for (const v1::MonitoredMeasure& measure : content.monitored()) {
    AppendMeasure(measure, domain_a, domain_b, &out);
  }
  for (const v1::LikelihoodScale::Step& step :
       content.likelihood_scale().steps()) {
    absl::StrAppend(&out, "likelihood: ", step.word(), " = ",
                    DecimalInText(step.probability()), "\n");
  }
  for (const v1::CurrencyRate& rate : content.currency_rates()) {
    AppendCurrencyRate(rate, &out);
  }
  if (!content.position().empty()) {
    absl::StrAppend(&out, "position: ", content.position(), "\n");
  }
  if (!content.stage().empty()) {
    absl::StrAppend(&out, "stage: ", content.stage(), "\n");
  }
  if (content.has_equity_band()) {
    absl::StrAppend(&out, "equity band: ", DecimalInText(content.equity_band()),
                    "\n");
  }
  return out;
}

}  // namespace tallystick::decision
