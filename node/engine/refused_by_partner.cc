// SPDX-License-Identifier: Apache-2.0
#include "node/engine/refused_by_partner.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/engine/clock_watch.h"

namespace tallystick::node {
namespace {

// Ends of a stream that blame nobody; `fork` has an alert of its own.
constexpr std::array<absl::string_view, 6> kWithoutBlame = {
    "goodbye", "shutdown", "internal", "recovering", "recovered", "fork"};

constexpr size_t kReasonSizeMax = 40;

// The partner chooses the word; people see only what a reason can look like.
bool IsReason(absl::string_view reason) {
  return !reason.empty() && reason.size() <= kReasonSizeMax &&
         std::all_of(reason.begin(), reason.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || c == '_';
         });
}

drift::Finding RefusedFinding(const AllianceNode& alliance,
                              absl::string_view reason) {
  return {.kind = "sync.refused_by_partner",
          .subject = alliance.name(),
          .party = alliance.own_party(),
          // Not the reason: the partner could think of any number of them.
          .variant = "",
          .severity = drift::Severity::kWarning,
          .text = absl::StrCat(
              alliance.Domain(alliance.partner_party()),
              "'s node refused what ours sent (", reason,
              ") and ended the connection. Nothing is lost; it is tried again. "
              "If this stays, the two nodes' engineers should compare versions "
              "and run tally verify.")};
}

}  // namespace

void OnNoLongerRefused(AllianceNode& alliance, int64_t now_us) {
  alliance.replica().EndAlert(RefusedFinding(alliance, "").Key(), now_us);
}

void OnGoodbye(AllianceNode& alliance, absl::string_view reason,
               int64_t now_us) {
  if (std::find(kWithoutBlame.begin(), kWithoutBlame.end(), reason) !=
      kWithoutBlame.end()) {
    return;
  }
  if (reason == "bad_time") {
    OnTimesRefused(alliance, now_us);
    return;
  }
  const drift::Finding finding =
      RefusedFinding(alliance, IsReason(reason) ? reason : "an unknown reason");
  if (!alliance.replica().alerts().IsOpen(finding.Key())) {
    alliance.replica().Raise(finding, now_us);
  }
}

}  // namespace tallystick::node
