// SPDX-License-Identifier: Apache-2.0
// The worked numbers are those of the definition of the measures.
#include "core/expectation/distance.h"

#include <cmath>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "tests/core/expectation/builders.h"

namespace tallystick::expectation {
namespace {

constexpr double kFourDigits = 5e-5;

Topic Of(Comparator comparator) {
  return MakeTopic(AnswerType::kSet, comparator);
}

double D(const Topic& topic, const Value& a, const Value& b) {
  const Distance distance = Compare(topic, a, b);
  EXPECT_TRUE(distance.known());
  return distance.d;
}

double D(Comparator comparator, const Value& a, const Value& b) {
  return D(Of(comparator), a, b);
}

bool Incomparable(const Topic& topic, const Value& a, const Value& b) {
  return Compare(topic, a, b).kind == Distance::Kind::kIncomparable;
}

Value Time(int64_t count, Period::Unit unit) {
  return Value{Period{{count, 0}, unit}};
}

TEST(DistanceTest, OrdinalCountsStepsOfAllSteps) {
  EXPECT_DOUBLE_EQ(D(FiveSteps(), Step(1), Step(3)), 0.5);
  EXPECT_DOUBLE_EQ(D(FiveSteps(), Step(0), Step(4)), 1);
}

TEST(DistanceTest, OrdinalOfAForeignOptionIsIncomparable) {
  EXPECT_TRUE(Incomparable(FiveSteps(), Step(1), Value{Option{"9"}}));
}

TEST(DistanceTest, ExactIsAllOrNothing) {
  const Value x{Option{"x"}};
  EXPECT_EQ(D(Comparator::kExact, x, x), 0);
  EXPECT_EQ(D(Comparator::kExact, x, Value{Option{"y"}}), 1);
}

TEST(DistanceTest, JaccardIsTheShareNotInCommon) {
  EXPECT_DOUBLE_EQ(
      D(Comparator::kJaccard, SetOf({"a", "b", "c"}), SetOf({"b", "c", "d"})),
      0.5);
}

TEST(DistanceTest, EmptySetsAreEqualAndFarFromOthers) {
  EXPECT_EQ(D(Comparator::kJaccard, SetOf({}), SetOf({})), 0);
  EXPECT_EQ(D(Comparator::kJaccard, SetOf({}), SetOf({"a"})), 1);
}

TEST(DistanceTest, RelativeDividesByTheLarger) {
  EXPECT_NEAR(D(Comparator::kRelative, Amount("120"), Amount("100")), 0.1667,
              kFourDigits);
}

TEST(DistanceTest, RelativeOfZeroesIsZeroAndOfOppositesIsCapped) {
  EXPECT_EQ(D(Comparator::kRelative, Amount("0"), Amount("0")), 0);
  EXPECT_EQ(D(Comparator::kRelative, Amount("-5"), Amount("5")), 1);
}

TEST(DistanceTest, RelativeFloorDampsSmallNumbers) {
  Topic topic = Of(Comparator::kRelative);
  topic.floor = 10;
  EXPECT_DOUBLE_EQ(D(topic, Amount("1"), Amount("2")), 0.1);
  // In major units for money: 1 and 2 dollars.
  EXPECT_DOUBLE_EQ(D(topic, Value{Money{100, "USD"}}, Value{Money{200, "USD"}}),
                   0.1);
}

TEST(DistanceTest, DurationsCompareInDays) {
  using Unit = Period::Unit;
  const auto d = [](const Value& a, const Value& b) {
    return D(Comparator::kRelative, a, b);
  };
  EXPECT_EQ(d(Time(1, Unit::kWeek), Time(7, Unit::kDay)), 0);
  EXPECT_EQ(d(Time(1, Unit::kMonth), Time(30, Unit::kDay)), 0);
  EXPECT_EQ(d(Time(1, Unit::kQuarter), Time(91, Unit::kDay)), 0);
  EXPECT_EQ(d(Time(1, Unit::kYear), Time(365, Unit::kDay)), 0);
  EXPECT_NEAR(d(Time(180, Unit::kDay), Time(1, Unit::kYear)), 0.5068,
              kFourDigits);
}

TEST(DistanceTest, OpenEndedIsFarFromEveryLength) {
  const Value open = Time(0, Period::Unit::kOpenEnded);
  EXPECT_EQ(D(Comparator::kRelative, open, open), 0);
  EXPECT_EQ(D(Comparator::kRelative, open, Time(9999, Period::Unit::kYear)), 1);
}

TEST(DistanceTest, MoneyOfTwoCurrenciesIsIncomparable) {
  const Topic topic = Of(Comparator::kRelative);
  EXPECT_TRUE(
      Incomparable(topic, Value{Money{1, "EUR"}}, Value{Money{1, "USD"}}));
  EXPECT_DOUBLE_EQ(D(topic, Value{Money{90, "USD"}}, Value{Money{120, "USD"}}),
                   0.25);
}

TEST(DistanceTest, MoneyWithAnAgreedRateIsBroughtToOneCurrency) {
  const Topic topic = Of(Comparator::kRelative);
  const ExchangeRates rates = {{"EUR", "USD", {108, 2}},
                               {"EUR", "JPY", {160, 0}}};
  const auto d = [&](const Money& a, const Money& b) {
    const Distance distance = Compare(topic, Value{a}, Value{b}, rates);
    EXPECT_TRUE(distance.known());
    EXPECT_EQ(distance, Compare(topic, Value{b}, Value{a}, rates));
    return distance.d;
  };
  EXPECT_NEAR(d({10000, "EUR"}, {10800, "USD"}), 0, 1e-12);
  EXPECT_NEAR(d({10000, "EUR"}, {13500, "USD"}), 0.2, 1e-12);
  // Yen have no minor unit.
  EXPECT_NEAR(d({10000, "EUR"}, {16000, "JPY"}), 0, 1e-12);
  EXPECT_EQ(
      Compare(topic, Value{Money{1, "CHF"}}, Value{Money{1, "USD"}}, rates)
          .kind,
      Distance::Kind::kIncomparable);
}

TEST(DistanceTest, UnitsMustAgreeAndNoneMeansTheTopics) {
  Topic topic = Of(Comparator::kRelative);
  topic.unit = "fte";
  EXPECT_EQ(D(topic, Amount("3"), Amount("3", "fte")), 0);
  EXPECT_TRUE(Incomparable(topic, Amount("3"), Amount("3", "hour")));
}

TEST(DistanceTest, ScaledDividesByTheScale) {
  Topic topic = Of(Comparator::kScaled);
  topic.scale = 100;
  EXPECT_DOUBLE_EQ(D(topic, Amount("97"), Amount("98")), 0.01);
  EXPECT_EQ(D(topic, Amount("0"), Amount("1000")), 1);
}

TEST(DistanceTest, DatesAreScaledByTheWindow) {
  Topic topic = Of(Comparator::kScaledDays);
  topic.window_days = 90;
  const Value late{Date{2025, 9, 30}};
  EXPECT_DOUBLE_EQ(D(topic, Value{Date{2025, 9, 15}}, late), 15.0 / 90);
  EXPECT_EQ(D(topic, Value{Date{2024, 2, 29}}, late), 1);
}

TEST(DistanceTest, IntervalsCompareByOverlap) {
  EXPECT_DOUBLE_EQ(
      D(Comparator::kIntervalJaccard, From("10", "20"), From("15", "30")),
      0.75);
}

TEST(DistanceTest, APointHasTheWidthOfTheResolution) {
  const Topic topic = Of(Comparator::kIntervalJaccard);
  EXPECT_DOUBLE_EQ(D(topic, From("10", "20"), Amount("15")), 0.9);
  EXPECT_DOUBLE_EQ(D(topic, From("10", "20"), From("15", "15")), 0.9);
  EXPECT_EQ(D(topic, Amount("15"), Amount("15")), 0);
}

TEST(DistanceTest, IntervalGapIsScaledAndZeroForOverlaps) {
  Topic topic = Of(Comparator::kIntervalGap);
  topic.scale = 20;
  EXPECT_DOUBLE_EQ(D(topic, From("10", "20"), From("26", "30")), 0.3);
  EXPECT_EQ(D(topic, From("10", "20"), From("15", "30")), 0);
}

TEST(DistanceTest, KendallCountsReversedPairs) {
  EXPECT_NEAR(D(Comparator::kKendall, Ranked("abcd"), Ranked("bacd")), 0.1667,
              kFourDigits);
  EXPECT_EQ(D(Comparator::kKendall, Ranked("abcd"), Ranked("dcba")), 1);
}

TEST(DistanceTest, KendallTiesMissingItemsLast) {
  EXPECT_NEAR(D(Comparator::kKendall, Ranked("ab"), Ranked("bc")), 0.6667,
              kFourDigits);
  // b and c: tied in the first list only.
  EXPECT_NEAR(D(Comparator::kKendall, Ranked("a"), Ranked("abc")), 0.5 / 3,
              kFourDigits);
}

TEST(DistanceTest, KendallWithoutPairsIsEqualOrNot) {
  EXPECT_EQ(D(Comparator::kKendall, Ranked("a"), Ranked("a")), 0);
  EXPECT_EQ(D(Comparator::kKendall, Ranked(""), Ranked("a")), 1);
}

TEST(DistanceTest, ShareVariationIsHalfTheMovedShare) {
  EXPECT_NEAR(
      D(Comparator::kShareVariation,
        MapOf(
            {{"a", Amount("0.5")}, {"b", Amount("0.3")}, {"c", Amount("0.2")}}),
        MapOf({{"a", Amount("0.4")},
               {"b", Amount("0.4")},
               {"d", Amount("0.2")}})),
      0.3, 1e-12);
}

TEST(DistanceTest, MapMeanCountsAMissingKeyAsOne) {
  Topic topic = Of(Comparator::kMapMean);
  topic.element = Element::kRelative;
  EXPECT_NEAR(D(topic, MapOf({{"a", Amount("10")}, {"b", Amount("4")}}),
                MapOf({{"a", Amount("8")}, {"c", Amount("1")}})),
              0.7333, kFourDigits);
}

TEST(DistanceTest, MapMeanOfRowsIsTheMeanOverColumns) {
  Topic topic = Of(Comparator::kMapMean);
  topic.element = Element::kTyped;
  const Value row = MapOf({{"days", Amount("10")}, {"who", Value{Text{"x"}}}});
  const Value other = MapOf({{"days", Amount("8")}, {"who", Value{Text{"y"}}}});
  EXPECT_NEAR(D(topic, MapOf({{"k", row}}), MapOf({{"k", other}})), 0.6, 1e-12);
  EXPECT_NEAR(D(topic, MapOf({{"k", row}}),
                MapOf({{"k", MapOf({{"days", Amount("10")}})}})),
              0.5, 1e-12);
}

TEST(DistanceTest, MapMeanOfForeignCurrenciesIsIncomparable) {
  Topic topic = Of(Comparator::kMapMean);
  topic.element = Element::kRelative;
  EXPECT_TRUE(Incomparable(topic, MapOf({{"a", Value{Money{1, "EUR"}}}}),
                           MapOf({{"a", Value{Money{1, "USD"}}}})));
}

TEST(DistanceTest, TextsAreEqualOrUnconfirmed) {
  const Topic topic = Of(Comparator::kConfirmedText);
  const Value a{Text{"Serve  the customer first \r\n"}};
  EXPECT_EQ(D(topic, a, Value{Text{"Serve the customer first"}}), 0);
  EXPECT_EQ(Compare(topic, a, Value{Text{"Serve"}}).kind,
            Distance::Kind::kUnconfirmed);
}

TEST(DistanceTest, ValuesOfOtherTypesAreIncomparable) {
  for (int i = 0; i <= static_cast<int>(Comparator::kConfirmedText); ++i) {
    Topic topic = Of(static_cast<Comparator>(i));
    topic.options = {"x", "y"};
    topic.scale = topic.window_days = 10;
    EXPECT_TRUE(Incomparable(topic, Value{Option{"x"}}, SetOf({"x"}))) << i;
  }
}

std::string HexHash(absl::string_view text) {
  const TextDigest digest = TextHash(text);
  return absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(digest.data()), digest.size()));
}

