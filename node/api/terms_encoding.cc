// SPDX-License-Identifier: Apache-2.0
#include "node/api/terms_encoding.h"

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"

namespace tallystick::node {
namespace {

using expectation::PartyNames;
using expectation::ToText;

std::string Text(const std::optional<expectation::Decimal>& number) {
  return number ? ToText(*number) : "";
}

std::string Text(const std::optional<expectation::Date>& day) {
  return day ? ToText(*day) : "";
}

void Encode(const decision::Target& target, const PartyNames& names,
            v1::AgreedTerms::Target* message) {
  message->set_dimension(std::string(decision::ToText(target.dimension)));
  v1::AgreedTerms::Share& a = *message->add_shares();
  a.set_party(names.a);
  a.set_share(ToText(target.share_of_a));
  v1::AgreedTerms::Share& b = *message->add_shares();
  b.set_party(names.b);
  b.set_share(ToText(decision::RestOf(target.share_of_a)));
  message->set_band(ToText(target.band));
}

void Encode(const decision::RateTable& table, const PartyNames&,
            v1::AgreedTerms::RateTable* message) {
  message->set_version(static_cast<int32_t>(table.version));
  message->set_effective_on(Text(table.effective_on));
  message->set_currency(table.currency);
  message->set_revalues_past(table.revalues_past);
  for (const decision::Rate& rate : table.rates) {
    v1::AgreedTerms::Rate& added = *message->add_rates();
    added.set_kind(rate.kind);
    added.set_unit(rate.unit);
    added.set_rate(ToText(rate.rate));
  }
}

std::string IntervalText(const expectation::Period& period) {
  switch (period.unit) {
    case expectation::Period::Unit::kDay:
      return absl::StrCat(ToText(period.count), " days");
    case expectation::Period::Unit::kWeek:
      return absl::StrCat(ToText(period.count), " weeks");
    case expectation::Period::Unit::kMonth:
      return absl::StrCat(ToText(period.count), " months");
    case expectation::Period::Unit::kQuarter:
      return absl::StrCat(ToText(period.count), " quarters");
    case expectation::Period::Unit::kYear:
      return absl::StrCat(ToText(period.count), " years");
    case expectation::Period::Unit::kOpenEnded:
      break;
  }
  return "";
}

absl::string_view GoodText(decision::MonitoredMeasure::Good good) {
  switch (good) {
    case decision::MonitoredMeasure::Good::kHigher:
      return "higher";
    case decision::MonitoredMeasure::Good::kLower:
      return "lower";
    case decision::MonitoredMeasure::Good::kEither:
      return "either";
    case decision::MonitoredMeasure::Good::kAsInCatalogue:
      break;
  }
  return "";
}

void Encode(const decision::MonitoredMeasure& measure, const PartyNames& names,
            v1::AgreedTerms::Measure* message) {
  const absl::string_view about = names.NameOf(measure.about);
  message->set_measure(
      absl::StrCat(measure.measure, about.empty() ? "" : "@", about));
  message->set_agreed(Text(measure.agreed));
  message->set_sigma(Text(measure.sigma));
  message->set_h(Text(measure.h));
  message->set_k(Text(measure.k));
  message->set_good(std::string(GoodText(measure.good)));
  message->set_tolerance(Text(measure.tolerance));
  if (measure.interval) message->set_interval(IntervalText(*measure.interval));
}

void Encode(const decision::Likelihood& step, const PartyNames&,
            v1::AgreedTerms::Likelihood* message) {
  message->set_word(step.word);
  message->set_probability(ToText(step.probability));
}

void Encode(const decision::CurrencyRate& rate, const PartyNames&,
            v1::AgreedTerms::CurrencyRate* message) {
  message->set_from(rate.from);
  message->set_to(rate.to);
  message->set_rate(ToText(rate.rate));
  message->set_effective_on(Text(rate.effective_on));
}

// What is in force, with where it comes from.
class TermsEncoder {
 public:
  TermsEncoder(const alliance::AllianceState& state, const PartyNames& names)
      : state_(state), names_(names) {}

