// SPDX-License-Identifier: Apache-2.0
#include "core/decision/terms.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/plain_text.h"
#include "core/status_macros.h"

namespace tallystick::decision {
namespace {

using expectation::Compare;
using expectation::Date;
using expectation::Decimal;

constexpr int kRateTablesMax = 20;
constexpr int kRatesMax = 200;
constexpr int kMeasuresMax = 100;
constexpr int kStepsMax = 20;
constexpr int kCurrencyRatesMax = 100;
constexpr size_t kNameSizeMax = 64;
constexpr size_t kLineSizeMax = 100;

constexpr Decimal kZero = {0, 0};
constexpr Decimal kOne = {1, 0};
constexpr Decimal kTen = {10, 0};
constexpr Decimal kHundred = {100, 0};
constexpr Decimal kThousand = {1000, 0};

constexpr std::pair<Dimension, absl::string_view> kDimensions[] = {
    {Dimension::kInputs, "inputs"},
    {Dimension::kBenefit, "benefit"},
    {Dimension::kRisk, "risk"},
    {Dimension::kKnowledgeSharing, "knowledge_sharing"},
    {Dimension::kOwnership, "ownership"},
    {Dimension::kCommitment, "commitment"}};

template <typename... Parts>
absl::Status Refuse(const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat(parts...));
}

bool IsName(absl::string_view name) {
  return !name.empty() && name.size() <= kNameSizeMax &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

bool IsOneLine(absl::string_view text) {
  return evidence::IsPlainLine(text, kLineSizeMax);
}

// Which numbers are allowed.
struct Range {
  Decimal low;
  bool low_itself;
  Decimal high;
};
constexpr Range kPart = {kZero, true, kOne};
constexpr Range kPartAbove0 = {kZero, false, kOne};
constexpr Decimal kMost = {expectation::kUnscaledMax, 0};
constexpr Range kFrom0 = {kZero, true, kMost};
constexpr Range kAbove0 = {kZero, false, kMost};
constexpr Range kAny = {{-expectation::kUnscaledMax, 0}, true, kMost};

absl::StatusOr<Decimal> ReadNumber(const v1::Decimal& message,
                                   const Range& range, absl::string_view what) {
  auto number = expectation::DecimalFromProto(message);
  if (!number.ok()) return Refuse(what, ": ", number.status().message());
  const int above = Compare(*number, range.low);
  if (above < 0 || (above == 0 && !range.low_itself)) {
    return Refuse(what, " is ", expectation::ToText(*number), ", but ",
                  range.low_itself ? "at least " : "more than ",
                  expectation::ToText(range.low), " is allowed");
  }
  if (Compare(*number, range.high) > 0) {
    return Refuse(what, " is ", expectation::ToText(*number), ", but at most ",
                  expectation::ToText(range.high), " is allowed");
  }
  return number;
}

absl::StatusOr<std::optional<Decimal>> ReadOptional(bool present,
                                                    const v1::Decimal& message,
                                                    const Range& range,
                                                    absl::string_view what) {
  if (!present) return std::optional<Decimal>();
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal number,
                              ReadNumber(message, range, what));
  return std::optional<Decimal>(number);
}

absl::StatusOr<std::optional<Date>> ReadDay(bool present,
                                            const v1::Date& message,
                                            absl::string_view what) {
  if (!present) return std::optional<Date>();
  auto date = expectation::DateFromProto(message);
  if (!date.ok()) return Refuse(what, ": ", date.status().message());
  return std::optional<Date>(*date);
}

absl::StatusOr<Target> ReadTarget(const v1::Target& message) {
  if (message.dimension() < v1::Target::INPUTS ||
      message.dimension() > v1::Target::COMMITMENT) {
    return Refuse("a target is for no dimension");
  }
  Target target = {.dimension = static_cast<Dimension>(message.dimension())};
  const std::string what =
      absl::StrCat("the target for ", ToText(target.dimension));
  if (!message.has_share_of_a()) return Refuse(what, " has no share");
  TALLYSTICK_ASSIGN_OR_RETURN(target.share_of_a,
                              ReadNumber(message.share_of_a(), kPart,
                                         absl::StrCat(what, ": the share")));
  if (message.has_band()) {
    TALLYSTICK_ASSIGN_OR_RETURN(target.band,
                                ReadNumber(message.band(), kPartAbove0,
                                           absl::StrCat(what, ": the band")));
  }
  return target;
}

absl::StatusOr<Rate> ReadRate(const v1::RateTable::Rate& message,
                              absl::string_view table) {
  if (!IsName(message.kind())) {
    return Refuse(table, ": a kind is 1 to 64 of a-z, 0-9 and _");
  }
  const std::string what = absl::StrCat(table, ": ", message.kind());
  if (!IsOneLine(message.unit())) {
    return Refuse(what, ": a unit is one line of at most 100 bytes");
  }
  if (!message.has_rate()) return Refuse(what, " has no rate");
  Rate rate = {.kind = message.kind(), .unit = message.unit()};
  TALLYSTICK_ASSIGN_OR_RETURN(rate.rate,
                              ReadNumber(message.rate(), kFrom0, what));
  return rate;
}

absl::StatusOr<RateTable> ReadRateTable(const v1::RateTable& message) {
  if (message.version() < 1) return Refuse("a rate table has no version");
  const std::string what =
      absl::StrCat("version ", message.version(), " of the rate table");
  if (message.currency() != kPoints &&
      !expectation::IsCurrency(message.currency())) {
    return Refuse(what, ": a currency is three capital letters such as USD, ",
                  "or points");
  }
  RateTable table = {.version = message.version(),
                     .currency = message.currency(),
                     .revalues_past = message.revalues_past()};
  TALLYSTICK_ASSIGN_OR_RETURN(
      table.effective_on,
      ReadDay(message.has_effective_on(), message.effective_on(), what));
  if (message.rates_size() < 1 || message.rates_size() > kRatesMax) {
    return Refuse(what, " has ", message.rates_size(),
                  " rates, allowed are 1 to ", kRatesMax);
  }
  for (const v1::RateTable::Rate& row : message.rates()) {
    TALLYSTICK_ASSIGN_OR_RETURN(Rate rate, ReadRate(row, what));
    if (table.Find(rate.kind) != nullptr) {
      return Refuse(what, ": ", rate.kind, " is listed twice");
    }
    table.rates.push_back(std::move(rate));
  }
  return table;
}

absl::Status ReadChartFigures(const v1::MonitoredMeasure& message,
                              MonitoredMeasure& measure) {
  const std::string& what = message.measure();
  TALLYSTICK_ASSIGN_OR_RETURN(
      measure.agreed, ReadOptional(message.has_agreed(), message.agreed(), kAny,
                                   absl::StrCat(what, ": the agreed figure")));
  TALLYSTICK_ASSIGN_OR_RETURN(
      measure.sigma, ReadOptional(message.has_sigma(), message.sigma(), kAbove0,
                                  absl::StrCat(what, ": sigma")));
  TALLYSTICK_ASSIGN_OR_RETURN(
      measure.tolerance,
      ReadOptional(message.has_tolerance(), message.tolerance(), kAbove0,
                   absl::StrCat(what, ": the tolerance")));
  TALLYSTICK_ASSIGN_OR_RETURN(
      measure.h,
      ReadOptional(message.has_h(), message.h(), {kZero, false, kThousand},
                   absl::StrCat(what, ": h")));
  TALLYSTICK_ASSIGN_OR_RETURN(
      measure.k,
      ReadOptional(message.has_k(), message.k(), {kZero, true, kHundred},
                   absl::StrCat(what, ": k")));
  if (!measure.agreed && (measure.sigma || measure.tolerance)) {
    return Refuse(what,
                  ": sigma and tolerance need the agreed figure they are "
                  "around");
  }
  return absl::OkStatus();
}

absl::StatusOr<MonitoredMeasure> ReadMeasure(
    const v1::MonitoredMeasure& message) {
  if (!IsName(message.measure())) {
    return Refuse("a measure is 1 to 64 of a-z, 0-9 and _");
  }
  const std::string& what = message.measure();
  if (!v1::Party_IsValid(message.about())) {
    return Refuse(what, " is about no party");
  }
  if (!v1::MonitoredMeasure::Good_IsValid(message.good())) {
    return Refuse(what, ": good is higher, lower or either");
  }
  MonitoredMeasure measure = {
      .measure = message.measure(),
      .about = message.about(),
      .good = static_cast<MonitoredMeasure::Good>(message.good())};
  TALLYSTICK_RETURN_IF_ERROR(ReadChartFigures(message, measure));
  if (message.has_interval()) {
    v1::Value value;
    *value.mutable_period() = message.interval();
    const auto period = expectation::ValueFromProto(value);
    if (!period.ok()) {
      return Refuse(what, ": the interval: ", period.status().message());
    }
    measure.interval = *period->As<expectation::Period>();
    if (measure.interval->count.unscaled <= 0) {
      return Refuse(what, ": the interval is a length of time above 0");
    }
  }
  return measure;
}

absl::StatusOr<LikelihoodScale> ReadScale(const v1::LikelihoodScale& message) {
  constexpr absl::string_view kWhat = "the likelihood scale";
  if (message.steps_size() < 1 || message.steps_size() > kStepsMax) {
    return Refuse(kWhat, " has ", message.steps_size(),
                  " words, allowed are 1 to ", kStepsMax);
  }
  LikelihoodScale scale;
  std::set<std::string> words;
  for (const v1::LikelihoodScale::Step& step : message.steps()) {
    if (step.word().empty() || !IsOneLine(step.word())) {
      return Refuse(kWhat, ": a word is one line of 1 to 100 bytes");
    }
    if (!words.insert(step.word()).second) {
      return Refuse(kWhat, ": ", step.word(), " is listed twice");
    }
    if (!step.has_probability()) {
      return Refuse(kWhat, ": ", step.word(), " has no probability");
    }
    TALLYSTICK_ASSIGN_OR_RETURN(
        const Decimal probability,
        ReadNumber(step.probability(), kPart,
                   absl::StrCat(kWhat, ": ", step.word())));
    if (!scale.empty() && Compare(probability, scale.back().probability) <= 0) {
      return Refuse(kWhat, ": ", step.word(), " is not more likely than ",
                    scale.back().word, " before it");
    }
    scale.push_back({step.word(), probability});
  }
  return scale;
}

absl::StatusOr<CurrencyRate> ReadCurrencyRate(const v1::CurrencyRate& message) {
  if (!expectation::IsCurrency(message.from()) ||
      !expectation::IsCurrency(message.to()) ||
      message.from() == message.to()) {
    return Refuse(
        "a currency rate is between two different currencies, each three "
        "capital letters");
  }
  const std::string what =
      absl::StrCat("the rate of ", message.from(), " in ", message.to());
  if (!message.has_rate()) return Refuse(what, " is missing");
  CurrencyRate rate = {.from = message.from(), .to = message.to()};
  TALLYSTICK_ASSIGN_OR_RETURN(rate.rate,
                              ReadNumber(message.rate(), kAbove0, what));
  TALLYSTICK_ASSIGN_OR_RETURN(
      rate.effective_on,
      ReadDay(message.has_effective_on(), message.effective_on(), what));
  return rate;
}

// Reads a list in which no two have the same key.
template <typename Message, typename Item, typename KeyOf>
absl::Status ReadList(
    const google::protobuf::RepeatedPtrField<Message>& messages, int most,
    absl::string_view what, absl::StatusOr<Item> (*read)(const Message&),
    KeyOf key_of, std::vector<Item>& items) {
  if (messages.size() > most) {
    return Refuse("a decision agrees on at most ", most, " ", what);
  }
  std::set<decltype(key_of(items.front()))> keys;
  for (const Message& message : messages) {
    TALLYSTICK_ASSIGN_OR_RETURN(Item item, read(message));
    if (!keys.insert(key_of(item)).second) {
      return Refuse("of the ", what, " one is there twice");
    }
    items.push_back(std::move(item));
  }
  return absl::OkStatus();
}

absl::Status ReadLists(const v1::DecisionContent& content, Terms& terms) {
  TALLYSTICK_RETURN_IF_ERROR(ReadList(
      content.targets(), std::size(kDimensions), "targets", ReadTarget,
      [](const Target& target) { return target.dimension; }, terms.targets));
  TALLYSTICK_RETURN_IF_ERROR(ReadList(
      content.rate_tables(), kRateTablesMax, "rate tables", ReadRateTable,
      [](const RateTable& table) {
        return std::pair(table.currency, table.version);
      },
      terms.rate_tables));
  TALLYSTICK_RETURN_IF_ERROR(ReadList(
      content.monitored(), kMeasuresMax, "monitored measures", ReadMeasure,
      [](const MonitoredMeasure& measure) {
        return std::pair(measure.measure, measure.about);
      },
      terms.monitored));
  return ReadList(
      content.currency_rates(), kCurrencyRatesMax, "currency rates",
      ReadCurrencyRate,
      [](const CurrencyRate& rate) {
        return std::tuple(rate.from, rate.to, rate.effective_on);
      },
      terms.currency_rates);
}

}  // namespace

