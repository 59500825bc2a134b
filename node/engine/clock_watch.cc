// SPDX-License-Identifier: Apache-2.0
#include "node/engine/clock_watch.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "core/sync/ingest.h"

namespace tallystick::node {
namespace {

// Clocks differ; what is less has no consequence worth a word.
constexpr int64_t kAheadUs = int64_t{3600} * 1'000'000;

std::string Minute(int64_t time_us) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixMicros(time_us),
                          absl::UTCTimeZone());
}

// Says it once, and again if it gets worse.
void Raise(AllianceNode& alliance, drift::Severity severity, std::string text,
           int64_t now_us) {
  const drift::Finding finding = {.kind = "clock.ahead",
                                  .subject = alliance.name(),
                                  .party = alliance.own_party(),
                                  .variant = "",
                                  .severity = severity,
                                  .text = std::move(text)};
  alliance::Replica& replica = alliance.replica();
  if (replica.alerts().IsOpen(finding.Key())) {
    for (const auto& [number, alert] : replica.alerts().alerts()) {
      if (alert.finding.Key() == finding.Key() &&
          alert.finding.severity >= severity) {
        return;
      }
    }
  }
  replica.Raise(finding, now_us);
}

}  // namespace

void WatchClock(AllianceNode& alliance, int64_t now_us) {
  const int64_t last_us = alliance.replica().own_log().last_time_us();
  if (last_us - now_us <= kAheadUs) return;
  std::string text = absl::StrCat(
      "Our log has an entry of ", Minute(last_us),
      ", and this node's clock says ", Minute(now_us),
      ": the clock was ahead when it was written, or is behind now. Set the "
      "clock right (see: date -u). ");
  const int64_t taken_us = last_us - sync::kClockSkewMaxUs;
  const bool blocked = taken_us > now_us;
  if (blocked) {
    absl::StrAppend(&text,
                    "The partner takes nothing from more than a day ahead, so "
                    "that entry and all later ones reach it after ",
                    Minute(taken_us), "; nothing is lost.");
  } else {
    text += "What is written until then bears that time; nothing is lost.";
  }
  Raise(alliance, blocked ? drift::Severity::kWarning : drift::Severity::kWatch,
        std::move(text), now_us);
}

void OnTimesRefused(AllianceNode& alliance, int64_t now_us) {
  Raise(alliance, drift::Severity::kWarning,
        absl::StrCat(
            alliance.Domain(alliance.partner_party()),
            "'s node refused our newest entries for their time (bad_time): "
            "this node's clock was or is more than a day ahead, or theirs is "
            "behind. Compare both with the right time (see: date -u). They "
            "get the entries once their clock is less than a day behind "
            "them; nothing is lost."),
        now_us);
}

}  // namespace tallystick::node