  void Encode(const alliance::TermSource& source,
              v1::Terms::Source* message) const {
    message->set_title(source.title);
    message->set_signed_(source.is_signed);
    message->set_since(ToText(source.since));
    message->set_decision(alliance::FormatDecisionId(state_, names_, source));
  }

  void EncodeWord(const std::string& value, const alliance::TermSource& source,
                  v1::Terms::Word* message) const {
    message->set_value(value);
    Encode(source, message->mutable_source());
  }

 private:
  const alliance::AllianceState& state_;
  const PartyNames& names_;
};

}  // namespace

v1::AgreedTerms EncodeAgreed(const decision::Terms& terms,
                             const PartyNames& names) {
  v1::AgreedTerms message;
  for (const decision::Target& target : terms.targets) {
    Encode(target, names, message.add_targets());
  }
  for (const decision::RateTable& table : terms.rate_tables) {
    Encode(table, names, message.add_rate_tables());
  }
  for (const decision::MonitoredMeasure& measure : terms.monitored) {
    Encode(measure, names, message.add_monitored());
  }
  for (const decision::Likelihood& step : terms.likelihood_scale) {
    Encode(step, names, message.add_likelihood_scale());
  }
  for (const decision::CurrencyRate& rate : terms.currency_rates) {
    Encode(rate, names, message.add_currency_rates());
  }
  message.set_position(terms.position);
  message.set_stage(terms.stage);
  message.set_equity_band(Text(terms.equity_band));
  return message;
}

v1::Terms EncodeTerms(const alliance::AllianceState& state,
                      const PartyNames& names, const expectation::Date& day) {
  const alliance::Terms terms = alliance::TermsOn(state, day);
  const TermsEncoder encoder(state, names);
  v1::Terms message;
  message.set_as_of(ToText(day));
  for (const auto& [dimension, term] : terms.targets) {
    v1::Terms::Target& added = *message.add_targets();
    Encode(term.value, names, added.mutable_target());
    encoder.Encode(term.source, added.mutable_source());
  }
  const auto* money = RatesFor(terms, alliance::RateUnit::kMoney, day);
  const auto* points = RatesFor(terms, alliance::RateUnit::kPoints, day);
  for (const auto& term : terms.rate_tables) {
    v1::Terms::RateTable& added = *message.add_rate_tables();
    Encode(term.value, names, added.mutable_rate_table());
    encoder.Encode(term.source, added.mutable_source());
    added.set_current(&term == money || &term == points);
  }
  for (const auto& [key, term] : terms.monitored) {
    v1::Terms::Measure& added = *message.add_monitored();
    Encode(term.value, names, added.mutable_measure());
    encoder.Encode(term.source, added.mutable_source());
  }
  if (terms.likelihood_scale) {
    v1::Terms::LikelihoodScale& scale = *message.mutable_likelihood_scale();
    for (const decision::Likelihood& step : terms.likelihood_scale->value) {
      Encode(step, names, scale.add_steps());
    }
    encoder.Encode(terms.likelihood_scale->source, scale.mutable_source());
  }
  for (const auto& term : terms.currency_rates) {
    v1::Terms::CurrencyRate& added = *message.add_currency_rates();
    Encode(term.value, names, added.mutable_currency_rate());
    encoder.Encode(term.source, added.mutable_source());
  }
  if (terms.position) {
    encoder.EncodeWord(terms.position->value, terms.position->source,
                       message.mutable_position());
  }
  if (terms.stage) {
    encoder.EncodeWord(terms.stage->value, terms.stage->source,
                       message.mutable_stage());
  }
  if (terms.equity_band) {
    encoder.EncodeWord(ToText(terms.equity_band->value),
                       terms.equity_band->source,
                       message.mutable_equity_band());
  }
  return message;
}

}  // namespace tallystick::node
