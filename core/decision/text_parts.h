// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_TEXT_PARTS_H_
#define TALLYSTICK_CORE_DECISION_TEXT_PARTS_H_

#include <string>

#include "tallystick/v1/value.pb.h"

// Numbers and dates as version 1 of the signed text writes them. They are
// written from the messages alone, not by the display code, which may change; a
// signed text may not.
namespace tallystick::decision {

std::string DecimalInText(const v1::Decimal& decimal);
std::string PeriodInText(const v1::Period& period);
std::string DateInText(const v1::Date& date);

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_TEXT_PARTS_H_
