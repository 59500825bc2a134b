// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/coorient.h"

#include <optional>

#include "gtest/gtest.h"
#include "tests/core/expectation/builders.h"

namespace tallystick::expectation {
namespace {

using Index = std::optional<size_t>;
using Maybe = std::optional<double>;
constexpr Index kNone = std::nullopt;
constexpr Maybe kUnknown = std::nullopt;

const Cell kDeclined = Cell::Of(Cell::Kind::kDeclined);
const Cell kSealed = Cell::Of(Cell::Kind::kSealed);

// Keeps the values that cells point to.
class CoorientTest : public ::testing::Test {
 protected:
  static Cell At(Index index) {
    static const Value kSteps[] = {Step(0), Step(1), Step(2), Step(3), Step(4)};
    return index ? Cell::Stated(kSteps[*index]) : Cell();
  }

  static PartyCells Party(Cell own, Cell prediction) {
    return {own, prediction, std::nullopt, std::nullopt};
  }

  static Coorientation Of(Index own_a, Index pred_a, Index own_b,
                          Index pred_b) {
    return Coorient(FiveSteps(), Party(At(own_a), At(pred_a)),
                    Party(At(own_b), At(pred_b)));
  }
};

struct WorkedCase {
  Index own_a, pred_a, own_b, pred_b;
  Maybe agreement, congruency_a, accuracy_a, congruency_b, accuracy_b;
  State a, b;
  JointState joint;
  std::optional<v1::Party> party;
  bool misread_a, misread_b;
};

// a.4: ordinal, five steps, tolerance 0.25.
const WorkedCase kWorked[] = {
    {3, 3, 1, 1, .5, 0, .5, 0, .5, State::kFalseConsensus,
     State::kFalseConsensus, JointState::kMutualFalseConsensus, std::nullopt,
     true, true},
    {3, 3, 1, 3, .5, 0, .5, .5, 0, State::kFalseConsensus, State::kDissensus,
     JointState::kOneSidedFalseConsensus, v1::PARTY_A, true, false},
    {3, 3, 3, 1, 0, 0, 0, .5, .5, State::kConsensus, State::kFalseConflict,
     JointState::kOneSidedFalseConflict, v1::PARTY_B, false, true},
    {2, 3, 4, 4, .5, .25, .25, 0, .5, State::kFalseConsensus,
     State::kFalseConsensus, JointState::kMutualFalseConsensus, std::nullopt,
     false, true},
    {3, 2, 4, 3, .25, .25, .5, .25, 0, State::kConsensus, State::kConsensus,
     JointState::kConsensus, std::nullopt, true, false},
    {0, 2, 4, 1, 1, .5, .5, .75, .25, State::kDissensus, State::kDissensus,
     JointState::kDissensus, std::nullopt, true, false},
    {3, kNone, 1, 2, .5, kUnknown, kUnknown, .25, .25, State::kUnpredicted,
     State::kFalseConsensus, JointState::kOneSidedFalseConsensus, v1::PARTY_B,
     false, false},
    {kNone, 2, 3, 3, kUnknown, kUnknown, .25, 0, kUnknown, State::kUnstated,
     State::kUnstated, JointState::kUnstated, v1::PARTY_A, false, false},
};

TEST_F(CoorientTest, GivesTheEightWorkedCases) {
  for (const WorkedCase& c : kWorked) {
    SCOPED_TRACE(&c - kWorked + 1);
    const Coorientation got = Of(c.own_a, c.pred_a, c.own_b, c.pred_b);
    EXPECT_EQ(got.agreement, c.agreement);
    EXPECT_EQ(got.congruency_a, c.congruency_a);
    EXPECT_EQ(got.accuracy_a, c.accuracy_a);
    EXPECT_EQ(got.congruency_b, c.congruency_b);
    EXPECT_EQ(got.accuracy_b, c.accuracy_b);
    EXPECT_EQ(got.state_a, c.a);
    EXPECT_EQ(got.state_b, c.b);
    EXPECT_EQ(got.joint, c.joint);
    EXPECT_EQ(got.joint_party, c.party);
    EXPECT_EQ(got.misread_a, c.misread_a);
    EXPECT_EQ(got.misread_b, c.misread_b);
  }
}

TEST_F(CoorientTest, MutualFalseConflictIsNamed) {
  const Coorientation got = Of(3, 0, 3, 0);
  EXPECT_EQ(got.joint, JointState::kMutualFalseConflict);
  EXPECT_EQ(got.joint_party, std::nullopt);
}

TEST_F(CoorientTest, ExchangingThePartiesMirrorsTheResult) {
  for (size_t i = 0; i < 625; ++i) {
    const size_t own_a = i % 5, pred_a = i / 5 % 5, own_b = i / 25 % 5,
                 pred_b = i / 125;
    const Coorientation one = Of(own_a, pred_a, own_b, pred_b);
    const Coorientation two = Of(own_b, pred_b, own_a, pred_a);
    EXPECT_EQ(one.joint, two.joint);
    EXPECT_EQ(one.state_a, two.state_b);
    EXPECT_EQ(one.accuracy_a, two.accuracy_b);
    EXPECT_EQ(one.severity, two.severity);
    EXPECT_EQ(one.joint_party.has_value(), two.joint_party.has_value());
    if (one.joint_party) {
      EXPECT_NE(one.joint_party, two.joint_party);
    }
  }
}

TEST_F(CoorientTest, NothingStatedIsUnstatedOfBoth) {
  const Coorientation got = Of(kNone, kNone, kNone, kNone);
  EXPECT_EQ(got.joint, JointState::kUnstated);
  EXPECT_EQ(got.joint_party, std::nullopt);
  EXPECT_EQ(got.severity, std::nullopt);
}

TEST_F(CoorientTest, WithoutPredictionsAgreementIsStillShown) {
  const Coorientation got = Of(3, kNone, 1, kNone);
  EXPECT_EQ(got.joint, JointState::kUnpredicted);
  EXPECT_EQ(got.agreement, 0.5);
}

TEST_F(CoorientTest, WithoutOnePredictionTheJointStateFollowsTheOther) {
  EXPECT_EQ(Of(3, 3, 3, kNone).joint, JointState::kConsensus);
  const Coorientation conflict = Of(3, 0, 3, kNone);
  EXPECT_EQ(conflict.joint, JointState::kOneSidedFalseConflict);
  EXPECT_EQ(conflict.joint_party, v1::PARTY_A);
}

TEST_F(CoorientTest, WithdrawnIsUnstated) {
  const Coorientation got =
      Coorient(FiveSteps(), Party(At(1), At(1)),
               Party(Cell::Of(Cell::Kind::kWithdrawn), At(1)));
  EXPECT_EQ(got.joint, JointState::kUnstated);
  EXPECT_EQ(got.joint_party, v1::PARTY_B);
}

TEST_F(CoorientTest, SealedIsNotUnstated) {
  const Coorientation got =
      Coorient(FiveSteps(), Party(At(1), At(1)), Party(kSealed, kSealed));
  EXPECT_EQ(got.joint, JointState::kSealed);
  EXPECT_EQ(got.state_a, State::kSealed);
  EXPECT_EQ(got.joint_party, v1::PARTY_B);
  EXPECT_EQ(got.congruency_a, 0);
}

TEST_F(CoorientTest, DeclinedIsShownAndComesBeforeTheRest) {
  Coorientation got =
      Coorient(FiveSteps(), Party(kDeclined, At(1)), Party(kSealed, Cell()));
  EXPECT_EQ(got.joint, JointState::kDeclined);
  EXPECT_EQ(got.joint_party, v1::PARTY_A);
  got = Coorient(FiveSteps(), Party(At(1), kDeclined), Party(At(1), At(1)));
  EXPECT_EQ(got.state_a, State::kDeclined);
  EXPECT_EQ(got.joint, JointState::kConsensus);
}

TEST_F(CoorientTest, TwoCurrenciesAreIncomparableButCongruencyIsKnown) {
  const Topic topic =
      MakeTopic(AnswerType::kMoney, Comparator::kRelative, 0.15);
  const Value euro{Money{200, "EUR"}};
  const Value dollar{Money{300, "USD"}};
  const Coorientation got =
      Coorient(topic, Party(Cell::Stated(euro), Cell::Stated(euro)),
               Party(Cell::Stated(dollar), Cell::Stated(dollar)));
  EXPECT_EQ(got.joint, JointState::kIncomparable);
  EXPECT_EQ(got.state_b, State::kIncomparable);
  EXPECT_EQ(got.agreement, std::nullopt);
  EXPECT_EQ(got.congruency_a, 0);
  EXPECT_EQ(got.accuracy_a, std::nullopt);
  EXPECT_FALSE(got.misread_a);
}

TEST_F(CoorientTest, AStaleCellMarksTheResult) {
  const Value three = Step(3);
  EXPECT_TRUE(Coorient(FiveSteps(), Party(At(3), At(3)),
                       Party(Cell::Stated(three, true), At(3)))
                  .stale);
  EXPECT_FALSE(Of(3, 3, 3, 3).stale);
}

class TextCoorientTest : public CoorientTest {
 protected:
  Coorientation Compared() const {
    return Coorient(MakeTopic(AnswerType::kText, Comparator::kConfirmedText),
                    a_, b_);
  }
  static TextVerdict Verdict(const Value& own, const Value& partner,
                             bool same) {
    return {TextHash(own.As<Text>()->text), TextHash(partner.As<Text>()->text),
            same};
  }

