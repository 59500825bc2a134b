// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/answer.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/expectation/builders.h"
#include "tests/status_matchers.h"

namespace tallystick::expectation {
namespace {

using tallystick::testing::IsOk;
using tallystick::testing::IsOkAndHolds;
using tallystick::testing::StatusIs;
using ::testing::HasSubstr;

auto Refused(const std::string& words) {
  return StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(words));
}

const Topic& BuiltIn(absl::string_view id) {
  return *BuiltInCatalogue().Find(id);
}

std::string Text(const Topic& topic, const std::string& yaml) {
  return AnswerToText(topic, *Answer(topic, yaml), kNames);
}

TEST(OptionTest, IsTheTextOfTheCatalogue) {
  const Topic& topic = BuiltIn("frame/spectrum-position");
  EXPECT_THAT(Answer(topic, "innovative"),
              IsOkAndHolds(Value{Option{"innovative"}}));
  EXPECT_THAT(Answer(topic, "inovative"),
              Refused("\"inovative\" is not an answer; write one of: "
                      "transactional, cooperative, innovative, identity"));
  EXPECT_THAT(Answer(topic, "[innovative]"), Refused("a list is no answer"));
}

TEST(OptionTest, ANumberStandsForTheNumberedOption) {
  const Topic& topic = BuiltIn("collaboration/trust");
  EXPECT_THAT(Answer(topic, "1"), IsOkAndHolds(Value{Option{"not (1)"}}));
  EXPECT_THAT(Answer(topic, "4"), IsOkAndHolds(Value{Option{"4"}}));
  EXPECT_THAT(Answer(topic, "fully (5)"),
              IsOkAndHolds(Value{Option{"fully (5)"}}));
  EXPECT_THAT(Answer(topic, "6"), Refused("not an answer"));
}

TEST(OptionTest, APartyIsKnownByItsName) {
  EXPECT_THAT(Answer(BuiltIn("deal/ip-ownership"), "meridian"),
              IsOkAndHolds(Value{Option{"party_b"}}));
}

TEST(ItemsTest, OpenSetsTakeAnyWord) {
  EXPECT_THAT(Answer(BuiltIn("frame/scope-in"), "[b, a]"),
              IsOkAndHolds(SetOf({"a", "b"})));
  EXPECT_THAT(Answer(BuiltIn("frame/scope-in"), "[]"), IsOkAndHolds(SetOf({})));
}

TEST(ItemsTest, ClosedRankingsTakeTheirItemsOnly) {
  const Topic& topic = BuiltIn("frame/outcome-priority");
  EXPECT_THAT(Answer(topic, "[reach, revenue]"),
              IsOkAndHolds(Value{Ranking{{"reach", "revenue"}}}));
  EXPECT_THAT(Answer(topic, "[reach, fame]"),
              Refused("\"fame\" is not one of: revenue, speed, reach, "
                      "capability, cost, learning"));
  EXPECT_THAT(Answer(topic, "[]"), Refused("at least one"));
}

TEST(ItemsTest, ListsAreListsOfDistinctWords) {
  const Topic& topic = BuiltIn("frame/scope-in");
  EXPECT_THAT(Answer(topic, "[a, b, a]"), Refused("\"a\" is listed twice"));
  EXPECT_THAT(Answer(topic, "a"), Refused("write a list: [first, second]"));
  EXPECT_THAT(Answer(topic, "[a, [b]]"), Refused("a list is no answer"));
  EXPECT_THAT(Answer(topic, "[a, '']"), Refused("is empty"));
}

TEST(ItemsTest, WordsAreComposedBeforeTheyAreCompared) {
  const Topic& topic = BuiltIn("frame/scope-in");
  EXPECT_EQ(*Answer(topic, "[\"cafe\xcc\x81\"]"),
            *Answer(topic, "[\"caf\xc3\xa9\"]"));
}

TEST(QuantityTest, MayCarryTheTopicsUnitAndNoOther) {
  const Topic& topic = BuiltIn("performance/people-committed");
  EXPECT_THAT(Answer(topic, "12.5"), IsOkAndHolds(Amount("12.5")));
  EXPECT_THAT(Answer(topic, "12.5 fte"), IsOkAndHolds(Amount("12.5")));
  EXPECT_THAT(Answer(topic, "12 hours"),
              Refused("another unit; write a number: 12.5, or 12.5 fte"));
  EXPECT_THAT(Answer(topic, "many"), Refused("is not a number"));
  EXPECT_THAT(Answer(topic, ".nan"), Refused("is not a number"));
  EXPECT_THAT(Answer(topic, "1e400"), Refused("is not a number"));
}

TEST(PercentageTest, RunsFromZeroToAHundred) {
  const Topic& topic = BuiltIn("performance/service-level");
  EXPECT_THAT(Answer(topic, "97.5"), IsOkAndHolds(Amount("97.5")));
  EXPECT_THAT(Answer(topic, "97.5%"), IsOkAndHolds(Amount("97.5")));
  EXPECT_THAT(Answer(topic, "100"), IsOk());
  EXPECT_THAT(Answer(topic, "100.1"), Refused("100.1 is not from 0 to 100"));
  EXPECT_THAT(Answer(topic, "-1"), Refused("not from 0 to 100"));
}

TEST(PeriodTest, IsANumberAndAUnit) {
  const Topic& topic = BuiltIn("governance/notice-period");
  EXPECT_THAT(Answer(topic, "5 days"),
              IsOkAndHolds(Value{Period{{5, 0}, Period::Unit::kDay}}));
  EXPECT_THAT(Answer(topic, "1 years"),
              IsOkAndHolds(Value{Period{{1, 0}, Period::Unit::kYear}}));
  EXPECT_THAT(Answer(topic, "1.5 month"),
              IsOkAndHolds(Value{Period{{15, 1}, Period::Unit::kMonth}}));
  for (const char* wrong : {"5", "5 d", "days", "-5 days", "five days",
                            "5 days ago", "5days", "[5, days]"}) {
    EXPECT_FALSE(Answer(topic, wrong).ok()) << wrong;
  }
}

TEST(PeriodTest, IsOpenEndedOnlyWhereAllowed) {
  EXPECT_THAT(Answer(BuiltIn("frame/time-horizon"), "open_ended"),
              IsOkAndHolds(Value{Period{{}, Period::Unit::kOpenEnded}}));
  EXPECT_THAT(Answer(BuiltIn("governance/notice-period"), "open_ended"),
              Refused("is not allowed here"));
}

TEST(MoneyTest, IsReadInMajorUnits) {
  const Topic& topic = BuiltIn("performance/revenue-influenced");
  const Value expected{Money{12'000'000'000, "USD"}};
  EXPECT_THAT(Answer(topic, "{amount: 120000000, currency: USD}"),
              IsOkAndHolds(expected));
  EXPECT_THAT(Answer(topic, "120000000 USD"), IsOkAndHolds(expected));
  EXPECT_THAT(Answer(topic, "12.5 USD"),
              IsOkAndHolds(Value{Money{1250, "USD"}}));
}

TEST(MoneyTest, HasTheDigitsOfItsCurrency) {
  const Topic& topic = BuiltIn("performance/revenue-influenced");
  EXPECT_THAT(Answer(topic, "12 JPY"), IsOkAndHolds(Value{Money{12, "JPY"}}));
  EXPECT_THAT(Answer(topic, "0.001 KWD"), IsOkAndHolds(Value{Money{1, "KWD"}}));
  EXPECT_THAT(Answer(topic, "0.001 USD"), Refused("2 digits after the point"));
  EXPECT_THAT(Answer(topic, "0.5 JPY"), Refused("0 digits after the point"));
}

TEST(MoneyTest, NeedsAnAmountAndACurrencyOnce) {
  const Topic& topic = BuiltIn("performance/revenue-influenced");
  EXPECT_THAT(Answer(topic, "120"), Refused("lacks an amount or a currency"));
  EXPECT_THAT(Answer(topic, "{amount: 120}"), Refused("lacks an amount"));
  EXPECT_THAT(Answer(topic, "120 dollars"), Refused("is not a currency"));
  EXPECT_THAT(Answer(topic, "{amount: 1, currency: USD, tax: 2}"),
              Refused("\"tax\" is not a part of money"));
  v1::RawValue twice = Raw("{amount: 1, currency: USD}");
  *twice.mutable_map()->add_fields() = twice.map().fields(0);
  EXPECT_THAT(ParseAnswer(topic, twice, kNames), Refused("said twice"));
}

TEST(MoneyTest, IsBounded) {
  const Topic& topic = BuiltIn("performance/revenue-influenced");
  EXPECT_THAT(Answer(topic, "10000000000000 USD"), IsOk());
  EXPECT_THAT(Answer(topic, "10000000000001 USD"), Refused("too much"));
  EXPECT_THAT(Answer(topic, "1000000000000000 KWD"), Refused("too much"));
}

TEST(DateTest, IsADayOfTheCalendar) {
  const Topic& topic = BuiltIn("governance/renewal-date");
  EXPECT_THAT(Answer(topic, "2025-09-30"),
              IsOkAndHolds(Value{Date{2025, 9, 30}}));
  for (const char* wrong : {"2025-09-31", "2025-9-30", "30.09.2025",
                            "2025-13-01", "1899-01-01", "2025-09-30T10:00"}) {
    EXPECT_THAT(Answer(topic, wrong), Refused("not a day of the calendar"))
        << wrong;
  }
}

TEST(IntervalTest, IsTwoNumbersOrAPoint) {
  const Topic topic =
      MakeTopic(AnswerType::kInterval, Comparator::kIntervalJaccard);
  EXPECT_THAT(Answer(topic, "[10, 20]"), IsOkAndHolds(From("10", "20")));
  EXPECT_THAT(Answer(topic, "15"), IsOkAndHolds(Amount("15")));
  EXPECT_THAT(Answer(topic, "[20, 10]"), Refused("ends before it begins"));
  EXPECT_THAT(Answer(topic, "[10]"), Refused("write [10, 20]"));
}

TEST(MapTest, PartyKeysAreTheShortNames) {
  const Topic& topic = BuiltIn("collaboration/named-leads");
  EXPECT_THAT(
      Answer(topic, "{meridian: Tobias, cascadia: Mara}"),
      IsOkAndHolds(MapOf({{"party_a", Value{expectation::Text{"Mara"}}},
                          {"party_b", Value{expectation::Text{"Tobias"}}}})));
  EXPECT_THAT(Answer(topic, "{other: Mara}"),
              Refused("\"other\" is not a party; write cascadia and meridian"));
  EXPECT_THAT(Answer(topic, "{cascadia: x, party_a: y}"),
              Refused("comes twice"));
  EXPECT_THAT(Answer(topic, "{}"), Refused("no entries"));
  EXPECT_THAT(Answer(topic, "Mara"),
              Refused("write {cascadia: name, meridian: name}"));
}

TEST(MapTest, SharesAddUpToOne) {
  const Topic& topic = BuiltIn("deal/share-benefit");
  EXPECT_THAT(Answer(topic, "{cascadia: 0.35, meridian: 0.65}"), IsOk());
  EXPECT_THAT(Answer(topic, "{cascadia: 0.333333333, meridian: 0.666666666}"),
              IsOk());
  EXPECT_THAT(Answer(topic, "{cascadia: 0.333333333, meridian: 0.666666665}"),
              Refused("add up to 0.999999998, not to 1"));
  EXPECT_THAT(Answer(topic, "{cascadia: 50, meridian: 50}"),
              Refused("50 is not from 0 to 1"));
  EXPECT_THAT(Answer(topic, "{cascadia: -0.5, meridian: 1.5}"),
              Refused("not from 0 to 1"));
  EXPECT_THAT(Answer(topic, "{cascadia: 1}"), Refused("name both parties"));
  EXPECT_THAT(Answer(topic, "{cascadia: 0.5, meridian: {a: 0.5}}"),
              Refused("a map is no answer here"));
}

TEST(MapTest, NumbersUnderFreeKeys) {
  const Topic& topic = BuiltIn("governance/decision-deadline");
  EXPECT_THAT(Answer(topic, "{roadmap: 10, terms: 15 working_days}"),
              IsOkAndHolds(
                  MapOf({{"roadmap", Amount("10")}, {"terms", Amount("15")}})));
  EXPECT_THAT(Answer(topic, "{roadmap: soon}"), Refused("is not a number"));
}

TEST(MapTest, NestsAndTranslatesPartiesWithin) {
  const Topic& topic = BuiltIn("socket/process-owners");
  const std::string yaml = "{planning: {cascadia: Ana, meridian: Bo}}";
  EXPECT_EQ(Text(topic, yaml), "planning {cascadia Ana, meridian Bo}");
  EXPECT_NE(Answer(topic, yaml)
                ->As<ValueMap>()
                ->entries[0]
                .value.As<ValueMap>()
                ->Find("party_a"),
            nullptr);
  EXPECT_THAT(Answer(topic, "{a: {b: {c: {d: x}}}}"), IsOk());
  EXPECT_THAT(Answer(topic, "{a: {b: {c: {d: {e: x}}}}}"), Refused("4 deep"));
}

TEST(WordAnswerTest, IsOneLineOfPlainText) {
  const Topic& topic = BuiltIn("socket/processes");
  for (const char* word : {"a\nb", "a\tb", "a\x1b[2J"}) {
    v1::RawValue raw;
    raw.mutable_list()->add_values()->set_scalar(word);
    EXPECT_FALSE(ParseAnswer(topic, raw, kNames).ok()) << word;
  }
}

TEST(TextAnswerTest, IsBoundedUtf8) {
  const Topic& topic = BuiltIn("frame/strategic-intent");
  v1::RawValue raw;
  raw.set_scalar("\xff");
  EXPECT_THAT(ParseAnswer(topic, raw, kNames), Refused("UTF-8"));
  raw.set_scalar(std::string(kTextSizeMax + 1, 'x'));
  EXPECT_THAT(ParseAnswer(topic, raw, kNames), Refused("limit is 16384"));
  raw.set_scalar("  ");
  EXPECT_THAT(ParseAnswer(topic, raw, kNames), Refused("is empty"));
  EXPECT_THAT(ParseAnswer(topic, v1::RawValue(), kNames), Refused("nothing"));
}

TEST(AnswerToTextTest, IsForPeople) {
  EXPECT_EQ(Text(BuiltIn("performance/revenue-influenced"), "120000000 USD"),
            "120,000,000.00 USD");
  EXPECT_EQ(Text(BuiltIn("performance/revenue-influenced"), "-1234.5 USD"),
            "-1,234.50 USD");
  EXPECT_EQ(Text(BuiltIn("performance/revenue-influenced"), "999 JPY"),
            "999 JPY");
  EXPECT_EQ(Text(BuiltIn("performance/revenue-influenced"), "0.05 USD"),
            "0.05 USD");
  EXPECT_EQ(Text(BuiltIn("governance/notice-period"), "5 days"), "5 days");
  EXPECT_EQ(Text(BuiltIn("governance/notice-period"), "1 years"), "1 year");
  EXPECT_EQ(Text(BuiltIn("frame/time-horizon"), "open_ended"), "open_ended");
  EXPECT_EQ(Text(BuiltIn("frame/scope-in"), "[c, a, b]"), "a, b, c");
  EXPECT_EQ(Text(BuiltIn("frame/scope-in"), "[]"), "(none)");
  EXPECT_EQ(Text(BuiltIn("performance/people-committed"), "12"), "12 fte");
  EXPECT_EQ(Text(BuiltIn("performance/service-level"), "97.5"), "97.5 %");
  EXPECT_EQ(
      Text(BuiltIn("deal/share-benefit"), "{cascadia: 0.5, meridian: 0.5}"),
      "cascadia 0.5, meridian 0.5");
}

TEST(AnswerToTextTest, IsOneLineWithoutControlCharacters) {
  EXPECT_EQ(
      AnswerToText(
          BuiltIn("frame/strategic-intent"),
          Value{expectation::Text{"a\r\nb\x1b[31mc\xe2\x80\xaex\xc2\x9by"}},
          kNames),
      "a b [31mc x y");
}

TEST(AnswerPropertyTest, WhatIsPrintedIsReadBack) {
  Random random(42);
  for (const Topic& topic : BuiltInCatalogue().topics) {
    for (int i = 0; i < 50; ++i) {
      const Value value = RandomAnswer(topic, random);
      ASSERT_THAT(CheckAnswer(topic, value), IsOk()) << topic.id;
      ASSERT_THAT(ParseAnswer(topic, AnswerToRaw(topic, value, kNames), kNames),
                  IsOkAndHolds(value))
          << topic.id << ": " << AnswerToText(topic, value, kNames);
    }
  }
}

TEST(AnswerPropertyTest, GarbageGetsAnAnswerOrOneLine) {
  Random random(99);
  const std::vector<std::string> scraps = {
      "",       "-",          "1e999", "nan", "0.5",
      "5 days", "9 9 9",      "\xff",  "\n",  "a",
      "12 USD", "2025-02-30", "(1)",   "1",   "99999999999999999999",
      "USD",    "open_ended", "%",     " %",  std::string(300, 'x')};
  const auto garbage = [&](auto self, int depth) -> v1::RawValue {
    v1::RawValue raw;
    const auto scrap = [&] {
      return scraps[static_cast<size_t>(
          Pick(random, 0, static_cast<int>(scraps.size()) - 1))];
    };
    const int kind = depth > 6 ? 0 : Pick(random, 0, 3);
    if (kind <= 1) raw.set_scalar(scrap());
    for (int i = Pick(random, 0, 3); kind == 2 && i >= 0; --i) {
      *raw.mutable_list()->add_values() = self(self, depth + 1);
    }
    for (int i = Pick(random, 0, 3); kind == 3 && i >= 0; --i) {
      v1::RawValue::Field& field = *raw.mutable_map()->add_fields();
      field.set_key(scrap());
      *field.mutable_value() = self(self, depth + 1);
    }
    return raw;
  };
  for (int i = 0; i < 300; ++i) {
    for (const Topic& topic : BuiltInCatalogue().topics) {
      const auto value = ParseAnswer(topic, garbage(garbage, 0), kNames);
      if (value.ok()) {
        ASSERT_THAT(CheckAnswer(topic, *value), IsOk());
        ASSERT_THAT(ValueFromProto(ValueToProto(*value)), IsOk());
        continue;
      }
      ASSERT_THAT(value, Refused(""));
      ASSERT_EQ(value.status().message().find('\n'), absl::string_view::npos);
      ASSERT_LT(value.status().message().size(), 400u);
    }
  }
}

TEST(CheckAnswerTest, RefusesAnswersOfAnotherType) {
  for (const Topic& topic : BuiltInCatalogue().topics) {
    const bool is_date = topic.answer_type == AnswerType::kDate;
    EXPECT_EQ(CheckAnswer(topic, Value{Date{2025, 1, 1}}).ok(), is_date)
        << topic.id;
  }
}

TEST(CheckAnswerTest, RefusesWhatTheTopicDoesNotKnow) {
  EXPECT_THAT(CheckAnswer(BuiltIn("deal/exclusivity"), Value{Option{"half"}}),
              Refused("\"half\" is not one of: none"));
  EXPECT_THAT(CheckAnswer(BuiltIn("governance/notice-period"),
                          Value{Period{{}, Period::Unit::kOpenEnded}}),
              Refused("open_ended"));
  EXPECT_THAT(CheckAnswer(BuiltIn("deal/share-risk"),
                          MapOf({{"x", Amount("0.5")}, {"y", Amount("0.5")}})),
              Refused("\"x\" is not a party"));
  EXPECT_THAT(CheckAnswer(BuiltIn("governance/decision-deadline"),
                          MapOf({{"x", Ranked("ab")}})),
              Refused("a ranking stands where a number is asked for"));
}

TEST(CheckAnswerTest, LetsForeignUnitsAndCurrenciesPass) {
  EXPECT_THAT(
      CheckAnswer(BuiltIn("performance/people-committed"), Amount("3", "hour")),
      IsOk());
  EXPECT_THAT(CheckAnswer(BuiltIn("performance/revenue-influenced"),
                          Value{Money{1, "XXX"}}),
              IsOk());
}

}  // namespace
}  // namespace tallystick::expectation
