// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_BALANCE_PARTS_H_
#define TALLYSTICK_CORE_ALLIANCE_BALANCE_PARTS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/alliance/balance_report.h"
#include "core/record/record.h"

// Inside of the balance report: what each record adds to which sum.
namespace tallystick::alliance {

// What the parties have shared of their upkeep, in one unit.
struct UpkeepSums {
  std::optional<record::Units> a;
  std::optional<record::Units> b;
  const std::optional<record::Units>& Of(v1::Party party) const {
    return party == v1::PARTY_A ? a : b;
  }
};

class BalanceParts {
 public:
  // Both must outlive this.
  BalanceParts(const record::BalanceTerms& terms, const expectation::Date& day);

  // A record that has not been replaced.
  void Take(const record::Record& record);

  std::vector<DimensionRow> Dimensions() const;
  std::vector<AcknowledgementRow> Acknowledgements() const;
  std::vector<OverclaimRow> Overclaims() const;
  UpkeepSums Upkeep(const std::string& unit) const;

 private:
  // What the two logs say of one thing; by reference, or title.
  struct Pair {
    const record::Record* a = nullptr;
    const record::Record* b = nullptr;
    const record::Record*& Of(v1::Party party) {
      return party == v1::PARTY_A ? a : b;
    }
  };
  struct Kind {
    record::AcknowledgementTally quantities;
    record::AcknowledgementTally values;
    // Some quantity of it has no value.
    bool unvalued = false;
    std::string unit;
  };

  void TakeContribution(const record::Record& record);
  void TakeBenefit(const record::Record& record);
  void TakeKnowledge(const record::Record& record);
  void TakeCommitment(const record::Record& record);
  // What the record claims, and what of it is acknowledged.
  void AddBoth(const record::Record& record, DimensionSums& claimed,
               DimensionSums& acknowledged);
  void AddFigure(const record::Record& record, expectation::Decimal figure,
                 DimensionSums& sums) const;
  void AddRisk(const Pair& risk, DimensionSums& agreed, DimensionSums& by_a,
               DimensionSums& by_b) const;
  void AddResult(const Pair& result, DimensionSums& sums) const;
  DimensionRow MakeRow(record::Dimension dimension, Basis basis,
                       const DimensionSums& sums) const;

  const record::BalanceTerms& terms_;
  // As expectation::DayNumber.
  int64_t today_;
  DimensionSums inputs_;
  DimensionSums inputs_acknowledged_;
  DimensionSums benefit_;
  DimensionSums benefit_acknowledged_;
  DimensionSums knowledge_;
  DimensionSums commitment_;
  DimensionSums upkeep_;
  bool benefit_answered_ = false;
  std::map<std::string, Pair> risks_;
  std::map<std::string, Pair> results_;
  std::map<std::string, Pair> shares_;
  // Of A, and of B.
  std::map<std::string, Kind, std::less<>> kinds_[2];
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_BALANCE_PARTS_H_
