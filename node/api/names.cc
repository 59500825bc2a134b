// SPDX-License-Identifier: Apache-2.0
#include "node/api/names.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "core/alliance/dates.h"
#include "core/expectation/unicode.h"
#include "core/status_macros.h"

namespace tallystick::node {

std::string AllianceName(const AllianceNode& alliance) {
  return absl::StrCat("alliances/", alliance.name());
}

absl::StatusOr<ChildName> FindChild(Node& node, absl::string_view name,
                                    absl::string_view collection) {
  absl::string_view rest = name;
  const std::string separator = absl::StrCat("/", collection, "/");
  const size_t at = rest.find(separator);
  if (!absl::ConsumePrefix(&rest, "alliances/") ||
      at == absl::string_view::npos || at + separator.size() >= name.size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", expectation::Excerpt(name),
        "\" is no resource name; write alliances/NAME", separator, "ID"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(name.substr(0, at)));
  return ChildName{alliance, std::string(name.substr(at + separator.size()))};
}

absl::StatusOr<v1::Party> FindParty(const AllianceNode& alliance,
                                    absl::string_view name) {
  if (name.empty()) return v1::PARTY_UNSPECIFIED;
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    if (name == alliance.Domain(party)) return party;
  }
  const v1::Party party = alliance.names().Find(name);
  if (party == v1::PARTY_UNSPECIFIED) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", expectation::Excerpt(name), "\" is not a party of ",
                     alliance.name(), "; write ", alliance.names().a,
                     alliance.has_partner() ? " or " : "", alliance.names().b));
  }
  return party;
}

std::string TimeText(int64_t time_us) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", absl::FromUnixMicros(time_us),
                          absl::UTCTimeZone());
}

int64_t EndOfDay(const expectation::Date& day) {
  constexpr int64_t kDayUs = int64_t{24} * 3600 * 1'000'000;
  return (expectation::DayNumber(day) + 1) * kDayUs - 1;
}

expectation::Date Today(const Node& node) {
  return alliance::DayOf(node.NowMicros());
}

absl::StatusOr<StateView> ViewState(const Node& node,
                                    const AllianceNode& alliance,
                                    absl::string_view as_of) {
  StateView view = {.state = &alliance.state(),
                    .now_us = node.NowMicros(),
                    .day = Today(node),
                    .folded = nullptr};
  if (as_of.empty()) return view;
  const auto day = expectation::ParseDate(as_of);
  if (!day.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("as_of: ", day.status().message()));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(alliance::AllianceState folded,
                              alliance.StateAsOf(*day));
  view.folded =
      std::make_shared<const alliance::AllianceState>(std::move(folded));
  view.state = view.folded.get();
  view.day = *day;
  view.now_us = EndOfDay(*day);
  return view;
}

}  // namespace tallystick::node
