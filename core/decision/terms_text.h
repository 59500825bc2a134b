// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_TERMS_TEXT_H_
#define TALLYSTICK_CORE_DECISION_TERMS_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tallystick/v1/agree.pb.h"

// The lines of the signed text for what a decision agrees on besides topics;
// none if there is nothing of that kind, so that the text of other decisions is
// what it always was.
namespace tallystick::decision {

// Version 1; it never changes, as VerdictText. `content` is one that ReadTerms
// takes. Each line ends in a line feed.
std::string TermsText(const v1::DecisionContent& content,
                      absl::string_view domain_a, absl::string_view domain_b);

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_TERMS_TEXT_H_
