// SPDX-License-Identifier: Apache-2.0
#include "node/api/drift_encoding.h"

#include <string>

namespace tallystick::node {

v1::DriftSeverity::Level EncodeSeverity(drift::Severity severity) {
  switch (severity) {
    case drift::Severity::kInfo:
      return v1::DriftSeverity::INFO;
    case drift::Severity::kWatch:
      return v1::DriftSeverity::WATCH;
    case drift::Severity::kWarning:
      return v1::DriftSeverity::WARNING;
    case drift::Severity::kCritical:
      return v1::DriftSeverity::CRITICAL;
  }
  return v1::DriftSeverity::LEVEL_UNSPECIFIED;
}

v1::StatementDrift EncodeStatement(const alliance::StatementRow& row,
                                   const expectation::PartyNames& names) {
  const drift::StatementDrift& drift = row.drift;
  v1::StatementDrift message;
  message.set_kind(std::string(drift::ToText(drift.kind)));
  message.set_topic(row.subject.id);
  message.set_title(row.subject.title);
  message.set_party(std::string(names.NameOf(drift.party)));
  if (drift.distance) {
    message.set_distance(*drift.distance);
    message.set_tolerance(drift.tolerance);
  }
  if (drift.at_baseline) message.set_at_baseline(*drift.at_baseline);
  if (drift.now) message.set_now(*drift.now);
  message.mutable_steps()->Add(drift.steps.begin(), drift.steps.end());
  if (drift.days) {
    message.set_days(static_cast<int32_t>(*drift.days));
    message.set_days_limit(drift.days_limit);
  }
  message.set_severity(EncodeSeverity(drift.rating.severity));
  message.set_points(drift.rating.points);
  message.set_notice(drift.notice);
  message.set_baseline(row.subject.agreed ? "agreed" : "first");
  message.set_text(drift::ToFinding(drift, row.subject).text);
  return message;
}

}  // namespace tallystick::node
