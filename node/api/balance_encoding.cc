// SPDX-License-Identifier: Apache-2.0
#include "node/api/balance_encoding.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/record/amount.h"

namespace tallystick::node {
namespace {

using alliance::Basis;
using record::Units;
using Amount = v1::BalanceAmount;

constexpr int kFineDigits = 9;

Amount EncodeAmount(const Units& units, const std::string& unit) {
  Amount amount;
  if (units <= std::numeric_limits<int64_t>::max() &&
      units >= std::numeric_limits<int64_t>::min()) {
    amount.set_minor_units(static_cast<int64_t>(units));
  }
  amount.set_currency(unit);
  amount.set_text(record::ToText(units, record::DigitsOf(unit)));
  return amount;
}

// "840" of 840000000000 billionths.
std::string QuantityText(const Units& billionths) {
  std::string text = record::ToText(billionths, kFineDigits);
  text.erase(text.find_last_not_of('0') + 1);
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

v1::BalanceDimension::State EncodeState(record::Balance balance) {
  return static_cast<v1::BalanceDimension::State>(balance);
}

class Encoder {
 public:
  Encoder(const AllianceNode& alliance, const alliance::BalanceReport& report)
      : alliance_(alliance),
        report_(report),
        own_is_a_(alliance.own_party() == v1::PARTY_A) {}

  v1::Balance Encode() const {
    v1::Balance balance;
    for (const auto& row : report_.dimensions) {
      *balance.add_dimensions() = Dimension(row);
    }
    for (const auto& row : report_.acknowledgements) {
      *balance.add_acknowledgements() = Acknowledgement(row);
    }
    for (const auto& row : report_.overclaims) {
      *balance.add_overclaims() = Overclaim(row);
    }
    for (const auto& row : report_.equity) *balance.add_equity() = Equity(row);
    if (balance.equity_size() > 0 && balance.equity(0).has_ratio()) {
      balance.set_equity_ratio(balance.equity(0).ratio());
    }
    *balance.mutable_better_off() = BetterOff();
    for (const auto& row : report_.upkeep) *balance.add_upkeep() = Upkeep(row);
    if (report_.overall.mean_index) {
      balance.set_mean_index(*report_.overall.mean_index);
      balance.set_least_index(*report_.overall.least_index);
    }
    balance.set_measured(report_.overall.measured);
    balance.set_currency(report_.unit);
    return balance;
  }

 private:
  template <typename T>
  const T& Own(const T& a, const T& b) const {
    return own_is_a_ ? a : b;
  }
  template <typename T>
  const T& Partner(const T& a, const T& b) const {
    return own_is_a_ ? b : a;
  }
  double OwnPart(double of_a) const { return own_is_a_ ? of_a : 1 - of_a; }

  v1::BalanceDimension::Basis EncodeBasis(Basis basis) const {
    switch (basis) {
      case Basis::kClaimed:
        return v1::BalanceDimension::CLAIMED;
      case Basis::kAcknowledged:
        return v1::BalanceDimension::ACKNOWLEDGED;
      case Basis::kAgreed:
        return v1::BalanceDimension::AGREED;
      case Basis::kByA:
        return own_is_a_ ? v1::BalanceDimension::OWN
                         : v1::BalanceDimension::PARTNER;
      case Basis::kByB:
        return own_is_a_ ? v1::BalanceDimension::PARTNER
                         : v1::BalanceDimension::OWN;
    }
    return v1::BalanceDimension::BASIS_UNSPECIFIED;
  }

  v1::BalanceDimension Dimension(const alliance::DimensionRow& row) const;
  v1::AcknowledgementGap Acknowledgement(
      const alliance::AcknowledgementRow& row) const;
  v1::BalanceOverclaim Overclaim(const alliance::OverclaimRow& row) const;
  v1::BalanceEquity Equity(const alliance::EquityRow& row) const;
  v1::BalanceBetterOff BetterOff() const;
  v1::BalanceUpkeep Upkeep(const alliance::UpkeepRow& row) const;

  const AllianceNode& alliance_;
  const alliance::BalanceReport& report_;
  bool own_is_a_;
};

v1::BalanceDimension Encoder::Dimension(
    const alliance::DimensionRow& row) const {
  v1::BalanceDimension message;
  message.set_dimension(std::string(record::ToText(row.dimension)));
  message.set_basis(EncodeBasis(row.basis));
  const record::Valuation& own = Own(row.sums.a, row.sums.b);
  const record::Valuation& partner = Partner(row.sums.a, row.sums.b);
  if (const auto total = own.Total()) {
    *message.mutable_own() = EncodeAmount(*total, row.sums.unit);
  }
  if (const auto total = partner.Total()) {
    *message.mutable_partner() = EncodeAmount(*total, row.sums.unit);
  }
  if (row.target) {
    message.set_target(OwnPart(row.target->target.share_of_a));
    message.set_band(row.target->target.band);
    message.set_decision(row.target->decision);
  }
  const auto& [by_a, by_b] = row.expected;
  if (const auto& by_us = own_is_a_ ? by_a : by_b) {
    message.set_expected_own(OwnPart(*by_us));
  }
  if (const auto& by_partner = own_is_a_ ? by_b : by_a) {
    message.set_expected_partner(OwnPart(*by_partner));
  }
  const record::Symmetry& symmetry = row.symmetry;
  if (symmetry.share_of_a) message.set_share(OwnPart(*symmetry.share_of_a));
  if (symmetry.skew) {
    message.set_skew(own_is_a_ ? *symmetry.skew : -*symmetry.skew);
  }
  if (symmetry.index) message.set_index(*symmetry.index);
  message.set_state(EncodeState(symmetry.balance));
  message.set_lines(static_cast<int32_t>(own.lines + partner.lines));
  message.set_valued_lines(static_cast<int32_t>(own.valued + partner.valued));
  if (row.coverage) message.set_coverage(*row.coverage);
  std::map<std::string, int64_t, std::less<>> unvalued = own.unvalued;
  for (const auto& [kind, lines] : partner.unvalued) unvalued[kind] += lines;
  for (const auto& [kind, lines] : unvalued) {
    v1::BalanceDimension::Unvalued& item = *message.add_unvalued();
    item.set_kind(kind);
    item.set_lines(static_cast<int32_t>(lines));
  }
  if (row.rating) {
    message.set_points(row.rating->points);
    message.set_severity(
        static_cast<v1::DriftSeverity::Level>(row.rating->severity));
  }
  message.set_trouble(row.sums.trouble);
  return message;
}

v1::AcknowledgementGap Encoder::Acknowledgement(
    const alliance::AcknowledgementRow& row) const {
  v1::AcknowledgementGap message;
  message.set_giver(alliance_.ShortName(row.giver));
  message.set_type("contribution");
  message.set_kind(row.kind);
  const record::AcknowledgementTally& tally = row.tally;
  const Units difference = tally.claimed - tally.acknowledged;
  if (row.kind.empty()) {
    const int digits = record::DigitsOf(row.unit);
    message.set_claimed(record::ToText(tally.claimed, digits));
    message.set_acknowledged(record::ToText(tally.acknowledged, digits));
    message.set_difference(record::ToText(difference, digits));
    message.set_currency(row.unit);
  } else {
    message.set_claimed(QuantityText(tally.claimed));
    message.set_acknowledged(QuantityText(tally.acknowledged));
    message.set_difference(QuantityText(difference));
  }
  if (const auto gap = tally.Gap()) message.set_gap(*gap);
  message.set_answered(static_cast<int32_t>(tally.answered));
  message.set_pending(static_cast<int32_t>(tally.pending));
  message.set_unacknowledged(static_cast<int32_t>(tally.unacknowledged));
  if (row.difference) {
    *message.mutable_difference_value() =
        EncodeAmount(*row.difference, row.unit);
  }
  return message;
}

v1::BalanceOverclaim Encoder::Overclaim(
    const alliance::OverclaimRow& row) const {
  v1::BalanceOverclaim message;
  message.set_subject(row.subject);
  const record::Claims& own = Own(row.a, row.b);
  const record::Claims& partner = Partner(row.a, row.b);
  if (own.own) message.set_own_share(*own.own);
  if (partner.own) message.set_partner_share(*partner.own);
  const record::Overclaim& overclaim = row.overclaim;
  if (overclaim.omega) message.set_overclaim(*overclaim.omega);
  if (const auto& gap = Own(overclaim.gap_a, overclaim.gap_b)) {
    message.set_own_gap(*gap);
  }
  if (const auto& gap = Partner(overclaim.gap_a, overclaim.gap_b)) {
    message.set_partner_gap(*gap);
  }
  message.set_level(static_cast<v1::BalanceOverclaim::Level>(overclaim.level));
  if (row.rating) message.set_points(row.rating->points);
  return message;
}

v1::BalanceEquity::State EncodeEquityState(record::EquityState state,
                                           bool own_is_a) {
  switch (state) {
    case record::EquityState::kMissing:
      return v1::BalanceEquity::MISSING;
    case record::EquityState::kUndefined:
      return v1::BalanceEquity::UNDEFINED;
    case record::EquityState::kNegative:
      return v1::BalanceEquity::NEGATIVE;
    case record::EquityState::kBalanced:
      return v1::BalanceEquity::BALANCED;
    case record::EquityState::kFavoursA:
      return own_is_a ? v1::BalanceEquity::FAVOURS_OWN
                      : v1::BalanceEquity::FAVOURS_PARTNER;
    case record::EquityState::kFavoursB:
      return own_is_a ? v1::BalanceEquity::FAVOURS_PARTNER
                      : v1::BalanceEquity::FAVOURS_OWN;
  }
  return v1::BalanceEquity::STATE_UNSPECIFIED;
}

v1::BalanceEquity Encoder::Equity(const alliance::EquityRow& row) const {
  v1::BalanceEquity message;
  message.set_basis(EncodeBasis(row.basis));
  const record::Equity& equity = row.equity;
  message.set_state(EncodeEquityState(equity.state, own_is_a_));
  if (equity.ratio && (own_is_a_ || *equity.ratio > 0)) {
    message.set_ratio(own_is_a_ ? *equity.ratio : 1 / *equity.ratio);
  }
  if (const auto& without = row.ratio_without_upkeep;
      without && (own_is_a_ || *without > 0)) {
    message.set_ratio_without_upkeep(own_is_a_ ? *without : 1 / *without);
  }
  if (equity.log_ratio) {
    message.set_log_ratio(own_is_a_ ? *equity.log_ratio : -*equity.log_ratio);
  }
  const alliance::Exchanged& own = Own(row.a, row.b);
  const alliance::Exchanged& partner = Partner(row.a, row.b);
  const auto set = [&](const std::optional<Units>& units, auto mutable_amount) {
    if (units) *mutable_amount() = EncodeAmount(*units, report_.unit);
  };
  const auto net = [](const alliance::Exchanged& side) -> std::optional<Units> {
    const auto investment = side.Investment();
    if (!side.benefit || !investment) return std::nullopt;
    return *side.benefit - *investment;
  };
  set(own.benefit, [&] { return message.mutable_own_benefit(); });
  set(own.Investment(), [&] { return message.mutable_own_input(); });
  set(net(own), [&] { return message.mutable_own_net(); });
  set(partner.benefit, [&] { return message.mutable_partner_benefit(); });
  set(partner.Investment(), [&] { return message.mutable_partner_input(); });
  set(net(partner), [&] { return message.mutable_partner_net(); });
  for (const auto& [figure, party] : row.missing) {
    message.add_missing(
        absl::StrCat(figure, " of ", alliance_.ShortName(party)));
  }
  return message;
}

v1::BalanceBetterOff::Answer EncodeAnswer(record::BetterOff answer) {
  switch (answer) {
    case record::BetterOff::kYes:
      return v1::BalanceBetterOff::YES;
    case record::BetterOff::kNo:
      return v1::BalanceBetterOff::NO;
    case record::BetterOff::kUndecided:
      return v1::BalanceBetterOff::UNDECIDED;
  }
  return v1::BalanceBetterOff::ANSWER_UNSPECIFIED;
}

v1::BalanceBetterOff Encoder::BetterOff() const {
  v1::BalanceBetterOff message;
  const alliance::BetterOffReport& better = report_.better_off;
  if (const auto& said = Own(better.said_a, better.said_b)) {
    message.set_own_stated(EncodeAnswer(*said));
  }
  if (const auto& said = Partner(better.said_a, better.said_b)) {
    message.set_partner_stated(EncodeAnswer(*said));
  }
  message.set_own_computed(EncodeAnswer(better.computed));
  if (const auto value = record::ValueWith(better.own)) {
    *message.mutable_own_value() = EncodeAmount(*value, report_.unit);
  }
  if (const auto by = record::BetterBy(better.own)) {
    *message.mutable_own_better_by() = EncodeAmount(*by, report_.unit);
  }
  for (const std::string& figure : better.missing) {
    message.add_missing(absl::StrCat(
        figure, " of ", alliance_.ShortName(alliance_.own_party())));
  }
  if (better.synergy) message.set_synergy(*better.synergy);
  if (better.rule_one_met) message.set_rule_one_met(*better.rule_one_met);
  return message;
}

v1::BalanceUpkeep Encoder::Upkeep(const alliance::UpkeepRow& row) const {
  v1::BalanceUpkeep message;
  if (row.party != v1::PARTY_UNSPECIFIED) {
    message.set_party(alliance_.ShortName(row.party));
  }
  if (row.upkeep) {
    *message.mutable_upkeep() = EncodeAmount(*row.upkeep, report_.unit);
  }
  if (row.ratio.ratio) message.set_ratio(*row.ratio.ratio);
  message.set_level(static_cast<v1::BalanceUpkeep::Level>(row.ratio.level));
  message.set_private_(row.kept_private);
  return message;
}

}  // namespace

v1::Balance EncodeBalance(const AllianceNode& alliance,
                          const alliance::AllianceState& state,
                          const record::BalanceTerms& terms,
                          const alliance::BalanceReport& report,
                          const expectation::Date& day) {
  v1::Balance balance = Encoder(alliance, report).Encode();
  for (v1::BalanceEquity& equity : *balance.mutable_equity()) {
    equity.set_band(terms.equity_band);
  }
  balance.set_own(alliance.ShortName(alliance.own_party()));
  balance.set_partner(alliance.ShortName(alliance.partner_party()));
  balance.set_as_of(expectation::ToText(day));
  balance.set_own_size(state.size(alliance.own_party()));
  balance.set_partner_size(state.size(alliance.partner_party()));
  return balance;
}

}  // namespace tallystick::node
