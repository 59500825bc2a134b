// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_ANSWER_H_
#define TALLYSTICK_CORE_EXPECTATION_ANSWER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/topic_ref.h"
#include "core/expectation/value.h"
#include "tallystick/v1/raw_value.pb.h"

// Answers as people write them in a view file or on the command line, and back.
//
//   ordinal, nominal  innovative; also "4" for the option "4" or "not (4)"
//   set, ranking      [reach, revenue]
//   quantity          12 or "12 fte"
//   percentage        97.5, from 0 to 100
//   duration          5 days, 1 years, open_ended
//   money             {amount: 120000000, currency: USD} or "120000000 USD", in
//                     major units with at most the currency's minor digits
//   date              2025-09-30
//   interval          [10, 20]; a single number is a point
//   map               {cascadia: 0.5, meridian: 0.5}; shares add up to 1
//   text              any words
namespace tallystick::expectation {

// INVALID_ARGUMENT, in one line: what was given, and what is allowed.
absl::StatusOr<Value> ParseAnswer(const Topic& topic, const v1::RawValue& raw,
                                  const PartyNames& names);

// As in a view file. ParseAnswer reads it back to the same value.
v1::RawValue AnswerToRaw(const Topic& topic, const Value& value,
                         const PartyNames& names);

// For tables; one line without control characters: "120,000,000.00 USD",
// "5 days", "a, b, c", "cascadia 0.5, meridian 0.5".
std::string AnswerToText(const Topic& topic, const Value& value,
                         const PartyNames& names);

// How an answer to this topic is written, as YAML: "5 days".
std::string AnswerExample(const Topic& topic, const PartyNames& names);

// Whether `value`, which may come from the partner's log, is an answer to
// `topic`: of its type, one of its options, its closed items, within its scale,
// shares that add up to 1. INVALID_ARGUMENT says why not. A foreign unit or
// currency passes: it is comparable with nothing, and shown as such.
absl::Status CheckAnswer(const Topic& topic, const Value& value);

// Reads and checks an answer that may come from the partner's log.
// INVALID_ARGUMENT as ValueFromProto and CheckAnswer.
absl::StatusOr<Value> ReadAnswer(const Topic& topic, const v1::Value& message);

// A code of ISO 4217 that is in use. People may write no other; what a partner
// has written stands, whatever it is.
bool IsActiveCurrency(absl::string_view code);

// Digits after the point of a currency: 2 unless ISO 4217 says otherwise.
int MinorDigits(absl::string_view currency);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_ANSWER_H_
