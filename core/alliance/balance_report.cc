// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/balance_report.h"

#include <algorithm>
#include <utility>

#include "core/alliance/balance_parts.h"

namespace tallystick::alliance {
namespace {

using record::Dimension;
using record::Units;

std::optional<Units> SumIn(const record::Valuation& sums,
                           const std::string& unit, const std::string& wanted) {
  // Another unit cannot be added to the rest.
  if (unit != wanted) return std::nullopt;
  return sums.Total();
}

std::optional<Units> UnitsIn(const std::optional<expectation::Money>& money,
                             const std::string& unit) {
  if (!money || money->currency != unit) return std::nullopt;
  return Units(money->minor_units);
}

const DimensionRow* FindRow(const BalanceReport& report, Dimension dimension,
                            Basis basis) {
  for (const DimensionRow& row : report.dimensions) {
    if (row.dimension == dimension && row.basis == basis) return &row;
  }
  return nullptr;
}

std::optional<Units> AmountOf(const BalanceReport& report, Dimension dimension,
                              Basis basis, v1::Party party) {
  const DimensionRow* row = FindRow(report, dimension, basis);
  if (row == nullptr) return std::nullopt;
  return SumIn(party == v1::PARTY_A ? row->sums.a : row->sums.b, row->sums.unit,
               report.unit);
}

Exchanged ExchangedBy(const BalanceReport& report, const UpkeepSums& upkeep,
                      Basis risk_basis, v1::Party party) {
  return {
      .benefit = AmountOf(report, Dimension::kBenefit, Basis::kClaimed, party),
      .inputs = AmountOf(report, Dimension::kInputs, Basis::kClaimed, party),
      .upkeep = upkeep.Of(party),
      .expected_loss = AmountOf(report, Dimension::kRisk, risk_basis, party)};
}

std::optional<double> AsDouble(const std::optional<Units>& units) {
  if (!units) return std::nullopt;
  return static_cast<double>(*units);
}

void NoteMissing(const Exchanged& figures, v1::Party party, EquityRow& row) {
  const std::pair<const char*, const std::optional<Units>*> all[] = {
      {"benefit", &figures.benefit},
      {"inputs", &figures.inputs},
      {"expected loss", &figures.expected_loss},
      {"upkeep", &figures.upkeep}};
  for (const auto& [name, figure] : all) {
    if (!*figure) row.missing.emplace_back(name, party);
  }
}

EquityRow MakeEquityRow(const BalanceReport& report, const UpkeepSums& upkeep,
                        Basis basis, double band) {
  EquityRow row = {.basis = basis,
                   .a = ExchangedBy(report, upkeep, basis, v1::PARTY_A),
                   .b = ExchangedBy(report, upkeep, basis, v1::PARTY_B)};
  NoteMissing(row.a, v1::PARTY_A, row);
  NoteMissing(row.b, v1::PARTY_B, row);
  row.equity = record::MeasureEquity(
      {AsDouble(row.a.benefit), AsDouble(row.a.Investment())},
      {AsDouble(row.b.benefit), AsDouble(row.b.Investment())}, band);
  if (row.equity.state == record::EquityState::kMissing) {
    row.ratio_without_upkeep =
        record::MeasureEquity({AsDouble(row.a.benefit),
                               AsDouble(row.a.InvestmentWithoutUpkeep())},
                              {AsDouble(row.b.benefit),
                               AsDouble(row.b.InvestmentWithoutUpkeep())},
                              band)
            .ratio;
  }
  return row;
}

void AddEquity(const UpkeepSums& upkeep, double band, BalanceReport& report) {
  for (const Basis basis : {Basis::kAgreed, Basis::kByA, Basis::kByB}) {
    const DimensionRow* risk = FindRow(report, Dimension::kRisk, basis);
    // Without any figure of risks one row says what there is.
    if (risk == nullptr || (risk->sums.unit.empty() && !report.equity.empty()))
      continue;
    report.equity.push_back(MakeEquityRow(report, upkeep, basis, band));
  }
}

std::optional<Units> Plus(const std::optional<Units>& a,
                          const std::optional<Units>& b) {
  if (!a || !b) return std::nullopt;
  return *a + *b;
}

void AddUpkeep(const UpkeepSums& shared, v1::Party own_party,
               const PrivateFigures& own_figures, BalanceReport& report) {
  std::optional<Units> both_upkeep = Units(0);
  std::optional<Units> both_benefit = Units(0);
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    UpkeepRow row = {.party = party, .upkeep = shared.Of(party)};
    if (party == own_party && !row.upkeep) {
      row.upkeep = UnitsIn(own_figures.upkeep, report.unit);
      row.kept_private = row.upkeep.has_value();
    }
    const auto benefit =
        AmountOf(report, Dimension::kBenefit, Basis::kClaimed, party);
    row.ratio = record::MeasureUpkeep(row.upkeep, benefit);
    both_upkeep = Plus(both_upkeep, row.upkeep);
    both_benefit = Plus(both_benefit, benefit);
    report.upkeep.push_back(row);
  }
  report.upkeep.push_back(
      {.upkeep = both_upkeep,
       .ratio = record::MeasureUpkeep(both_upkeep, both_benefit),
       .kept_private =
           report.upkeep[0].kept_private || report.upkeep[1].kept_private});
}

std::optional<record::BetterOff> Said(const AllianceState& state,
                                      v1::Party party) {
  const BetterOffStatement* said = state.better_off(party);
  if (said == nullptr) return std::nullopt;
  switch (said->answer) {
    case v1::BetterOffAnswer::YES:
      return record::BetterOff::kYes;
    case v1::BetterOffAnswer::NO:
      return record::BetterOff::kNo;
    default:
      return record::BetterOff::kUndecided;
  }
}

// Both better off, or one not.
std::optional<bool> RuleOne(const BetterOffReport& report) {
  using record::BetterOff;
  if (report.said_a == BetterOff::kNo || report.said_b == BetterOff::kNo) {
    return false;
  }
  if (report.said_a == BetterOff::kYes && report.said_b == BetterOff::kYes) {
    return true;
  }
  return std::nullopt;
}

void AddBetterOff(const AllianceState& state, v1::Party own_party,
                  const PrivateFigures& own_figures, BalanceReport& report) {
  BetterOffReport& better = report.better_off;
  better.said_a = Said(state, v1::PARTY_A);
  better.said_b = Said(state, v1::PARTY_B);
  const UpkeepRow& upkeep = report.upkeep[own_party == v1::PARTY_A ? 0 : 1];
  std::optional<Units> loss =
      AmountOf(report, Dimension::kRisk, Basis::kAgreed, own_party);
  if (!loss) {
    loss = AmountOf(report, Dimension::kRisk,
                    own_party == v1::PARTY_A ? Basis::kByA : Basis::kByB,
                    own_party);
  }
  better.own = {.benefit = AmountOf(report, Dimension::kBenefit,
                                    Basis::kClaimed, own_party),
                .inputs = AmountOf(report, Dimension::kInputs, Basis::kClaimed,
                                   own_party),
                .upkeep = upkeep.upkeep,
                .expected_loss = loss,
                .value_alone = UnitsIn(own_figures.value_alone, report.unit)};
  const std::pair<const char*, const std::optional<Units>*> all[] = {
      {"benefit", &better.own.benefit},
      {"inputs", &better.own.inputs},
      {"upkeep", &better.own.upkeep},
      {"expected loss", &better.own.expected_loss},
      {"value alone", &better.own.value_alone}};
  for (const auto& [name, figure] : all) {
    if (!*figure) better.missing.emplace_back(name);
  }
  better.computed = record::JudgeBetterOff(record::BetterBy(better.own));
  if (better.said_a && better.said_b) {
    better.synergy = record::SynergyProven(*better.said_a, *better.said_b);
  }
  better.rule_one_met = RuleOne(better);
}

// Of each dimension the basis that comes first.
void AddOverall(BalanceReport& report) {
  std::vector<record::Symmetry> counted;
  std::optional<Dimension> newest;
  for (const DimensionRow& row : report.dimensions) {
    if (newest != row.dimension) counted.push_back(row.symmetry);
    newest = row.dimension;
  }
  report.overall = record::Summarize(counted);
}

}  // namespace

