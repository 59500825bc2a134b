// SPDX-License-Identifier: Apache-2.0
#include "core/record/acknowledgement.h"

namespace tallystick::record {

Answered AnsweredBy(bool has_answer, int64_t age_days) {
  if (has_answer) return Answered::kYes;
  return age_days <= kAcknowledgementDays ? Answered::kPending
                                          : Answered::kUnacknowledged;
}

void AcknowledgementTally::Add(Answered answer, Units claimed_units,
                               Units acknowledged_units) {
  switch (answer) {
    case Answered::kPending:
      ++pending;
      return;
    case Answered::kUnacknowledged:
      ++unacknowledged;
      return;
    case Answered::kYes:
      ++answered;
      claimed += claimed_units;
      acknowledged += acknowledged_units;
      return;
  }
}

std::optional<double> AcknowledgementTally::Gap() const {
  if (claimed <= 0) return std::nullopt;
  return static_cast<double>(claimed - acknowledged) /
         static_cast<double>(claimed);
}

}  // namespace tallystick::record
