// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_VALUE_H_
#define TALLYSTICK_CORE_EXPECTATION_VALUE_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/decimal.h"
#include "tallystick/v1/value.pb.h"

// What an answer, a figure or a term can be: v1::Value after every bound that
// its comments state has been checked, in one canonical form, so that equal
// answers compare equal and encode to equal bytes.
namespace tallystick::expectation {

inline constexpr size_t kWordSizeMax = 200;  // bytes
inline constexpr size_t kItemCountMax = 200;
inline constexpr size_t kMapEntriesMax = 200;
inline constexpr int kMapDepthMax = 4;
inline constexpr size_t kTextSizeMax = 16 * 1024;  // bytes

// The answer to an ordinal or nominal topic, as spelled in the catalogue.
struct Option {
  std::string text;
  friend bool operator==(const Option&, const Option&) = default;
};

// Sorted by bytes, none twice.
struct ItemSet {
  std::vector<std::string> items;
  friend bool operator==(const ItemSet&, const ItemSet&) = default;
};

// Highest first, none twice.
struct Ranking {
  std::vector<std::string> items;
  friend bool operator==(const Ranking&, const Ranking&) = default;
};

// `unit` empty: the unit of the topic.
struct Quantity {
  Decimal amount;
  std::string unit;
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

// `count` is not negative, and 0 for kOpenEnded. The numbers of the units are
// those of v1::Period.
struct Period {
  enum class Unit {
    kDay = 1,
    kWeek = 2,
    kMonth = 3,
    kQuarter = 4,
    kYear = 5,
    kOpenEnded = 6
  };
  Decimal count;
  Unit unit = Unit::kDay;
  friend bool operator==(const Period&, const Period&) = default;
};

struct Money {
  int64_t minor_units = 0;
  std::string currency;
  friend bool operator==(const Money&, const Money&) = default;
};

// A calendar day that exists, 1900-01-01 to 9999-12-31.
struct Date {
  int32_t year = 1900;
  int32_t month = 1;
  int32_t day = 1;
  friend auto operator<=>(const Date&, const Date&) = default;
};

// low <= high, both included.
struct Interval {
  Decimal low;
  Decimal high;
  friend bool operator==(const Interval&, const Interval&) = default;
};

struct MapEntry;

// Sorted by key (bytes), none twice, nested at most kMapDepthMax deep. Where
// the keys are the parties they are "party_a" and "party_b".
struct ValueMap {
  std::vector<MapEntry> entries;
  // Null if there is no such key.
  const MapEntry* Find(absl::string_view key) const;
  friend bool operator==(const ValueMap& a, const ValueMap& b);
};

struct Text {
  std::string text;
  friend bool operator==(const Text&, const Text&) = default;
};

struct Value {
  // The index of each kind is its number in v1::Value minus 1, and part of the
  // canonical encoding.
  std::variant<Option, ItemSet, Ranking, Quantity, Period, Money, Date,
               Interval, ValueMap, Text>
      kind;

  template <typename T>
  const T* As() const {
    return std::get_if<T>(&kind);
  }
  friend bool operator==(const Value& a, const Value& b);
};

struct MapEntry {
  std::string key;
  Value value;
  friend bool operator==(const MapEntry&, const MapEntry&) = default;
};

// Checks everything; for input of any origin. INVALID_ARGUMENT names the bound
// that was broken.
absl::StatusOr<Value> ValueFromProto(const v1::Value& message);
v1::Value ValueToProto(const Value& value);

// The parts that other messages carry on their own.
absl::StatusOr<Decimal> DecimalFromProto(const v1::Decimal& message);
v1::Decimal DecimalToProto(Decimal number);
absl::StatusOr<Date> DateFromProto(const v1::Date& message);
v1::Date DateToProto(const Date& date);
absl::StatusOr<Money> MoneyFromProto(const v1::Money& message);
v1::Money MoneyToProto(const Money& money);

bool IsCalendarDay(const Date& date);
// Three capital letters.
bool IsCurrency(absl::string_view text);
// Days since 1970-01-01; may be negative.
int64_t DayNumber(const Date& date);
// Reads "2025-09-30".
absl::StatusOr<Date> ParseDate(absl::string_view text);
std::string ToText(const Date& date);

// "an option", "a set", ...: for messages.
absl::string_view KindName(const Value& value);

// The canonical encoding (core/canonical.h): the index of the kind, then its
// fields. Reading does not check bounds; it reads what this program wrote.
template <typename Archive>
void Visit(Archive& archive, Value& value);

template <typename Archive>
void Visit(Archive& archive, Option& option) {
  archive(option.text);
}
template <typename Archive>
void Visit(Archive& archive, ItemSet& set) {
  archive(set.items);
}
template <typename Archive>
void Visit(Archive& archive, Ranking& ranking) {
  archive(ranking.items);
}
template <typename Archive>
void Visit(Archive& archive, Quantity& quantity) {
  archive(quantity.amount);
  archive(quantity.unit);
}
template <typename Archive>
void Visit(Archive& archive, Period& period) {
  archive(period.count);
  archive(period.unit);
}
template <typename Archive>
void Visit(Archive& archive, Money& money) {
  archive(money.minor_units);
  archive(money.currency);
}
template <typename Archive>
void Visit(Archive& archive, Date& date) {
  archive(date.year);
  archive(date.month);
  archive(date.day);
}
template <typename Archive>
void Visit(Archive& archive, Interval& interval) {
  archive(interval.low);
  archive(interval.high);
}
template <typename Archive>
void Visit(Archive& archive, MapEntry& entry) {
  archive(entry.key);
  archive(entry.value);
}
template <typename Archive>
void Visit(Archive& archive, ValueMap& map) {
  archive(map.entries);
}
template <typename Archive>
void Visit(Archive& archive, Text& text) {
  archive(text.text);
}

// Makes `value` hold the kind with this index; an unknown index leaves it.
void SetKind(uint32_t index, Value& value);

template <typename Archive>
void Visit(Archive& archive, Value& value) {
  uint32_t index = static_cast<uint32_t>(value.kind.index());
  archive(index);
  if constexpr (Archive::kReading) SetKind(index, value);
  std::visit([&archive](auto& kind) { archive(kind); }, value.kind);
}

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_VALUE_H_
