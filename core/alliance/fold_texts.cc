// SPDX-License-Identifier: Apache-2.0
// What a party says of two texts. No machine compares them for meaning.
#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/alliance/dates.h"
#include "core/alliance/folder.h"
#include "core/alliance/items.h"
#include "core/evidence/refusal.h"
#include "core/expectation/distance.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using expectation::TextDigest;

absl::StatusOr<TextDigest> ReadTextHash(const std::string& bytes) {
  TextDigest digest = {};
  if (bytes.size() != digest.size()) {
    return RefuseStatement("the hash of a text has 32 bytes");
  }
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

// Whether this is the text that the cell says now.
bool Says(const Cell* cell, const TextDigest& hash) {
  if (cell == nullptr || cell->current().kind != Version::Kind::kValue) {
    return false;
  }
  const auto* text = cell->current().value.As<expectation::Text>();
  return text != nullptr && expectation::TextHash(text->text) == hash;
}

absl::Status RefuseText(absl::string_view detail) {
  return evidence::Refuse("unknown_text", detail);
}

}  // namespace

absl::Status Folder::FoldText(const v1::TextConfirmation& confirmation) {
  const expectation::TopicRef ref = {confirmation.topic(),
                                     confirmation.about()};
  const expectation::Topic* topic = state_.catalogue_->Find(ref.topic);
  if (topic == nullptr) {
    return evidence::Refuse("unknown_topic", "the catalogue has no such topic");
  }
  if (!expectation::ResolveTopicRef(ref, *state_.catalogue_).ok()) {
    return RefuseStatement("the topic is about another number of parties");
  }
  if (topic->answer_type != expectation::AnswerType::kText) {
    return evidence::Refuse("not_a_text", "the answers are no texts");
  }
  TextStatement said = {.at = at_, .same_meaning = confirmation.same_meaning()};
  TALLYSTICK_ASSIGN_OR_RETURN(said.own_hash,
                              ReadTextHash(confirmation.own_hash()));
  TALLYSTICK_ASSIGN_OR_RETURN(said.other_hash,
                              ReadTextHash(confirmation.partner_hash()));
  TALLYSTICK_ASSIGN_OR_RETURN(
      said.stated_on,
      StatedOn(
          confirmation.has_stated_on() ? &confirmation.stated_on() : nullptr,
          at_.time_us));
  if (!Says(state_.FindCell({ref, at_.party, v1::Stance::OWN}),
            said.own_hash)) {
    return RefuseText("the first text is not what the party says");
  }
  CellKey key = {ref, at_.party, v1::Stance::OWN};
  if (confirmation.of_prediction()) {
    key.cell = v1::Stance::PREDICTION;
    if (!Says(state_.FindCell(key), said.other_hash)) {
      return RefuseText("the second text is not what the party predicts");
    }
  } else {
    // Which of the partner's texts it had in view is not asked: how many of
    // them are kept depends on what has arrived. One that is not the present
    // text has no effect anyway.
    const Cell* theirs =
        state_.FindCell({ref, ledger::Other(at_.party), v1::Stance::OWN});
    if (theirs == nullptr || !ledger::Saw(at_, theirs->first.at)) {
      return RefuseText("no text of the partner had been seen");
    }
  }
  state_.texts_[key] = std::move(said);
  state_.digest_.Touch(TextItem(key));
  return absl::OkStatus();
}

}  // namespace tallystick::alliance
