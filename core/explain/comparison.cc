// SPDX-License-Identifier: Apache-2.0
#include "core/explain/comparison.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/expectation/answer.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {
namespace {

using expectation::Comparator;
using expectation::Distance;
using expectation::Topic;
using expectation::Value;

// The unit in which the parts of a relative distance are counted.
struct Unit {
  double divisor = 1;
  std::string name;
};

Unit UnitOf(const Topic& topic, const Value& value) {
  if (const auto* money = value.As<expectation::Money>()) {
    return {std::pow(10.0, expectation::MinorDigits(money->currency)),
            money->currency};
  }
  if (value.As<expectation::Period>() != nullptr) return {1, "days"};
  if (const auto* quantity = value.As<expectation::Quantity>()) {
    return {1, quantity->unit.empty() ? topic.unit : quantity->unit};
  }
  return {1, ""};
}

std::string Counted(double amount, const Unit& unit) {
  const std::string number = absl::StrFormat("%.10g", amount / unit.divisor);
  return unit.name.empty() ? number : absl::StrCat(number, " ", unit.name);
}

// What the parts mean, before the fraction.
std::string Meaning(const Topic& topic, const Value& a,
                    const Distance& distance) {
  const Unit unit = UnitOf(topic, a);
  switch (topic.comparator) {
    case Comparator::kOrdinalStep:
      return absl::StrCat(Number(distance.part), " of ", Number(distance.whole),
                          " steps apart");
    case Comparator::kJaccard:
      return absl::StrCat(Number(distance.part), " of ", Number(distance.whole),
                          " items in common");
    case Comparator::kRelative:
      return absl::StrCat(Counted(distance.part, unit), " apart, the larger ",
                          Counted(distance.whole, unit));
    case Comparator::kScaled:
    case Comparator::kScaledDays:
      return absl::StrCat(Number(distance.part), " apart, ",
                          Number(distance.whole), " counts as 1");
    case Comparator::kIntervalJaccard:
      return absl::StrCat(Number(distance.part), " of ", Number(distance.whole),
                          " in common");
    case Comparator::kIntervalGap:
      return absl::StrCat("a gap of ", Number(distance.part), ", ",
                          Number(distance.whole), " counts as 1");
    case Comparator::kKendall:
      return absl::StrCat(Number(distance.part), " of ", Number(distance.whole),
                          " pairs the other way round");
    case Comparator::kShareVariation:
      return absl::StrCat("the shares differ by ", Number(distance.part),
                          " in all, counted on both sides");
    case Comparator::kMapMean:
      return absl::StrCat("the distances of ", Number(distance.whole),
                          " entries add up to ", Number(distance.part));
    case Comparator::kExact:
    case Comparator::kConfirmedText:
      break;
  }
  return distance.d == 0 ? "the same" : "not the same";
}

bool IsAllOrNothing(const Topic& topic) {
  return topic.comparator == Comparator::kExact ||
         topic.comparator == Comparator::kConfirmedText;
}

}  // namespace

std::string ComparisonRule(const Topic& topic) {
  switch (topic.comparator) {
    case Comparator::kOrdinalStep:
      return "Answers are apart by their steps on the scale, as a part of all "
             "steps.";
    case Comparator::kExact:
      return "Answers are the same or they are not.";
    case Comparator::kJaccard:
      return "Sets are apart by the part of all named items that only one of "
             "them has.";
    case Comparator::kRelative:
      return "Figures are apart by their difference as a part of the larger; "
             "lengths of time are counted in days.";
    case Comparator::kScaled:
    case Comparator::kScaledDays:
      return "Figures are apart by their difference as a part of a fixed "
             "scale.";
    case Comparator::kIntervalJaccard:
      return "Ranges are apart by the part of them that only one covers.";
    case Comparator::kIntervalGap:
      return "Ranges are apart by the gap between them as a part of a fixed "
             "scale.";
    case Comparator::kKendall:
      return "Rankings are apart by the part of all pairs that they put the "
             "other way round; a pair tied in one of them counts half.";
    case Comparator::kShareVariation:
      return "Splits are apart by half of what their shares differ.";
    case Comparator::kMapMean:
      return "Tables are apart by the mean distance of their entries; an entry "
             "that only one has counts 1.";
    case Comparator::kConfirmedText:
      return "Texts are never compared by machine for meaning: they are the "
             "same if they read the same or if both companies say so.";
  }
  return "";
}

std::string DescribeDistance(const Topic& topic, const Value& a,
                             const Distance& distance) {
  if (distance.kind == Distance::Kind::kIncomparable) {
    return "cannot be compared: another type, unit or currency";
  }
  if (distance.kind == Distance::Kind::kUnconfirmed) {
    return "two texts that nobody has compared yet";
  }
  const std::string meaning = Meaning(topic, a, distance);
  const Unit unit = UnitOf(topic, a);
  if (distance.exchanged) {
    return absl::StrCat("brought to one currency at the agreed rate: ",
                        Number(distance.d));
  }
  const bool plain = IsAllOrNothing(topic) || distance.whole <= 0 ||
                     (distance.part == distance.d && distance.whole == 1);
  if (plain) return absl::StrCat(meaning, ": ", Number(distance.d));
  const bool counted = topic.comparator == Comparator::kRelative;
  const double divisor = counted ? unit.divisor : 1;
  return absl::StrFormat("%s: %s%.10g / %.10g = %s", meaning,
                         distance.common ? "1 - " : "", distance.part / divisor,
                         distance.whole / divisor, Number(distance.d));
}

std::string DescribeMatch(double d, double tolerance) {
  const bool match = expectation::Matches(d, tolerance);
  return absl::StrCat(
      Number(d),
      match ? " is within the tolerance " : " is more than the tolerance ",
      Number(tolerance), match ? ": counts as the same" : ": not the same");
}

}  // namespace tallystick::explain
