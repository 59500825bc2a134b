// SPDX-License-Identifier: Apache-2.0
#include "core/drift/alert_book.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace tallystick::drift {
namespace {

bool IsLive(const Alert& alert) {
  return alert.state == Alert::State::kOpen ||
         alert.state == Alert::State::kAcknowledged;
}

absl::string_view BaselineOf(const Finding& finding) {
  const absl::string_view variant = finding.variant;
  const size_t at = variant.find('@');
  return at == absl::string_view::npos ? variant : variant.substr(at + 1);
}

}  // namespace

std::string Finding::Key() const {
  return absl::StrCat(kind, "\n", subject, "\n", party, "\n", variant);
}

AlertBook::AlertBook(std::vector<Alert> alerts) {
  for (Alert& alert : alerts) {
    uint64_t& newest = by_key_[alert.finding.Key()];
    newest = std::max(newest, alert.number);
    alerts_.emplace(alert.number, std::move(alert));
  }
}

Alert* AlertBook::Newest(const std::string& key) {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &alerts_.at(found->second);
}

const Alert& AlertBook::Raise(const Finding& finding, int64_t now_us) {
  const std::string key = finding.Key();
  Alert* alert = Newest(key);
  const bool over = alert == nullptr || !IsLive(*alert);
  if (alert == nullptr || (over && now_us - alert->closed_at_us > kReopenUs)) {
    const uint64_t number = alerts_.empty() ? 1 : alerts_.rbegin()->first + 1;
    by_key_[key] = number;
    alert = &alerts_[number];
    alert->number = number;
    alert->opened_at_us = now_us;
  } else if (over || finding.severity > alert->finding.severity) {
    alert->state = Alert::State::kOpen;
  }
  const Finding before = std::exchange(alert->finding, finding);
  if (alert->state == Alert::State::kAcknowledged &&
      finding.severity < before.severity) {
    alert->finding.points = before.points;
    alert->finding.severity = before.severity;
  }
  alert->last_seen_at_us = now_us;
  ++alert->count;
  return *alert;
}

const Alert* AlertBook::Close(const std::string& key, int64_t now_us) {
  Alert* alert = Newest(key);
  if (alert == nullptr || !IsLive(*alert)) return nullptr;
  alert->state = Alert::State::kClosed;
  alert->closed_at_us = now_us;
  return alert;
}

std::vector<Alert> AlertBook::Supersede(absl::string_view kind,
                                        absl::string_view subject,
                                        v1::Party party,
                                        absl::string_view new_baseline,
                                        int64_t now_us) {
  std::vector<Alert> superseded;
  for (auto& [number, alert] : alerts_) {
    const Finding& finding = alert.finding;
    if (!IsLive(alert) || finding.kind != kind || finding.subject != subject ||
        finding.party != party || BaselineOf(finding) == new_baseline) {
      continue;
    }
    alert.state = Alert::State::kSuperseded;
    alert.closed_at_us = now_us;
    superseded.push_back(alert);
  }
  return superseded;
}

absl::StatusOr<Alert> AlertBook::Acknowledge(uint64_t number) {
  const auto found = alerts_.find(number);
  if (found == alerts_.end()) {
    return absl::NotFoundError(
        absl::StrCat("there is no alert a-", number, " (see: tally alerts)"));
  }
  if (!IsLive(found->second)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "alert a-", number, " is over; there is nothing to acknowledge"));
  }
  found->second.state = Alert::State::kAcknowledged;
  return found->second;
}

bool AlertBook::IsOpen(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found != by_key_.end() && IsLive(alerts_.at(found->second));
}

int AlertBook::open_count() const {
  return static_cast<int>(
      std::count_if(alerts_.begin(), alerts_.end(), [](const auto& numbered) {
        return numbered.second.state == Alert::State::kOpen;
      }));
}

}  // namespace tallystick::drift