  const Value text_a_{Text{"We keep the mark."}};
  const Value text_b_{Text{"The mark stays with them."}};
  const Value guess_{Text{"They keep it."}};
  PartyCells a_ = Party(Cell::Stated(text_a_), Cell::Stated(guess_));
  PartyCells b_ = Party(Cell::Stated(text_b_), Cell::Stated(guess_));
};

TEST_F(TextCoorientTest, TwoTextsAreUnconfirmed) {
  const Coorientation got = Compared();
  EXPECT_EQ(got.joint, JointState::kUnconfirmed);
  EXPECT_EQ(got.agreement, std::nullopt);
  EXPECT_EQ(got.congruency_a, std::nullopt);
}

TEST_F(TextCoorientTest, CongruencyIsWhatThePartyDeclares) {
  a_.declared_congruency = true;
  b_.declared_congruency = false;
  EXPECT_EQ(Compared().congruency_a, 0);
  EXPECT_EQ(Compared().congruency_b, 1);
}

TEST_F(TextCoorientTest, AgreementNeedsTheConfirmationOfBoth) {
  a_.declared_congruency = b_.declared_congruency = true;
  a_.verdict = Verdict(text_a_, text_b_, true);
  EXPECT_EQ(Compared().joint, JointState::kUnconfirmed);
  b_.verdict = Verdict(text_b_, text_a_, true);
  EXPECT_EQ(Compared().joint, JointState::kConsensus);
}

TEST_F(TextCoorientTest, OneRejectionIsEnough) {
  a_.declared_congruency = b_.declared_congruency = true;
  a_.verdict = Verdict(text_a_, text_b_, true);
  b_.verdict = Verdict(text_b_, text_a_, false);
  EXPECT_EQ(Compared().agreement, 1);
  EXPECT_EQ(Compared().joint, JointState::kMutualFalseConsensus);
}

TEST_F(TextCoorientTest, AChangedTextMakesAVerdictVoid) {
  a_.verdict = Verdict(guess_, text_b_, false);
  EXPECT_EQ(Compared().joint, JointState::kUnconfirmed);
  a_.verdict = Verdict(text_a_, guess_, false);
  EXPECT_EQ(Compared().joint, JointState::kUnconfirmed);
}

TEST_F(TextCoorientTest,
       WithoutDeclarationAConfirmedTextIsUnconfirmedOfTheParty) {
  a_.verdict = Verdict(text_a_, text_b_, true);
  b_.verdict = Verdict(text_b_, text_a_, true);
  EXPECT_EQ(Compared().agreement, 0);
  EXPECT_EQ(Compared().state_a, State::kUnconfirmed);
  EXPECT_EQ(Compared().joint, JointState::kUnconfirmed);
}

TEST(SeverityTest, GivesTheWorkedPoints) {
  EXPECT_EQ(CoorientationSeverity(5, 1, 0, 3),
            (Severity{45, SeverityGrade::kCritical}));
  EXPECT_EQ(CoorientationSeverity(4, 0.5, 0.25, 3),
            (Severity{24, SeverityGrade::kCritical}));
}

TEST(SeverityTest, BandsIncludeTheirLimits) {
  EXPECT_EQ(CoorientationSeverity(1, 0.25, 0, 1).points, 1);
  EXPECT_EQ(CoorientationSeverity(1, 0.26, 0, 1).points, 2);
  EXPECT_EQ(CoorientationSeverity(1, 0.5, 0, 1).points, 2);
  EXPECT_EQ(CoorientationSeverity(1, 0.51, 0, 1).points, 3);
  EXPECT_EQ(CoorientationSeverity(1, 1, 1, 1).points, 1);
}

TEST(SeverityTest, GradesBeginAtTheirLimits) {
  EXPECT_EQ(GradePoints(4), SeverityGrade::kInfo);
  EXPECT_EQ(GradePoints(5), SeverityGrade::kWatch);
  EXPECT_EQ(GradePoints(11), SeverityGrade::kWatch);
  EXPECT_EQ(GradePoints(12), SeverityGrade::kWarning);
  EXPECT_EQ(GradePoints(23), SeverityGrade::kWarning);
  EXPECT_EQ(GradePoints(24), SeverityGrade::kCritical);
}

TEST_F(CoorientTest, AMisreadHasASeverityOfItsOwn) {
  // Worked case 5: consensus, A off by .5; weight 3, excess a third.
  const Coorientation got = Of(3, 2, 4, 3);
  EXPECT_EQ(got.severity, std::nullopt);
  EXPECT_EQ(got.misread_severity_a, (Severity{6, SeverityGrade::kWatch}));
  EXPECT_EQ(got.misread_severity_b, std::nullopt);
}

TEST(NamesTest, StatesAreNamedAsInTheDefinition) {
  EXPECT_EQ(ToText(State::kFalseConflict), "false_conflict");
  EXPECT_EQ(ToText(State::kUnstated), "unstated");
  EXPECT_EQ(ToText(JointState::kOneSidedFalseConflict),
            "one_sided_false_conflict");
  EXPECT_EQ(ToText(SeverityGrade::kCritical), "critical");
}

}  // namespace
}  // namespace tallystick::expectation
