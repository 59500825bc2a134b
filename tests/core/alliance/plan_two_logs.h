// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_CORE_ALLIANCE_PLAN_TWO_LOGS_H_
#define TALLYSTICK_TESTS_CORE_ALLIANCE_PLAN_TWO_LOGS_H_

#include <string>

#include "core/alliance/dates.h"
#include "core/alliance/state.h"
#include "gtest/gtest.h"
#include "tallystick/v1/raw_value.pb.h"
#include "tests/status_matchers.h"

// Two logs without any bytes: statements are folded as if they had been
// written, each author having seen everything.
namespace tallystick::alliance {

inline const expectation::PartyNames kNames = {"cascadia", "meridian"};
inline constexpr expectation::Date kToday = {2025, 7, 1};

class TwoLogs {
 public:
  void Write(v1::Party party, const v1::Body& body,
             const expectation::Date& day = kToday) {
    WriteHavingSeen(party, body, state_.size(ledger::Other(party)), day);
  }

  // The author has seen `seen` entries of the other log.
  void WriteHavingSeen(v1::Party party, const v1::Body& body, uint64_t seen,
                       const expectation::Date& day = kToday) {
    const ledger::Leaf leaf = {
        .partner_size = seen,
        .time_us = expectation::DayNumber(day) * 24 * 3600 * 1'000'000 + 1,
        .author = "",
        .body_commitment = {}};
    const auto touched = state_.Fold(party, leaf, body.SerializeAsString());
    ASSERT_THAT(touched, testing::IsOk());
    ASSERT_EQ(touched->set_aside, "");
  }

  const AllianceState& state() const { return state_; }

 private:
  AllianceState state_ =
      AllianceState(std::string(16, 'u'), expectation::BuiltInCatalogue());
};

inline v1::RawValue Raw(const std::string& scalar) {
  v1::RawValue raw;
  raw.set_scalar(scalar);
  return raw;
}

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_TESTS_CORE_ALLIANCE_PLAN_TWO_LOGS_H_
