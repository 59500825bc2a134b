// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/value.h"

#include <string>

#include "core/canonical.h"
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

void SetDecimal(v1::Decimal* decimal, int64_t unscaled, uint32_t scale = 0) {
  decimal->set_unscaled(unscaled);
  decimal->set_scale(scale);
}

v1::Value ValueWithAmount(int64_t unscaled, uint32_t scale) {
  v1::Value message;
  SetDecimal(message.mutable_quantity()->mutable_amount(), unscaled, scale);
  return message;
}

TEST(DecimalTest, ReadsExactlyAndPrintsBack) {
  EXPECT_EQ(Number("12.50"), (Decimal{125, 1}));
  EXPECT_EQ(Number("-0.000000001"), (Decimal{-1, 9}));
  EXPECT_EQ(Number("-0.0"), (Decimal{0, 0}));
  EXPECT_EQ(Number("1000000000000000"), (Decimal{kUnscaledMax, 0}));
  for (const char* text : {"0", "7", "-12.5", "0.05", "-0.25", "120000000"}) {
    EXPECT_EQ(ToText(Number(text)), text);
  }
}

TEST(DecimalTest, RefusesWhatIsNotANumber) {
  for (const char* text : {"", "-", ".", "5.", ".5", "1e3", "+1", "1,000",
                           "nan", "inf", "0x10", "--1", "1.2.3", "1 ", "½"}) {
    EXPECT_THAT(ParseDecimal(text), Refused("is not a number")) << text;
  }
}

TEST(DecimalTest, RefusesWhatItCannotHold) {
  for (const char* text : {"1000000000000001", "0.0000000001",
                           "99999999999999999999999999", "1234567.123456789"}) {
    EXPECT_THAT(ParseDecimal(text), Refused("too many digits")) << text;
  }
}

TEST(DecimalTest, ComparesWithoutRounding) {
  EXPECT_EQ(Compare(Number("0.3"), Number("0.30")), 0);
  EXPECT_EQ(Compare(Number("1000000000000000"), Number("999999.999999999")), 1);
  EXPECT_EQ(Compare(Number("-1"), Number("0.000000001")), -1);
}

TEST(DecimalTest, RandomNumbersAreReadBack) {
  Random random(3);
  for (int i = 0; i < 5000; ++i) {
    const Decimal number =
        MakeDecimal(Pick(random, -2'000'000'000, 2'000'000'000),
                    static_cast<uint32_t>(Pick(random, 0, 9)));
    ASSERT_TRUE(IsValid(number));
    ASSERT_EQ(Number(ToText(number)), number);
    ASSERT_EQ(number.ToDouble(), std::stod(ToText(number)));
  }
}

TEST(ValueFromProtoTest, AnEmptyValueIsRefused) {
  EXPECT_THAT(ValueFromProto(v1::Value()), Refused("empty"));
}

TEST(ValueFromProtoTest, SetsAreSortedAndRankingsAreNot) {
  v1::Value message;
  message.mutable_set()->add_items("b");
  message.mutable_set()->add_items("a");
  EXPECT_THAT(ValueFromProto(message), IsOkAndHolds(SetOf({"a", "b"})));
  message.mutable_ranking()->add_items("b");
  message.mutable_ranking()->add_items("a");
  EXPECT_THAT(ValueFromProto(message), IsOkAndHolds(Ranked("ba")));
}

TEST(ValueFromProtoTest, ItemsAreBounded) {
  v1::Value message;
  for (int i = 0; i < 200; ++i) {
    message.mutable_set()->add_items(std::to_string(i));
  }
  EXPECT_THAT(ValueFromProto(message), IsOk());
  message.mutable_set()->add_items("x");
  EXPECT_THAT(ValueFromProto(message), Refused("201 items"));
}

TEST(ValueFromProtoTest, WordsAreBounded) {
  const auto with_item = [](const std::string& item) {
    v1::Value message;
    message.mutable_ranking()->add_items(item);
    return ValueFromProto(message);
  };
  EXPECT_THAT(with_item(std::string(200, 'x')), IsOk());
  EXPECT_THAT(with_item(std::string(201, 'x')), Refused("201 bytes"));
  EXPECT_THAT(with_item(""), Refused("0 bytes"));
  EXPECT_THAT(with_item("\xff"), Refused("UTF-8"));
  v1::Value option;
  option.set_option("\xc0\x80");
  EXPECT_THAT(ValueFromProto(option), Refused("UTF-8"));
  EXPECT_THAT(with_item("a\nb"), Refused("one line"));
  EXPECT_THAT(with_item("a\xe2\x80\xae"
                        "b"),
              Refused("one line"));
}

TEST(ValueFromProtoTest, ItemsComeOnce) {
  v1::Value message;
  for (const char* item : {"a", "b", "a"}) {
    message.mutable_set()->add_items(item);
  }
  EXPECT_THAT(ValueFromProto(message), Refused("\"a\" is listed twice"));
}