TEST(TextHashTest, IsThatOfTheNormalisedText) {
  const std::string hash =
      "009fbaff9da18ac651063c7f74abedffbf3c53badbfcefc2b0f36af391655923";
  EXPECT_EQ(HexHash("Serve  the customer first \r\n"), hash);
  EXPECT_EQ(HexHash("Serve the customer first"), hash);
}

TEST(TextHashTest, ComposesUnicode) {
  EXPECT_EQ(HexHash("caf\xc3\xa9"), HexHash("cafe\xcc\x81"));
  EXPECT_NE(HexHash("caf\xc3\xa9"), HexHash("cafe"));
}

TEST(TextHashTest, KeepsLinesApart) {
  EXPECT_EQ(NormaliseText("\r\n  a \t b\rc\r\n\r\nd\n\n"), "a b\nc\n\nd");
  EXPECT_EQ(NormaliseText(" \n \t"), "");
}

TEST(GradeTest, FallsInALineBeyondTheTolerance) {
  EXPECT_NEAR(Grade(0.5, 0.25), 0.6667, kFourDigits);
  EXPECT_NEAR(Grade(0.25, 0.15), 0.8824, kFourDigits);
  EXPECT_EQ(Grade(0.25, 0.25), 1);
  EXPECT_EQ(Grade(1, 0), 0);
  EXPECT_EQ(Grade(1, 1), 1);
}

