// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bodies.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/evidence/sshsig.h"

namespace tallystick::bench {

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void PrintRow(const std::string& what, double value, const std::string& unit,
              const std::string& limit) {
  absl::PrintF("%-58s %12.3f %-10s %s\n", what, value, unit, limit);
  std::fflush(stdout);
}

v1::Body Enrolment(const std::string& person, const evidence::SigningKey& key) {
  v1::Body body;
  v1::Person& put = *body.mutable_roster_change()->mutable_put();
  put.set_id(person);
  put.set_display_name(person);
  put.set_ssh_public_key(
      evidence::SshPublicKey{.key = key.public_key()}.ToString());
  return body;
}

v1::Body Proposal(const std::string& uid, int number) {
  v1::DecisionContent terms;
  terms.set_type("roadmap_changes");
  terms.set_title(absl::StrCat("Plan ", number));
  v1::Body body;
  body.mutable_proposal()->set_uid(uid);
  body.mutable_proposal()->set_content(terms.SerializeAsString());
  return body;
}

v1::Body Stance(int number, size_t reason_size) {
  v1::Body body;
  v1::Stance& stance = *body.mutable_stance();
  stance.set_topic("frame/spectrum-position");
  stance.set_cell(v1::Stance::OWN);
  stance.mutable_value()->set_option(number % 2 == 0 ? "cooperative"
                                                     : "innovative");
  std::string reason = absl::StrCat(number, " ");
  reason.resize(reason_size, 'r');
  stance.set_reason(reason);
  return body;
}

}  // namespace tallystick::bench
