// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/expectation/distance.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using expectation::TextHash;
using expectation::TopicRef;

std::string HashBytes(absl::string_view text) {
  const expectation::TextDigest digest = TextHash(text);
  return {digest.begin(), digest.end()};
}

CellKey KeyOf(v1::Party party, const TextComparison& texts) {
  return {texts.topic, party,
          texts.of_prediction ? v1::Stance::PREDICTION : v1::Stance::OWN};
}

absl::StatusOr<TopicRef> FindTextTopic(absl::string_view text,
                                       const expectation::PartyNames& names,
                                       const expectation::Catalogue& all) {
  TALLYSTICK_ASSIGN_OR_RETURN(TopicRef ref,
                              expectation::ParseTopicRef(text, names, all));
  const expectation::Topic& topic = *all.Find(ref.topic);
  if (topic.answer_type != expectation::AnswerType::kText) {
    return absl::InvalidArgumentError(
        absl::StrCat(text, " is answered by ", ToText(topic.answer_type),
                     ", which the node compares itself; only texts are "
                     "confirmed"));
  }
  return ref;
}

absl::StatusOr<expectation::Date> ReadStated(const std::string& stated,
                                             const expectation::Date& today) {
  if (stated.empty()) return today;
  TALLYSTICK_ASSIGN_OR_RETURN(const expectation::Date date,
                              expectation::ParseDate(stated));
  if (date > today) {
    return absl::InvalidArgumentError(
        absl::StrCat("stated: ", stated, " has not come"));
  }
  return date;
}

// No hash: whatever stands is meant.
bool IsMeant(absl::string_view text, absl::string_view hash) {
  return hash.empty() ||
         absl::BytesToHexString(HashBytes(text)) == absl::AsciiStrToLower(hash);
}

absl::Status Missing(absl::string_view topic, absl::string_view what,
                     absl::string_view next) {
  return absl::FailedPreconditionError(
      absl::StrCat(topic, ": ", what, " (", next, ")"));
}

}  // namespace

const std::string* TextOf(const AllianceState& state, const CellKey& key) {
  const Cell* cell = state.FindCell(key);
  if (cell == nullptr || cell->current().kind != Version::Kind::kValue) {
    return nullptr;
  }
  const auto* text = cell->current().value.As<expectation::Text>();
  return text == nullptr ? nullptr : &text->text;
}

v1::Body CompareTexts(const TextComparison& said,
                      const expectation::Date& today) {
  v1::Body body;
  v1::TextConfirmation& message = *body.mutable_text_confirmation();
  message.set_topic(said.topic.topic);
  message.set_about(said.topic.about);
  message.set_own_hash(HashBytes(said.own));
  message.set_partner_hash(HashBytes(said.other));
  message.set_same_meaning(said.same_meaning);
  message.set_of_prediction(said.of_prediction);
  // The day it is written goes without saying.
  if (said.stated_on != today) {
    *message.mutable_stated_on() = expectation::DateToProto(said.stated_on);
  }
  return body;
}

std::optional<bool> SaidOf(const AllianceState& state, v1::Party party,
                           const TextComparison& texts) {
  const TextStatement* said = state.FindText(KeyOf(party, texts));
  if (said == nullptr || said->own_hash != TextHash(texts.own) ||
      said->other_hash != TextHash(texts.other)) {
    return std::nullopt;
  }
  return said->same_meaning;
}

absl::StatusOr<TextPlan> PlanText(const AllianceState& state,
                                  v1::Party own_party,
                                  const expectation::PartyNames& names,
                                  const TextQuestion& question,
                                  const expectation::Date& today) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const TopicRef ref,
      FindTextTopic(question.topic, names, state.catalogue()));
  TALLYSTICK_ASSIGN_OR_RETURN(const expectation::Date stated_on,
                              ReadStated(question.stated, today));
  const v1::Party partner = ledger::Other(own_party);
  const std::string* own = TextOf(state, {ref, own_party, v1::Stance::OWN});
  if (own == nullptr) {
    return Missing(question.topic, "we have stated no text of our own",
                   "say it with: tally expect TOPIC 'TEXT'");
  }
  const std::string* other =
      TextOf(state, question.of_prediction
                        ? CellKey{ref, own_party, v1::Stance::PREDICTION}
                        : CellKey{ref, partner, v1::Stance::OWN});
  if (other == nullptr) {
    return question.of_prediction
               ? Missing(question.topic,
                         "we have not said what we think the partner says",
                         "say it with: tally expect TOPIC 'TEXT' --of partner")
               : Missing(question.topic, "the partner has stated no text yet",
                         "see: tally view show --partner");
  }
  if (!IsMeant(*own, question.own_hash) ||
      !IsMeant(*other, question.other_hash)) {
    return Missing(question.topic, "other texts stand than those meant",
                   "see: tally gaps TOPIC");
  }
  if (TextHash(*own) == TextHash(*other)) {
    return absl::FailedPreconditionError(
        absl::StrCat(question.topic,
                     ": the two texts are the same, word for word; there is "
                     "nothing to confirm"));
  }
  const TextComparison said = {.topic = ref,
                               .own = *own,
                               .other = *other,
                               .of_prediction = question.of_prediction,
                               .same_meaning = question.same_meaning,
                               .stated_on = stated_on};
  TextPlan plan = {.topic = ref, .own = *own, .other = *other};
  if (SaidOf(state, own_party, said) != question.same_meaning) {
    plan.statement = CompareTexts(said, today);
  }
  if (!question.of_prediction) {
    plan.partner_says_same =
        SaidOf(state, partner, {.topic = ref, .own = *other, .other = *own});
  }
  return plan;
}

}  // namespace tallystick::alliance
