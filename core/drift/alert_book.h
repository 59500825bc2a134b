// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_ALERT_BOOK_H_
#define TALLYSTICK_CORE_DRIFT_ALERT_BOOK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/drift/severity.h"
#include "tallystick/v1/value.pb.h"

// The alerts of one alliance at one node, and their life cycle (measures.md,
// c.8). What is noticed comes in as findings; a finding with the key of an open
// alert is the same matter again and only counts up.
namespace tallystick::drift {

// Something a detector noticed.
struct Finding {
  // "restatement_drift", "sync.fork", ...
  std::string kind;
  // What it is about: "deal/share-benefit", "d-7"; for sync the alliance.
  std::string subject;
  // Whose act it is; unspecified: nobody's.
  v1::Party party = v1::PARTY_UNSPECIFIED;
  // Tells apart what is otherwise the same: the baseline version, after a
  // direction if there is one ("up@charter:7").
  std::string variant;
  // Weight x band x class factor; 0 where points do not apply.
  int points = 0;
  Severity severity = Severity::kInfo;
  // For a person: what happened, and what to do.
  std::string text;

  // Two findings with the same key are the same matter.
  std::string Key() const;
};

struct Alert {
  enum class State {
    kOpen = 1,
    kAcknowledged = 2,
    kClosed = 3,
    kSuperseded = 4
  };

  // The number in "a-4".
  uint64_t number = 0;
  Finding finding;
  State state = State::kOpen;
  int64_t opened_at_us = 0;
  int64_t last_seen_at_us = 0;
  int64_t closed_at_us = 0;
  int32_t count = 0;
};

class AlertBook {
 public:
  // An alert that comes back within this time keeps its number.
  static constexpr int64_t kReopenUs = int64_t{14} * 24 * 3600 * 1'000'000;

  AlertBook() = default;
  explicit AlertBook(std::vector<Alert> alerts);

  // Opens an alert, or counts one that is open. An acknowledged alert stays
  // silent unless it gets more severe than it was acknowledged as; it keeps
  // that severity meanwhile, so that a value that goes up and down does not
  // ring again. Returns the alert as it now is.
  const Alert& Raise(const Finding& finding, int64_t now_us);

  // The matter is over. Null if no alert with this key was open.
  const Alert* Close(const std::string& key, int64_t now_us);

  // A new baseline replaces the old: closes the open alerts of this kind,
  // subject and party that go by another, whatever their direction. Returns
  // them.
  std::vector<Alert> Supersede(absl::string_view kind,
                               absl::string_view subject, v1::Party party,
                               absl::string_view new_baseline, int64_t now_us);

  // NOT_FOUND if there is none, FAILED_PRECONDITION if it is over.
  absl::StatusOr<Alert> Acknowledge(uint64_t number);

  // By number.
  const std::map<uint64_t, Alert>& alerts() const { return alerts_; }
  bool IsOpen(const std::string& key) const;
  int open_count() const;

 private:
  Alert* Newest(const std::string& key);

  std::map<uint64_t, Alert> alerts_;
  // The newest alert of each key.
  std::map<std::string, uint64_t> by_key_;
};

template <typename Archive>
void Visit(Archive& archive, Finding& finding) {
  archive(finding.kind);
  archive(finding.subject);
  archive(finding.party);
  archive(finding.variant);
  archive(finding.points);
  archive(finding.severity);
  archive(finding.text);
}

template <typename Archive>
void Visit(Archive& archive, Alert& alert) {
  archive(alert.number);
  archive(alert.finding);
  archive(alert.state);
  archive(alert.opened_at_us);
  archive(alert.last_seen_at_us);
  archive(alert.closed_at_us);
  archive(alert.count);
}

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_ALERT_BOOK_H_
