// SPDX-License-Identifier: Apache-2.0
// State is a function of the two logs, however they are interleaved.
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/state.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/distance.h"
#include "core/ledger/position.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sim/world/company.h"
#include "tests/sim/world/workload.h"
#include "tests/status_matchers.h"

namespace tallystick::alliance {
namespace {

using ::tallystick::testing::IsOk;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int64_t kMinuteUs = 60'000'000;

struct Statement {
  ledger::Leaf leaf;
  std::string body;
};

// Two logs, by party.
struct History {
  std::vector<Statement> logs[2];

  const std::vector<Statement>& Of(v1::Party party) const {
    return logs[party - v1::PARTY_A];
  }
};

AllianceState EmptyState() {
  return AllianceState(std::string(sim::kAllianceUid),
                       expectation::BuiltInCatalogue());
}

// Two parties that write at the same time, each seeing more or less of what the
// other has written. Some of what they write breaks the rules.
class HistoryMaker {
 public:
  explicit HistoryMaker(uint64_t seed) : random_(seed) {}

  History Make(int statements) {
    for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
      const sim::Company& own = sim::CompanyOf(party);
      Write(party, own.Opening().SerializeAsString());
      Write(party, own.Enrolment(own.people[0]).SerializeAsString());
    }
    for (int i = 0; i < statements; ++i) {
      const v1::Party party = Below(2) == 0 ? v1::PARTY_A : v1::PARTY_B;
      now_us_ += static_cast<int64_t>(Below(10)) * kMinuteUs;
      if (Below(3) == 0) See(party, Below(6));
      Say(party);
    }
    return std::move(history_);
  }

 private:
  uint64_t Below(uint64_t bound) { return random_() % bound; }
  AllianceState& ViewOf(v1::Party party) { return views_[party - v1::PARTY_A]; }

  void See(v1::Party party, uint64_t count) {
    const v1::Party other = ledger::Other(party);
    AllianceState& view = ViewOf(party);
    for (; count > 0 && view.size(other) < history_.Of(other).size(); --count) {
      const Statement& next = history_.Of(other)[view.size(other)];
      ASSERT_THAT(view.Fold(other, next.leaf, next.body), IsOk());
    }
  }

  void Say(v1::Party party) {
    if (Below(15) == 0) {
      return Write(party, absl::StrCat("garbage ", Below(1000)));
    }
    const sim::Statements said =
        Below(8) == 0 ? sim::Statements{.bodies = {AboutTexts(party)}}
                      : sim::NextStatements(sim::CompanyOf(party),
                                            ViewOf(party), random_, now_us_);
    // A partner of another make may not refuse what breaks a rule.
    const bool careful = Below(4) > 0;
    for (const v1::Body& body : said.bodies) {
      const std::string bytes = body.SerializeAsString();
      if (careful) {
        AllianceState trial = ViewOf(party);
        if (!trial.FoldOrRefuse(party, NextLeaf(party), bytes).ok()) continue;
      }
      Write(party, bytes);
    }
  }

  // One of three texts, or what the party says of two of them; not always of
  // texts that are there.
  v1::Body AboutTexts(v1::Party party) {
    const std::string texts[] = {"They sell.", "We keep it.", "Both share."};
    const auto hash = [&] {
      const auto digest = expectation::TextHash(texts[Below(3)]);
      return std::string(digest.begin(), digest.end());
    };
    v1::Body body;
    if (Below(3) == 0) {
      v1::Stance& stance = *body.mutable_stance();
      stance.set_topic("governance/unwind-plan");
      stance.set_cell(Below(3) == 0 ? v1::Stance::PREDICTION : v1::Stance::OWN);
      stance.mutable_value()->set_text(texts[Below(3)]);
      return body;
    }
    v1::TextConfirmation& said = *body.mutable_text_confirmation();
    said.set_topic("governance/unwind-plan");
    said.set_own_hash(hash());
    said.set_partner_hash(hash());
    said.set_same_meaning(Below(2) == 0);
    said.set_of_prediction(Below(3) == 0);
    // What the party does say, more often than not.
    const auto present = [&](v1::Stance::Cell which, std::string* bytes) {
      const Cell* cell = ViewOf(party).FindCell(
          {{said.topic(), v1::PARTY_UNSPECIFIED}, party, which});
      if (cell == nullptr || Below(4) == 0) return;
      const auto digest = expectation::TextHash(
          cell->current().value.As<expectation::Text>()->text);
      bytes->assign(digest.begin(), digest.end());
    };
    present(v1::Stance::OWN, said.mutable_own_hash());
    if (said.of_prediction()) {
      present(v1::Stance::PREDICTION, said.mutable_partner_hash());
    }
    return body;
  }

