// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_VERDICT_TEXT_H_
#define TALLYSTICK_CORE_DECISION_VERDICT_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"
#include "tallystick/v1/agree.pb.h"

// The text a person signs (evidence formats, section 8.2): short, readable, and
// complete, so that nobody signs a hash blindly and `ssh-keygen -Y verify`
// checks it with no Tallystick at hand.
namespace tallystick::decision {

struct VerdictSubject {
  // Hexadecimal.
  std::string alliance_uid;
  // Origin of the log the verdict is written to.
  std::string log_origin;
  // Domains of the two parties.
  std::string domain_a;
  std::string domain_b;
  // Who opened the decision, and its uid in hexadecimal.
  std::string opened_by_domain;
  std::string decision_uid;
  evidence::Digest content_hash = {};
  v1::DecisionContent terms;
  v1::Verdict::Kind kind = v1::Verdict::APPROVE;
  // "alice@cascadia.example"
  std::string principal;
  std::string reason;
};

// Version 1 of the text. It is compared byte for byte when a verdict is folded,
// so it never changes; another wording is another version.
std::string VerdictText(const VerdictSubject& subject);

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_VERDICT_TEXT_H_