std::optional<Units> Exchanged::InvestmentWithoutUpkeep() const {
  return Plus(inputs, expected_loss);
}

std::optional<Units> Exchanged::Investment() const {
  return Plus(InvestmentWithoutUpkeep(), upkeep);
}

BalanceReport MakeBalanceReport(const AllianceState& state,
                                const record::BalanceTerms& terms,
                                v1::Party own_party,
                                const PrivateFigures& own_figures,
                                const expectation::Date& day) {
  BalanceParts parts(terms, day);
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    for (const record::Record& record : state.records(party)) {
      if (record.superseded_by.empty() && record.on <= day) parts.Take(record);
    }
  }
  BalanceReport report = {.dimensions = parts.Dimensions(),
                          .acknowledgements = parts.Acknowledgements(),
                          .overclaims = parts.Overclaims()};
  report.unit = terms.currency;
  if (const DimensionRow* benefit =
          FindRow(report, Dimension::kBenefit, Basis::kClaimed);
      report.unit.empty() && benefit != nullptr) {
    report.unit = benefit->sums.unit;
  }
  const UpkeepSums upkeep = parts.Upkeep(report.unit);
  AddEquity(upkeep, terms.equity_band, report);
  AddUpkeep(upkeep, own_party, own_figures, report);
  AddBetterOff(state, own_party, own_figures, report);
  AddOverall(report);
  return report;
}

}  // namespace tallystick::alliance