  ledger::Leaf NextLeaf(v1::Party party) {
    return {.partner_size = ViewOf(party).size(ledger::Other(party)),
            .time_us = now_us_};
  }

  void Write(v1::Party party, std::string body) {
    const ledger::Leaf leaf = NextLeaf(party);
    ASSERT_THAT(ViewOf(party).Fold(party, leaf, body), IsOk());
    history_.logs[party - v1::PARTY_A].push_back({leaf, std::move(body)});
  }

  std::mt19937_64 random_;
  int64_t now_us_ = 1'790'000'000'000'000;
  AllianceState views_[2] = {EmptyState(), EmptyState()};
  History history_;
};

// Folds what is left of a history, in a random order that respects each log's
// own order and what the authors had seen.
void FoldRandomly(const History& history, std::mt19937_64& random,
                  AllianceState& state) {
  while (true) {
    std::vector<v1::Party> ready;
    for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
      const auto& log = history.Of(party);
      if (state.size(party) < log.size() &&
          log[state.size(party)].leaf.partner_size <=
              state.size(ledger::Other(party))) {
        ready.push_back(party);
      }
    }
    if (ready.empty()) return;
    const v1::Party party = ready[random() % ready.size()];
    const Statement& next = history.Of(party)[state.size(party)];
    ASSERT_THAT(state.Fold(party, next.leaf, next.body), IsOk());
    // Asking for the digest on the way changes nothing.
    if (random() % 8 == 0) state.StateDigest();
  }
}

// What the histories as a whole must have in them to prove anything.
struct Reached {
  int ratified = 0;
  int charter = 0;
  int set_aside = 0;
  int late = 0;
  int countered = 0;
  int better_off = 0;
  std::set<record::Type> types;
  int acknowledged = 0;
  int done = 0;
  int texts = 0;
  int declared = 0;

  void Note(const AllianceState& state) {
    charter += static_cast<int>(state.charter().size());
    for (const auto& [key, text] : state.texts()) {
      ++(key.cell == v1::Stance::OWN ? texts : declared);
    }
    for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
      set_aside += static_cast<int>(state.set_aside(party).size());
      if (state.better_off(party) != nullptr) ++better_off;
      for (const record::Record& record : state.records(party)) {
        types.insert(record::TypeOf(record.details));
      }
      for (const auto& [reference, telling] : state.past(party)) {
        if (state.IsAcknowledged(telling)) ++acknowledged;
      }
      for (const decision::Decision& decision : state.decisions(party)) {
        if (decision::DoneOn(decision.fulfilments)) ++done;
        const decision::Outcome outcome = decision::Evaluate(decision, 0);
        if (outcome.state == decision::State::kRatified) ++ratified;
        if (decision.revisions.size() > 1) ++countered;
        for (const decision::Verdict& verdict : decision.verdicts) {
          if (verdict.late) ++late;
        }
      }
    }
  }
};

class FoldPropertyTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(FoldPropertyTest, AnyInterleavingGivesTheSameState) {
  Reached reached;
  for (uint64_t seed = GetParam(); seed < GetParam() + 100; ++seed) {
    const History history = HistoryMaker(seed).Make(60);
    std::mt19937_64 random(seed);
    AllianceState first = EmptyState();
    FoldRandomly(history, random, first);
    ASSERT_EQ(first.size(v1::PARTY_A), history.logs[0].size());
    ASSERT_EQ(first.size(v1::PARTY_B), history.logs[1].size());
    reached.Note(first);
    for (int i = 0; i < 4; ++i) {
      AllianceState other = EmptyState();
      FoldRandomly(history, random, other);
      ASSERT_EQ(other.Snapshot(), first.Snapshot()) << "seed " << seed;
      ASSERT_EQ(other.StateDigest(), first.StateDigest()) << "seed " << seed;
    }
  }
  EXPECT_GT(reached.ratified, 0);
  EXPECT_GT(reached.charter, 0);
  EXPECT_GT(reached.set_aside, 0);
  EXPECT_GT(reached.late, 0);
  EXPECT_GT(reached.countered, 0);
  EXPECT_GT(reached.better_off, 0);
  EXPECT_EQ(reached.types.size(), std::variant_size_v<record::Details>);
  EXPECT_GT(reached.acknowledged, 0);
  EXPECT_GT(reached.done, 0);
  EXPECT_GT(reached.texts, 0);
  EXPECT_GT(reached.declared, 0);
}