TEST(ValueFromProtoTest, DecimalsAreCanonicalAndBounded) {
  EXPECT_THAT(ValueFromProto(ValueWithAmount(kUnscaledMax, 0)), IsOk());
  EXPECT_THAT(ValueFromProto(ValueWithAmount(kUnscaledMax + 1, 0)),
              Refused("too large"));
  EXPECT_THAT(ValueFromProto(ValueWithAmount(INT64_MIN, 0)),
              Refused("too large"));
  EXPECT_THAT(ValueFromProto(ValueWithAmount(1, 10)), Refused("too large"));
  EXPECT_THAT(ValueFromProto(ValueWithAmount(1250, 2)),
              Refused("trailing zeros"));
  EXPECT_THAT(ValueFromProto(ValueWithAmount(0, 1)), Refused("trailing zeros"));
  v1::Value none;
  none.mutable_quantity();
  EXPECT_THAT(ValueFromProto(none), Refused("no amount"));
}

TEST(ValueFromProtoTest, PeriodsHaveAUnitAndACountUnlessOpenEnded) {
  v1::Value message;
  v1::Period& period = *message.mutable_period();
  SetDecimal(period.mutable_count(), 5);
  EXPECT_THAT(ValueFromProto(message), Refused("no unit"));
  period.set_unit(static_cast<v1::Period::Unit>(7));
  EXPECT_THAT(ValueFromProto(message), Refused("no unit"));
  period.set_unit(v1::Period::OPEN_ENDED);
  EXPECT_THAT(ValueFromProto(message), Refused("has a count"));
  period.clear_count();
  EXPECT_THAT(ValueFromProto(message), IsOk());
  period.set_unit(v1::Period::DAY);
  EXPECT_THAT(ValueFromProto(message), Refused("no count"));
  SetDecimal(period.mutable_count(), -5);
  EXPECT_THAT(ValueFromProto(message), Refused("negative"));
}

TEST(ValueFromProtoTest, MoneyIsBoundedAndHasACurrency) {
  v1::Money money;
  money.set_currency("USD");
  money.set_minor_units(-kUnscaledMax);
  EXPECT_THAT(MoneyFromProto(money), IsOk());
  money.set_minor_units(kUnscaledMax + 1);
  EXPECT_THAT(MoneyFromProto(money), Refused("10^15"));
  money.set_minor_units(1);
  for (const char* currency : {"", "usd", "US", "USDX", "U1D"}) {
    money.set_currency(currency);
    EXPECT_THAT(MoneyFromProto(money), Refused("not a currency")) << currency;
  }
}

TEST(ValueFromProtoTest, DatesAreDaysOfTheCalendar) {
  const auto day = [](int year, int month, int of_month) {
    v1::Date date;
    date.set_year(year);
    date.set_month(month);
    date.set_day(of_month);
    return DateFromProto(date);
  };
  EXPECT_THAT(day(2024, 2, 29), IsOk());
  EXPECT_THAT(day(1900, 1, 1), IsOk());
  EXPECT_THAT(day(9999, 12, 31), IsOk());
  EXPECT_THAT(day(2025, 2, 29), Refused("no day"));
  EXPECT_THAT(day(2025, 4, 31), Refused("no day"));
  EXPECT_THAT(day(2025, 13, 1), Refused("no day"));
  EXPECT_THAT(day(2025, 0, 1), Refused("no day"));
  EXPECT_THAT(day(2025, 1, -1), Refused("no day"));
  EXPECT_THAT(day(1899, 12, 31), Refused("no day"));
  EXPECT_THAT(day(10000, 1, 1), Refused("no day"));
}

TEST(ValueFromProtoTest, IntervalsRunForward) {
  v1::Value message;
  SetDecimal(message.mutable_interval()->mutable_low(), 2);
  EXPECT_THAT(ValueFromProto(message), Refused("lacks an end"));
  SetDecimal(message.mutable_interval()->mutable_high(), 19, 1);
  EXPECT_THAT(ValueFromProto(message), Refused("before it begins"));
  SetDecimal(message.mutable_interval()->mutable_high(), 2);
  EXPECT_THAT(ValueFromProto(message), IsOk());
}

v1::MapEntry& AddText(v1::ValueMap* map, const std::string& key) {
  v1::MapEntry& entry = *map->add_entries();
  entry.set_key(key);
  entry.mutable_value()->set_text("x");
  return entry;
}

