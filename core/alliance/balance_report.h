// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_BALANCE_REPORT_H_
#define TALLYSTICK_CORE_ALLIANCE_BALANCE_REPORT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/alliance/dimension_sums.h"
#include "core/alliance/state.h"
#include "core/drift/severity.h"
#include "core/record/acknowledgement.h"
#include "core/record/better_off.h"
#include "core/record/equity.h"
#include "core/record/overclaim.h"
#include "core/record/symmetry.h"
#include "core/record/terms.h"

// Do against do: what each side gives, gets and bears, held against what both
// agreed on (measures.md, b). In terms of A and B, so that both nodes see the
// same numbers; what only one node knows is in PrivateFigures and in what is
// said to come from there.
namespace tallystick::alliance {

enum class Basis {
  // As each party claims of itself; of risks, see below.
  kClaimed = 1,
  // As the other acknowledges. What is not answered is not known; what is
  // disputed is acknowledged with 0.
  kAcknowledged = 2,
  // Of risks: what both hold to be agreed; by the estimate of A, and of B.
  kAgreed = 3,
  kByA = 4,
  kByB = 5,
};

struct DimensionRow {
  record::Dimension dimension = record::Dimension::kInputs;
  Basis basis = Basis::kClaimed;
  DimensionSums::Result sums;
  std::optional<record::AgreedTarget> target;
  // Where there is no target.
  record::ExpectedShares expected;
  std::optional<double> coverage;
  record::Symmetry symmetry;
  // Only beyond the band.
  std::optional<drift::Rating> rating;
};

// What one party claims and the other acknowledges, of one kind of
// contribution.
struct AcknowledgementRow {
  v1::Party giver = v1::PARTY_UNSPECIFIED;
  // Empty: all valued lines together.
  std::string kind;
  // Quantities in 10^-9; of all kinds together, units of `unit`.
  record::AcknowledgementTally tally;
  std::string unit;
  // Claimed - acknowledged, as valued; none: not valued.
  std::optional<record::Units> difference;
};

struct OverclaimRow {
  std::string subject;
  record::Claims a;
  record::Claims b;
  record::Overclaim overclaim;
  std::optional<drift::Rating> rating;
};

// Figures that a row is made of, for one party; `unit` is that of the report.
struct Exchanged {
  std::optional<record::Units> benefit;
  std::optional<record::Units> inputs;
  std::optional<record::Units> upkeep;
  std::optional<record::Units> expected_loss;
  // Inputs + upkeep + expected loss; none if one of them is not known.
  std::optional<record::Units> Investment() const;
  std::optional<record::Units> InvestmentWithoutUpkeep() const;
};

struct EquityRow {
  Basis basis = Basis::kAgreed;
  Exchanged a;
  Exchanged b;
  record::Equity equity;
  // If nothing is missing but upkeep: the ratio without it, which says little
  // where upkeep is large.
  std::optional<double> ratio_without_upkeep;
  // Figures that nobody has shared: "upkeep", of which party.
  std::vector<std::pair<std::string, v1::Party>> missing;
};

// What only the own node knows. In another currency than that of the report it
// counts as not known.
struct PrivateFigures {
  std::optional<expectation::Money> value_alone;
  std::optional<expectation::Money> upkeep;
};

struct UpkeepRow {
  // Unspecified: both together.
  v1::Party party = v1::PARTY_UNSPECIFIED;
  std::optional<record::Units> upkeep;
  record::UpkeepRatio ratio;
  // Ours, and not shared.
  bool kept_private = false;
};

struct BetterOffReport {
  // What each has said; kUndecided also for UNDECIDED. None: nothing.
  std::optional<record::BetterOff> said_a;
  std::optional<record::BetterOff> said_b;
  // Of the own party, by its own figures.
  record::Account own;
  record::BetterOff computed = record::BetterOff::kUndecided;
  std::vector<std::string> missing;
  // Both have said yes.
  std::optional<bool> synergy;
  // Neither may be worse off; none: not both have decided.
  std::optional<bool> rule_one_met;
};

struct BalanceReport {
  // By dimension, and within one the basis that counts overall first.
  std::vector<DimensionRow> dimensions;
  std::vector<AcknowledgementRow> acknowledgements;
  std::vector<OverclaimRow> overclaims;
  std::vector<EquityRow> equity;
  BetterOffReport better_off;
  std::vector<UpkeepRow> upkeep;
  record::Overall overall;
  std::string unit;
};

// One pass over all records, whose day is `day` or before.
BalanceReport MakeBalanceReport(const AllianceState& state,
                                const record::BalanceTerms& terms,
                                v1::Party own_party,
                                const PrivateFigures& own_figures,
                                const expectation::Date& day);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_BALANCE_REPORT_H_