TEST(GradeTest, WeighsUpToTheWorkedLayerScores) {
  const auto score = [](double first, double second, double third) {
    return (5 * Grade(first, 0.25) + 3 * Grade(second, 0.25) +
            2 * Grade(third, 0.25)) /
           10;
  };
  EXPECT_NEAR(score(0.5, 0, 0.25), 0.8333, kFourDigits);
  EXPECT_NEAR(score(0.5, 0, 0.5), 0.7667, kFourDigits);
  EXPECT_NEAR(score(0.5, 0.5, 0), 0.7333, kFourDigits);
}

TEST(MatchesTest, AllowsForNoiseAtTheLimit) {
  EXPECT_TRUE(Matches(0.1 + 0.2, 0.3));
  EXPECT_FALSE(Matches(0.3 + 1e-8, 0.3));
}

TEST(DistancePropertyTest, IsSymmetricBoundedAndZeroToItself) {
  Random random(20251);
  for (const Topic& topic : BuiltInCatalogue().topics) {
    for (int i = 0; i < 50; ++i) {
      const Value a = RandomAnswer(topic, random);
      const Value b = RandomAnswer(topic, random);
      const Distance d = Compare(topic, a, b);
      EXPECT_EQ(d, Compare(topic, b, a)) << topic.id;
      EXPECT_TRUE(d.d >= 0 && d.d <= 1) << topic.id << " " << d.d;
      EXPECT_EQ(Compare(topic, a, a), Distance::Known(0)) << topic.id;
    }
  }
}

TEST(DistancePropertyTest, NeverLeavesItsRangeForAnyPairOfValues) {
  Random random(7);
  const std::vector<Topic>& topics = BuiltInCatalogue().topics;
  for (int i = 0; i < 20'000; ++i) {
    const auto any = [&]() -> const Topic& {
      return topics[static_cast<size_t>(
          Pick(random, 0, static_cast<int>(topics.size()) - 1))];
    };
    Topic topic = any();
    topic.comparator = static_cast<Comparator>(Pick(random, 0, 11));
    const Value a = RandomAnswer(any(), random);
    const Value b = RandomAnswer(any(), random);
    const Distance d = Compare(topic, a, b);
    ASSERT_TRUE(d.d >= 0 && d.d <= 1) << ToText(topic.comparator);
    ASSERT_EQ(d, Compare(topic, b, a)) << ToText(topic.comparator);
  }
}

}  // namespace
}  // namespace tallystick::expectation
