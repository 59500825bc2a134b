// SPDX-License-Identifier: Apache-2.0
// Terms back into the message they are signed and kept in.
#include "core/decision/terms.h"

namespace tallystick::decision {
namespace {

using expectation::DateToProto;
using expectation::DecimalToProto;

void Write(const Target& target, v1::Target* message) {
  message->set_dimension(static_cast<v1::Target::Dimension>(target.dimension));
  *message->mutable_share_of_a() = DecimalToProto(target.share_of_a);
  if (target.band != kBandDefault) {
    *message->mutable_band() = DecimalToProto(target.band);
  }
}

void Write(const RateTable& table, v1::RateTable* message) {
  message->set_version(table.version);
  message->set_currency(table.currency);
  message->set_revalues_past(table.revalues_past);
  if (table.effective_on) {
    *message->mutable_effective_on() = DateToProto(*table.effective_on);
  }
  for (const Rate& rate : table.rates) {
    v1::RateTable::Rate& added = *message->add_rates();
    added.set_kind(rate.kind);
    added.set_unit(rate.unit);
    *added.mutable_rate() = DecimalToProto(rate.rate);
  }
}

void Write(const MonitoredMeasure& measure, v1::MonitoredMeasure* message) {
  message->set_measure(measure.measure);
  message->set_about(measure.about);
  message->set_good(static_cast<v1::MonitoredMeasure::Good>(measure.good));
  const auto write = [](const std::optional<expectation::Decimal>& number,
                        auto mutable_field) {
    if (number) *mutable_field() = DecimalToProto(*number);
  };
  write(measure.agreed, [&] { return message->mutable_agreed(); });
  write(measure.sigma, [&] { return message->mutable_sigma(); });
  write(measure.h, [&] { return message->mutable_h(); });
  write(measure.k, [&] { return message->mutable_k(); });
  write(measure.tolerance, [&] { return message->mutable_tolerance(); });
  if (measure.interval) {
    *message->mutable_interval() =
        expectation::ValueToProto({*measure.interval}).period();
  }
}

void Write(const CurrencyRate& rate, v1::CurrencyRate* message) {
  message->set_from(rate.from);
  message->set_to(rate.to);
  *message->mutable_rate() = DecimalToProto(rate.rate);
  if (rate.effective_on) {
    *message->mutable_effective_on() = DateToProto(*rate.effective_on);
  }
}

}  // namespace

void WriteTerms(const Terms& terms, v1::DecisionContent* content) {
  for (const Target& target : terms.targets) {
    Write(target, content->add_targets());
  }
  for (const RateTable& table : terms.rate_tables) {
    Write(table, content->add_rate_tables());
  }
  for (const MonitoredMeasure& measure : terms.monitored) {
    Write(measure, content->add_monitored());
  }
  for (const Likelihood& step : terms.likelihood_scale) {
    v1::LikelihoodScale::Step& added =
        *content->mutable_likelihood_scale()->add_steps();
    added.set_word(step.word);
    *added.mutable_probability() = DecimalToProto(step.probability);
  }
  for (const CurrencyRate& rate : terms.currency_rates) {
    Write(rate, content->add_currency_rates());
  }
  content->set_position(terms.position);
  content->set_stage(terms.stage);
  if (terms.equity_band) {
    *content->mutable_equity_band() = DecimalToProto(*terms.equity_band);
  }
}

}  // namespace tallystick::decision