absl::string_view ToText(Dimension dimension) {
  for (const auto& [known, text] : kDimensions) {
    if (known == dimension) return text;
  }
  return "";
}

std::optional<Dimension> ParseDimension(absl::string_view text) {
  if (text == "knowledge") return Dimension::kKnowledgeSharing;
  for (const auto& [dimension, name] : kDimensions) {
    if (name == text) return dimension;
  }
  return std::nullopt;
}

Decimal RestOf(Decimal share) {
  int64_t one = 1;
  for (uint32_t i = 0; i < share.scale; ++i) one *= 10;
  return expectation::MakeDecimal(one - share.unscaled, share.scale);
}

const Rate* RateTable::Find(absl::string_view kind) const {
  const auto found =
      std::find_if(rates.begin(), rates.end(),
                   [&](const Rate& rate) { return rate.kind == kind; });
  return found == rates.end() ? nullptr : &*found;
}

bool Terms::empty() const { return *this == Terms(); }

absl::StatusOr<Terms> ReadTerms(const v1::DecisionContent& content) {
  Terms terms;
  TALLYSTICK_RETURN_IF_ERROR(ReadLists(content, terms));
  if (content.has_likelihood_scale()) {
    TALLYSTICK_ASSIGN_OR_RETURN(terms.likelihood_scale,
                                ReadScale(content.likelihood_scale()));
  }
  for (const std::string* name : {&content.position(), &content.stage()}) {
    if (!name->empty() && !IsName(*name)) {
      return Refuse("a position or stage is 1 to 64 of a-z, 0-9 and _");
    }
  }
  terms.position = content.position();
  terms.stage = content.stage();
  TALLYSTICK_ASSIGN_OR_RETURN(
      terms.equity_band,
      ReadOptional(content.has_equity_band(), content.equity_band(),
                   {kZero, false, kTen}, "the equity band"));
  return terms;
}

}  // namespace tallystick::decision
