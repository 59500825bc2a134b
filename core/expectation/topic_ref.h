// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_TOPIC_REF_H_
#define TALLYSTICK_CORE_EXPECTATION_TOPIC_REF_H_

#include <compare>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/catalogue.h"
#include "tallystick/v1/value.pb.h"

namespace tallystick::expectation {

// The short names of the two parties, as people type them: "cascadia".
struct PartyNames {
  std::string a;
  std::string b;

  // Empty for PARTY_UNSPECIFIED.
  absl::string_view NameOf(v1::Party party) const;
  // Reads a short name, a full domain that begins with it ("cascadia.example"),
  // "A", "B", "party_a" or "party_b". PARTY_UNSPECIFIED: none of these.
  v1::Party Find(absl::string_view text) const;
};

// Names one topic instance: a topic, and whom it is about if it is asked once
// about each party.
struct TopicRef {
  std::string topic;
  // PARTY_UNSPECIFIED for a joint topic.
  v1::Party about = v1::PARTY_UNSPECIFIED;

  friend bool operator==(const TopicRef&, const TopicRef&) = default;
  friend std::strong_ordering operator<=>(const TopicRef& a,
                                          const TopicRef& b) {
    if (const int order = a.topic.compare(b.topic); order != 0) {
      return order <=> 0;
    }
    return static_cast<int>(a.about) <=> static_cast<int>(b.about);
  }
};

template <typename Archive>
void Visit(Archive& archive, TopicRef& ref) {
  archive(ref.topic);
  archive(ref.about);
}

// Reads "deal/gives@cascadia" or "frame/scope-in". INVALID_ARGUMENT for an
// unknown topic (names the nearest one), a missing, unknown or superfluous
// party.
absl::StatusOr<TopicRef> ParseTopicRef(absl::string_view text,
                                       const PartyNames& names,
                                       const Catalogue& catalogue);

// As ParseTopicRef reads it.
std::string FormatTopicRef(const TopicRef& ref, const PartyNames& names);

// The topic that `ref` names, if it is one of the catalogue and `ref` says whom
// it is about exactly if it must. INVALID_ARGUMENT otherwise; for references
// that came from the partner.
absl::StatusOr<const Topic*> ResolveTopicRef(const TopicRef& ref,
                                             const Catalogue& catalogue);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_TOPIC_REF_H_
