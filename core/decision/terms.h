// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_TERMS_H_
#define TALLYSTICK_CORE_DECISION_TERMS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/value.h"
#include "tallystick/v1/agree.pb.h"

// What a decision agrees on besides topics, after every bound that agree.proto
// states has been checked. What is absent is not agreed here, and never zero.
namespace tallystick::decision {

// The numbers are those of v1::Target and part of nothing that is hashed.
enum class Dimension {
  kInputs = 1,
  kBenefit = 2,
  kRisk = 3,
  kKnowledgeSharing = 4,
  kOwnership = 5,
  kCommitment = 6,
};

// "inputs", "knowledge_sharing".
absl::string_view ToText(Dimension dimension);
// None if there is no dimension of that name; "knowledge" is short for
// knowledge sharing.
std::optional<Dimension> ParseDimension(absl::string_view text);

// Unless agreed otherwise (measures.md, b.1).
inline constexpr expectation::Decimal kBandDefault = {1, 1};

// The part of a total that each party is to have (measures.md, b.1).
struct Target {
  Dimension dimension = Dimension::kInputs;
  // 0 to 1; party B has the rest.
  expectation::Decimal share_of_a;
  // More than 0, at most 1.
  expectation::Decimal band = kBandDefault;

  friend bool operator==(const Target&, const Target&) = default;
};

// 1 - share, without rounding.
expectation::Decimal RestOf(expectation::Decimal share);

inline constexpr absl::string_view kPoints = "points";

struct Rate {
  std::string kind;
  // What is counted; may be empty.
  std::string unit;
  // Per unit, in major units of the currency or in points; not negative.
  expectation::Decimal rate;

  friend bool operator==(const Rate&, const Rate&) = default;
};

// What one unit of each kind is worth (measures.md, b.4).
struct RateTable {
  // From 1.
  uint32_t version = 1;
  // None: from the day on which the decision holds.
  std::optional<expectation::Date> effective_on;
  // Three capital letters, or kPoints.
  std::string currency;
  // No kind twice, in the order of the terms.
  std::vector<Rate> rates;
  // Also values what happened before.
  bool revalues_past = false;

  // Null: the kind has no rate, which is not a rate of 0.
  const Rate* Find(absl::string_view kind) const;

  friend bool operator==(const RateTable&, const RateTable&) = default;
};

// What practice is held against (measures.md, c.2 and c.3).
struct MonitoredMeasure {
  enum class Good { kAsInCatalogue = 0, kHigher = 1, kLower = 2, kEither = 3 };

  std::string measure;
  // PARTY_UNSPECIFIED: about the alliance.
  v1::Party about = v1::PARTY_UNSPECIFIED;
  // In the unit of the measure. None: the series is compared with its own past
  // (measures.md, c.7), and sigma and tolerance are none too.
  std::optional<expectation::Decimal> agreed;
  // More than 0.
  std::optional<expectation::Decimal> sigma;
  std::optional<expectation::Decimal> h;
  std::optional<expectation::Decimal> k;
  Good good = Good::kAsInCatalogue;
  std::optional<expectation::Decimal> tolerance;
  // From one reading to the next; never open-ended.
  std::optional<expectation::Period> interval;

  friend bool operator==(const MonitoredMeasure&,
                         const MonitoredMeasure&) = default;
};

struct Likelihood {
  std::string word;
  // 0 to 1.
  expectation::Decimal probability;

  friend bool operator==(const Likelihood&, const Likelihood&) = default;
};

// Ascending (measures.md, b.5).
using LikelihoodScale = std::vector<Likelihood>;

struct CurrencyRate {
  std::string from;
  std::string to;
  // Units of `to` for one of `from`; more than 0.
  expectation::Decimal rate;
  std::optional<expectation::Date> effective_on;

  friend bool operator==(const CurrencyRate&, const CurrencyRate&) = default;
};

struct Terms {
  std::vector<Target> targets;
  std::vector<RateTable> rate_tables;
  std::vector<MonitoredMeasure> monitored;
  // Empty: not agreed here; so the next two.
  LikelihoodScale likelihood_scale;
  std::vector<CurrencyRate> currency_rates;
  std::string position;
  std::string stage;
  std::optional<expectation::Decimal> equity_band;

  bool empty() const;

  friend bool operator==(const Terms&, const Terms&) = default;
};

// Reads the terms of a content of any origin. INVALID_ARGUMENT names the term
// and the bound it breaks. Whether position and stage are in the catalogue is
// not checked.
absl::StatusOr<Terms> ReadTerms(const v1::DecisionContent& content);

// Writes them into a content, which has none.
void WriteTerms(const Terms& terms, v1::DecisionContent* content);

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_TERMS_H_
