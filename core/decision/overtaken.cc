// SPDX-License-Identifier: Apache-2.0
#include "core/decision/overtaken.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tallystick::decision {
namespace {

absl::string_view ActInWords(Overtaken::Act act) {
  switch (act) {
    case Overtaken::Act::kWithdrawal:
      return "withdrew it";
    case Overtaken::Act::kRejection:
      return "rejected it";
    case Overtaken::Act::kCounter:
      return "offered other terms";
  }
  return "";
}

}  // namespace

std::vector<Overtaken> FindOvertaken(const Decision& decision,
                                     const Outcome& outcome) {
  std::vector<Overtaken> found;
  if (!outcome.ratified) return found;
  for (const Withdrawal& withdrawal : decision.withdrawals) {
    if (withdrawal.content_hash == outcome.current) {
      found.push_back({Overtaken::Act::kWithdrawal, withdrawal.at});
    }
  }
  for (const Verdict& verdict : decision.verdicts) {
    if (verdict.kind == v1::Verdict::REJECT && verdict.why_not.empty() &&
        verdict.content_hash == outcome.current) {
      found.push_back({Overtaken::Act::kRejection, verdict.at});
    }
  }
  for (const Revision& revision : decision.revisions) {
    if (revision.replaces == outcome.current) {
      found.push_back({Overtaken::Act::kCounter, revision.at});
    }
  }
  return found;
}

std::string InWords(const Overtaken& overtaken, const std::string& who,
                    const std::string& partner) {
  return absl::StrCat(
      who, " ", ActInWords(overtaken.act), " on ",
      absl::FormatTime("%Y-%m-%d", absl::FromUnixMicros(overtaken.at.time_us),
                       absl::UTCTimeZone()),
      ", and ", partner,
      " had approved without knowing of it: it is ratified all the same.");
}

}  // namespace tallystick::decision