TEST(ValueFromProtoTest, MapsAreSortedAndBounded) {
  v1::Value message;
  for (int i = 200; i > 0; --i) {
    AddText(message.mutable_map(), std::to_string(i));
  }
  const absl::StatusOr<Value> value = ValueFromProto(message);
  ASSERT_THAT(value, IsOk());
  EXPECT_EQ(value->As<ValueMap>()->entries.front().key, "1");
  EXPECT_NE(value->As<ValueMap>()->Find("200"), nullptr);
  EXPECT_EQ(value->As<ValueMap>()->Find("201"), nullptr);
  AddText(message.mutable_map(), "more");
  EXPECT_THAT(ValueFromProto(message), Refused("201 entries"));
}

TEST(ValueFromProtoTest, MapKeysComeOnceAndHaveValues) {
  v1::Value message;
  AddText(message.mutable_map(), "a");
  AddText(message.mutable_map(), "a");
  EXPECT_THAT(ValueFromProto(message), Refused("\"a\" comes twice"));
  message.mutable_map()->mutable_entries(1)->set_key("b");
  message.mutable_map()->mutable_entries(1)->clear_value();
  EXPECT_THAT(ValueFromProto(message), Refused("empty"));
}

TEST(ValueFromProtoTest, MapsNestFourDeepAndNotFive) {
  v1::Value four;
  v1::ValueMap* map = four.mutable_map();
  for (int depth = 2; depth <= 4; ++depth) {
    map = AddText(map, "k").mutable_value()->mutable_map();
  }
  AddText(map, "k");
  EXPECT_THAT(ValueFromProto(four), IsOk());
  v1::Value five;
  AddText(five.mutable_map(), "k");
  *five.mutable_map()->mutable_entries(0)->mutable_value() = four;
  EXPECT_THAT(ValueFromProto(five), Refused("4 deep"));
}

TEST(ValueFromProtoTest, TextsAreBounded) {
  v1::Value message;
  message.set_text(std::string(kTextSizeMax, 'x'));
  EXPECT_THAT(ValueFromProto(message), IsOk());
  message.set_text(std::string(kTextSizeMax + 1, 'x'));
  EXPECT_THAT(ValueFromProto(message), Refused("the limit is 16384"));
  message.set_text("a\n\tb");
  EXPECT_THAT(ValueFromProto(message), IsOk());
  message.set_text("a\x1b[2J");
  EXPECT_THAT(ValueFromProto(message), Refused("plain"));
  message.set_text("\xed\xa0\x80");  // A lone surrogate.
  EXPECT_THAT(ValueFromProto(message), Refused("UTF-8"));
}

TEST(ValueFromProtoTest, RandomBytesNeverBreakIt) {
  Random random(11);
  int accepted = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::vector<Topic>& topics = BuiltInCatalogue().topics;
    std::string bytes =
        ValueToProto(
            RandomAnswer(topics[static_cast<size_t>(i) % topics.size()],
                         random))
            .SerializeAsString();
    for (int flips = Pick(random, 1, 4); flips > 0; --flips) {
      bytes[static_cast<size_t>(
          Pick(random, 0, static_cast<int>(bytes.size()) - 1))] =
          static_cast<char>(Pick(random, 0, 255));
    }
    v1::Value message;
    if (!message.ParseFromString(bytes)) continue;
    const absl::StatusOr<Value> value = ValueFromProto(message);
    if (!value.ok()) continue;
    ++accepted;
    // What is accepted is canonical from then on.
    ASSERT_THAT(ValueFromProto(ValueToProto(*value)), IsOkAndHolds(*value));
  }
  EXPECT_GT(accepted, 100);
}

TEST(ValueTest, ProtoAndCanonicalEncodingAreReadBack) {
  Random random(5);
  for (const Topic& topic : BuiltInCatalogue().topics) {
    for (int i = 0; i < 20; ++i) {
      const Value value = RandomAnswer(topic, random);
      ASSERT_THAT(ValueFromProto(ValueToProto(value)), IsOkAndHolds(value));
      CanonicalWriter writer;
      writer(value);
      CanonicalReader reader(writer.bytes());
      Value read;
      reader(read);
      ASSERT_THAT(reader.Finish(), IsOk());
      ASSERT_EQ(read, value);
    }
  }
}

TEST(ValueTest, CutEncodingsAreRefused) {
  CanonicalWriter writer;
  writer(MapOf({{"a", Amount("1.5", "day")}, {"b", SetOf({"x", "y"})}}));
  for (size_t size = 0; size < writer.bytes().size(); ++size) {
    CanonicalReader reader(absl::string_view(writer.bytes()).substr(0, size));
    Value read;
    reader(read);
    EXPECT_FALSE(reader.Finish().ok()) << size;
  }
}

TEST(ValueTest, DaysAreCountedFrom1970) {
  EXPECT_EQ(DayNumber({1970, 1, 1}), 0);
  EXPECT_EQ(DayNumber({2025, 7, 1}) - DayNumber({2024, 11, 15}), 228);
  EXPECT_EQ(DayNumber({1969, 12, 31}), -1);
}

}  // namespace
}  // namespace tallystick::expectation
