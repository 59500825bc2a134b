// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/topic_ref.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/expectation/unicode.h"

namespace tallystick::expectation {
namespace {

// Longer than any topic id; bounds the work on hostile input.
constexpr size_t kRefSizeMax = 400;

bool Names(absl::string_view text, absl::string_view name) {
  if (name.empty() || !absl::StartsWith(text, name)) return false;
  return text.size() == name.size() || text[name.size()] == '.';
}

// Levenshtein's number of single changes between two words.
size_t Changes(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row[b.size()];
}

// The distance for a suggestion: the layer may be forgotten.
size_t Unlikeness(absl::string_view typed, absl::string_view id) {
  const size_t slash = id.find('/');
  if (slash == absl::string_view::npos) return Changes(typed, id);
  return std::min(Changes(typed, id), Changes(typed, id.substr(slash + 1)));
}

absl::Status UnknownTopic(absl::string_view typed, const Catalogue& catalogue) {
  const auto nearest = std::min_element(
      catalogue.topics.begin(), catalogue.topics.end(),
      [typed](const Topic& a, const Topic& b) {
        return Unlikeness(typed, a.id) < Unlikeness(typed, b.id);
      });
  return absl::InvalidArgumentError(
      absl::StrCat("there is no topic \"", Excerpt(typed), "\"",
                   nearest == catalogue.topics.end()
                       ? ""
                       : absl::StrCat("; did you mean ", nearest->id, "?")));
}

}  // namespace

absl::string_view PartyNames::NameOf(v1::Party party) const {
  if (party == v1::PARTY_A) return a;
  if (party == v1::PARTY_B) return b;
  return "";
}

v1::Party PartyNames::Find(absl::string_view text) const {
  // Exact names first: a company may be called "b".
  if (!text.empty() && text == a) return v1::PARTY_A;
  if (!text.empty() && text == b) return v1::PARTY_B;
  if (Names(text, a)) return v1::PARTY_A;
  if (Names(text, b)) return v1::PARTY_B;
  if (text == "A" || text == "party_a") return v1::PARTY_A;
  if (text == "B" || text == "party_b") return v1::PARTY_B;
  return v1::PARTY_UNSPECIFIED;
}

absl::StatusOr<TopicRef> ParseTopicRef(absl::string_view text,
                                       const PartyNames& names,
                                       const Catalogue& catalogue) {
  if (text.size() > kRefSizeMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no topic \"", Excerpt(text), "\""));
  }
  const size_t at = text.find('@');
  const absl::string_view id = text.substr(0, at);
  const Topic* topic = catalogue.Find(id);
  if (topic == nullptr) return UnknownTopic(id, catalogue);
  TopicRef ref = {topic->id, v1::PARTY_UNSPECIFIED};
  const std::string both =
      absl::StrCat(topic->id, "@", names.a, " or ", topic->id, "@", names.b);
  if (at == absl::string_view::npos) {
    if (!topic->per_party) return ref;
    return absl::InvalidArgumentError(
        absl::StrCat(topic->id, " is asked about each party; write ", both));
  }
  if (!topic->per_party) {
    return absl::InvalidArgumentError(
        absl::StrCat(topic->id, " is about the alliance, not about one party; ",
                     "write ", topic->id));
  }
  ref.about = names.Find(text.substr(at + 1));
  if (ref.about == v1::PARTY_UNSPECIFIED) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", Excerpt(text.substr(at + 1)),
                     "\" is not a party of this alliance; write ", both));
  }
  return ref;
}

std::string FormatTopicRef(const TopicRef& ref, const PartyNames& names) {
  if (ref.about == v1::PARTY_UNSPECIFIED) return ref.topic;
  return absl::StrCat(ref.topic, "@", names.NameOf(ref.about));
}

absl::StatusOr<const Topic*> ResolveTopicRef(const TopicRef& ref,
                                             const Catalogue& catalogue) {
  const Topic* topic = catalogue.Find(ref.topic);
  if (topic == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no topic \"", Excerpt(ref.topic), "\""));
  }
  const bool about_party = ref.about == v1::PARTY_A || ref.about == v1::PARTY_B;
  if (!about_party && ref.about != v1::PARTY_UNSPECIFIED) {
    return absl::InvalidArgumentError("a topic is about an unknown party");
  }
  if (about_party != topic->per_party) {
    return absl::InvalidArgumentError(absl::StrCat(
        topic->id, topic->per_party ? " does not say whom it is about"
                                    : " is not about one party"));
  }
  return topic;
}

}  // namespace tallystick::expectation
