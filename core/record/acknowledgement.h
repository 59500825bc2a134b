// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_ACKNOWLEDGEMENT_H_
#define TALLYSTICK_CORE_RECORD_ACKNOWLEDGEMENT_H_

#include <cstdint>
#include <optional>

#include "core/record/amount.h"

// How much of what one party claims the other acknowledges (measures.md, b.3).
namespace tallystick::record {

// A claim without an answer is pending for so long, then unacknowledged. It
// never counts as 0.
inline constexpr int64_t kAcknowledgementDays = 14;

enum class Answered { kPending = 1, kUnacknowledged = 2, kYes = 3 };

// `age_days`: days since the claim was written, so that the receiver could see
// it.
Answered AnsweredBy(bool has_answer, int64_t age_days);

// Claims of one party. `claimed` and `acknowledged` are of answered ones only,
// in one unit: a quantity of one kind, or what quantities are worth.
struct AcknowledgementTally {
  Units claimed = 0;
  Units acknowledged = 0;
  int64_t answered = 0;
  int64_t pending = 0;
  int64_t unacknowledged = 0;

  void Add(Answered answer, Units claimed_units, Units acknowledged_units);

  // (claimed - acknowledged) / claimed; none before anything is answered. Less
  // than 0 if the receiver acknowledges more than was claimed.
  std::optional<double> Gap() const;
};

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_ACKNOWLEDGEMENT_H_
