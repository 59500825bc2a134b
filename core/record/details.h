// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_DETAILS_H_
#define TALLYSTICK_CORE_RECORD_DETAILS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/expectation/value.h"
#include "tallystick/v1/value.pb.h"

// What sets the types of records apart from each other. What they have in
// common (kind, title, figure) stands in the record itself.
namespace tallystick::record {

struct Contribution {};
struct Benefit {};
struct Upkeep {};

// As the claimant sees it.
struct Risk {
  std::string likelihood;
  expectation::Money impact;
  // 0 to 1; B bears the rest.
  expectation::Decimal borne_by_a;
  std::string mitigation;
  bool closed = false;
  // What it holds to be agreed; empty and none: nothing.
  std::string agreed_likelihood;
  std::optional<expectation::Money> agreed_impact;
};

struct Reading {
  // Unspecified: the measure is about neither party alone.
  v1::Party about = v1::PARTY_UNSPECIFIED;
  std::string source;
};

struct Knowledge {};

struct Meeting {
  std::vector<std::string> attendees;
  uint32_t decisions = 0;
  uint32_t risks = 0;
  uint32_t conflicts = 0;
};

struct Milestone {
  expectation::Date due;
  bool met = false;
};

struct Conflict {
  std::string step;
  bool settled = false;
};

struct OwnedResult {
  // 0 to 1; B owns the rest.
  expectation::Decimal owned_by_a;
};

// Each 0 to 1.
struct ShareClaim {
  expectation::Decimal own;
  // None: not said.
  std::optional<expectation::Decimal> left_to_partner;
};

struct Commitment {
  // Empty: several people together.
  std::string person;
};

// In the order of RecordClaim.kind; a new type goes to the end.
using Details = std::variant<Contribution, Benefit, Upkeep, Risk, Reading,
                             Knowledge, Meeting, Milestone, Conflict,
                             OwnedResult, ShareClaim, Commitment>;

// The index of the type in Details.
enum class Type {
  kContribution = 0,
  kBenefit = 1,
  kUpkeep = 2,
  kRisk = 3,
  kReading = 4,
  kKnowledge = 5,
  kMeeting = 6,
  kMilestone = 7,
  kConflict = 8,
  kOwnedResult = 9,
  kShareClaim = 10,
  kCommitment = 11,
};

inline Type TypeOf(const Details& details) {
  return static_cast<Type>(details.index());
}

// "contribution", ..., "owned_result", "share", "commitment".
absl::string_view ToText(Type type);
// None if there is no such type.
std::optional<Type> ParseType(absl::string_view text);

// Makes `details` hold the type with this index; an unknown index leaves it.
void SetType(uint32_t index, Details& details);

template <typename Archive>
void Visit(Archive&, Contribution&) {}
template <typename Archive>
void Visit(Archive&, Benefit&) {}
template <typename Archive>
void Visit(Archive&, Upkeep&) {}
template <typename Archive>
void Visit(Archive& archive, Risk& risk) {
  archive(risk.likelihood);
  archive(risk.impact);
  archive(risk.borne_by_a);
  archive(risk.mitigation);
  archive(risk.closed);
  archive(risk.agreed_likelihood);
  archive(risk.agreed_impact);
}
template <typename Archive>
void Visit(Archive& archive, Reading& reading) {
  archive(reading.about);
  archive(reading.source);
}
template <typename Archive>
void Visit(Archive&, Knowledge&) {}
template <typename Archive>
void Visit(Archive& archive, Meeting& meeting) {
  archive(meeting.attendees);
  archive(meeting.decisions);
  archive(meeting.risks);
  archive(meeting.conflicts);
}
template <typename Archive>
void Visit(Archive& archive, Milestone& milestone) {
  archive(milestone.due);
  archive(milestone.met);
}
template <typename Archive>
void Visit(Archive& archive, Conflict& conflict) {
  archive(conflict.step);
  archive(conflict.settled);
}
template <typename Archive>
void Visit(Archive& archive, OwnedResult& result) {
  archive(result.owned_by_a);
}
template <typename Archive>
void Visit(Archive& archive, ShareClaim& claim) {
  archive(claim.own);
  archive(claim.left_to_partner);
}
template <typename Archive>
void Visit(Archive& archive, Commitment& commitment) {
  archive(commitment.person);
}

template <typename Archive>
void Visit(Archive& archive, Details& details) {
  uint32_t index = static_cast<uint32_t>(details.index());
  archive(index);
  if constexpr (Archive::kReading) SetType(index, details);
  std::visit([&archive](auto& of_type) { archive(of_type); }, details);
}

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_DETAILS_H_