TEST_P(FoldPropertyTest, ASnapshotGoesOnLikeTheStateItWasTakenOf) {
  for (uint64_t seed = GetParam(); seed < GetParam() + 30; ++seed) {
    const History history = HistoryMaker(seed).Make(60);
    std::mt19937_64 random(seed);
    History beginning = history;
    for (std::vector<Statement>& log : beginning.logs) {
      log.resize(random() % (log.size() + 1));
    }
    AllianceState state = EmptyState();
    FoldRandomly(beginning, random, state);
    auto restored = AllianceState::FromSnapshot(
        state.Snapshot(), expectation::BuiltInCatalogue());
    ASSERT_THAT(restored, IsOk());
    ASSERT_EQ(restored->StateDigest(), state.StateDigest()) << "seed " << seed;
    FoldRandomly(history, random, state);
    FoldRandomly(history, random, *restored);
    ASSERT_EQ(restored->Snapshot(), state.Snapshot()) << "seed " << seed;
    ASSERT_EQ(restored->StateDigest(), state.StateDigest()) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, FoldPropertyTest,
                         ::testing::Values(0, 1000, 2000, 3000));

TEST(FoldTest, ADamagedSnapshotIsDataLossAndNeverAState) {
  const History history = HistoryMaker(7).Make(40);
  std::mt19937_64 random(7);
  AllianceState state = EmptyState();
  FoldRandomly(history, random, state);
  const std::string snapshot = state.Snapshot();
  for (size_t size = 0; size < snapshot.size(); size += 7) {
    EXPECT_FALSE(AllianceState::FromSnapshot(snapshot.substr(0, size),
                                             expectation::BuiltInCatalogue())
                     .ok());
  }
}

TEST(FoldTest, SetsGarbageAsideWithAReasonAndGoesOn) {
  AllianceState state = EmptyState();
  const sim::Company& own = sim::CompanyOf(v1::PARTY_A);
  v1::Body unknown;
  unknown.mutable_key_rotation()->set_log_key("none");
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {own.Opening().SerializeAsString(), ""},
      {std::string("\xff\xff\xff", 3), "unreadable"},
      {"", "unknown_statement"},
      {unknown.SerializeAsString(), "unknown_statement"},
      {own.Opening().SerializeAsString(), "bad_statement"},
      {sim::Stance("no/such-topic", "identity").SerializeAsString(),
       "unknown_topic"},
      {sim::Stance("frame/spectrum-position", "nowhere").SerializeAsString(),
       "bad_answer"},
      {sim::Stance("frame/spectrum-position", "identity").SerializeAsString(),
       ""}};
  for (const auto& [body, reason] : bodies) {
    const auto touched =
        state.Fold(v1::PARTY_A, {.time_us = 1'790'000'000'000'000}, body);
    ASSERT_THAT(touched, IsOk());
    EXPECT_EQ(touched->set_aside, reason);
  }
  EXPECT_EQ(state.size(v1::PARTY_A), bodies.size());
  EXPECT_EQ(state.set_aside(v1::PARTY_A).size(), 6u);
  EXPECT_THAT(state.cells(), Not(IsEmpty()));
}

TEST(FoldTest, WaitsForWhatTheAuthorHadSeen) {
  AllianceState state = EmptyState();
  EXPECT_THAT(
      state.Fold(v1::PARTY_A, {.partner_size = 1, .time_us = 1}, ""),
      ::tallystick::testing::StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(state.size(v1::PARTY_A), 0u);
}

}  // namespace
}  // namespace tallystick::alliance
