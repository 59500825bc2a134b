// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_CORE_ALLIANCE_TWO_COMPANIES_H_
#define TALLYSTICK_TESTS_CORE_ALLIANCE_TWO_COMPANIES_H_

#include <cstdint>
#include <string>

#include "core/alliance/state.h"
#include "core/expectation/catalogue.h"
#include "gtest/gtest.h"
#include "tests/sim/world/company.h"
#include "tests/sim/world/workload.h"

// The two simulated companies and one state, to which they say things one after
// the other, each having seen everything.
namespace tallystick::alliance {

inline constexpr v1::Party kA = v1::PARTY_A;
inline constexpr v1::Party kB = v1::PARTY_B;
inline constexpr int64_t kNowUs = 1'790'000'000'000'000;  // 2026-09-21
// Of the decision that a test is about.
inline const std::string kUid(16, 'u');

class TwoCompanies : public ::testing::Test {
 protected:
  // Why it is set aside; empty: it counts.
  std::string Say(v1::Party party, const v1::Body& body,
                  const std::string& author = "", int64_t time_us = kNowUs) {
    const auto touched =
        state_.Fold(party,
                    {.partner_size = state_.size(ledger::Other(party)),
                     .time_us = time_us,
                     .author = author},
                    body.SerializeAsString());
    return touched.ok() ? touched->set_aside : "not folded";
  }

  // Both introduce themselves and their first person.
  void Meet() {
    for (const v1::Party party : {kA, kB}) {
      const sim::Company& own = sim::CompanyOf(party);
      ASSERT_EQ(Say(party, own.Opening()), "");
      ASSERT_EQ(Say(party, own.Enrolment(own.people[0])), "");
    }
  }

  const decision::Decision& Decision() const {
    return *state_.FindDecision(kA, kUid);
  }
  // Of the first revision of Decision().
  v1::Body Verdict(v1::Party party, v1::Verdict::Kind kind,
                   size_t person = 0) const {
    const sim::Company& own = sim::CompanyOf(party);
    return sim::Verdict(own, own.people[person], state_, Decision(),
                        Decision().revisions[0], kind);
  }

  AllianceState state_ = AllianceState(std::string(sim::kAllianceUid),
                                       expectation::BuiltInCatalogue());
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_TESTS_CORE_ALLIANCE_TWO_COMPANIES_H_
