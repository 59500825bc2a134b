// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/alliance/dates.h"
#include "core/alliance/encoding.h"
#include "core/alliance/folder.h"
#include "core/alliance/items.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/expectation/answer.h"
#include "core/status_macros.h"

namespace tallystick::alliance {

using ledger::Position;

namespace {

// `answer`: what the prediction is about; null: nothing has been said there.
bool IsBlind(const Version& prediction, const Cell* answer) {
  if (answer == nullptr || !answer->answered ||
      !ledger::Saw(prediction.at, answer->answered->at)) {
    return true;
  }
  const expectation::Date written = DayOf(answer->answered->at.time_us);
  return answer->answered->stated_on < written &&
         prediction.stated_on < written;
}

}  // namespace

absl::Status CheckReason(absl::string_view reason) {
  constexpr size_t kReasonSizeMax = 2000;
  if (evidence::IsPlainText(reason, kReasonSizeMax)) return absl::OkStatus();
  return RefuseStatement("a reason is plain text of at most 2000 bytes");
}

absl::Status Folder::Fold(const v1::Body& body, Touched* touched) {
  switch (body.statement_case()) {
    case v1::Body::kStance:
      return FoldStance(body.stance(), touched);
    case v1::Body::kTextConfirmation:
      return FoldText(body.text_confirmation());
    case v1::Body::kRecordClaim:
      return FoldClaim(body.record_claim(), touched);
    case v1::Body::kRecordAnswer:
      return FoldAnswer(body.record_answer());
    case v1::Body::kBetterOff:
      return FoldBetterOff(body.better_off());
    case v1::Body::kProposal:
      return FoldProposal(body.proposal(), touched);
    case v1::Body::kCounter:
      return FoldCounter(body.counter(), touched);
    case v1::Body::kVerdict:
      return FoldVerdict(body.verdict(), touched);
    case v1::Body::kWithdrawal:
      return FoldWithdrawal(body.withdrawal(), touched);
    case v1::Body::kPastDecision:
      return FoldPast(body.past_decision(), touched);
    case v1::Body::kFulfilment:
      return FoldFulfilment(body.fulfilment(), touched);
    case v1::Body::kRosterChange:
      return FoldRosterChange(body.roster_change());
    case v1::Body::kOpening:
      return FoldOpening(body.opening());
    default:
      return evidence::Refuse("unknown_statement",
                              "this version does not know the statement");
  }
}

absl::Status Folder::FoldStance(const v1::Stance& stance, Touched* touched) {
  const expectation::Topic* topic = state_.catalogue_->Find(stance.topic());
  if (topic == nullptr) {
    return evidence::Refuse("unknown_topic", "the catalogue has no such topic");
  }
  if ((stance.about() != v1::PARTY_UNSPECIFIED) != topic->per_party ||
      !v1::Party_IsValid(stance.about())) {
    return RefuseStatement("the topic is about another number of parties");
  }
  if ((stance.cell() != v1::Stance::OWN &&
       stance.cell() != v1::Stance::PREDICTION)) {
    return RefuseStatement("the stance has no cell");
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckReason(stance.reason()));
  Version version = {.at = at_, .reason = stance.reason()};
  TALLYSTICK_ASSIGN_OR_RETURN(
      version.stated_on,
      StatedOn(stance.has_stated_on() ? &stance.stated_on() : nullptr,
               at_.time_us));
  switch (stance.answer_case()) {
    case v1::Stance::kValue: {
      auto value = expectation::ReadAnswer(*topic, stance.value());
      if (!value.ok()) {
        return evidence::Refuse("bad_answer", value.status().message());
      }
      version.value = *std::move(value);
      break;
    }
    case v1::Stance::kDeclined:
      version.kind = Version::Kind::kDeclined;
      break;
    case v1::Stance::kWithdrawn:
      version.kind = Version::Kind::kWithdrawn;
      break;
    case v1::Stance::kSealed:
      version.kind = Version::Kind::kSealed;
      break;
    case v1::Stance::ANSWER_NOT_SET:
      return RefuseStatement("the stance holds no answer");
  }
  CellKey key = {{stance.topic(), stance.about()}, at_.party, stance.cell()};
  if (stance.cell() == v1::Stance::PREDICTION) {
    const Cell* answer =
        state_.FindCell({key.topic, ledger::Other(at_.party), v1::Stance::OWN});
    version.blind = IsBlind(version, answer);
  }
  Cell& cell = state_.cells_[key];
  // The same prediction again is no new one.
  const bool reviewed = !cell.recent.empty() &&
                        cell.current().kind == version.kind &&
                        cell.current().value == version.value;
  if (reviewed) version.blind = cell.current().blind;
  if (cell.recent.empty()) cell.first = version;
  if (!cell.answered && version.kind == Version::Kind::kValue) {
    cell.answered = {version.at, version.stated_on};
  }
  cell.recent.push_back(std::move(version));
  if (cell.recent.size() > Cell::kVersionsKept) cell.recent.pop_front();
  state_.digest_.Touch(CellItem(key));
  touched->cell = std::move(key);
  return absl::OkStatus();
}

// Advances the log and folds; a status with a reason sets the entry aside.
absl::Status AllianceState::FoldBody(v1::Party party, const ledger::Leaf& leaf,
                                     absl::string_view body_bytes, bool writing,
                                     Touched* touched) {
  PartyState& own = Of(party);
  // Nobody can unsee; a leaf that claims less counts like the one before it.
  own.partner_size = std::max(own.partner_size, leaf.partner_size);
  own.newest_time_us = std::max(own.newest_time_us, leaf.time_us);
  const Position at = {.party = party,
                       .index = own.size++,
                       .partner_size = own.partner_size,
                       .time_us = leaf.time_us,
                       .author = leaf.author};
  v1::Body body;
  if (!body.ParseFromArray(body_bytes.data(),
                           static_cast<int>(body_bytes.size()))) {
    return evidence::Refuse("unreadable", "the statement cannot be read");
  }
  if (!leaf.author.empty() && !IsPersonId(leaf.author)) {
    return evidence::Refuse("bad_person", "the author cannot be a person");
  }
  if (as_of_ && SpeaksOf(body, at.time_us) > *as_of_) return absl::OkStatus();
  return Folder(*this, at, writing).Fold(body, touched);
}

// The newest entry of the log has no effect.
void AllianceState::SetEntryAside(v1::Party party, const std::string& reason) {
  SetAsideEntries& entries = Of(party).set_aside;
  SetAside added = {.index = Of(party).size - 1, .reason = reason};
  ++entries.count;
  CanonicalWriter writer;
  writer(entries.chain);
  writer(added);
  entries.chain = evidence::Sha256(writer.bytes());
  entries.newest.push_back(std::move(added));
  if (entries.newest.size() > limits_.set_aside_listed) {
    entries.newest.pop_front();
  }
  digest_.Touch(SetAsideItem(party));
}

absl::StatusOr<Touched> AllianceState::Fold(v1::Party party,
                                            const ledger::Leaf& leaf,
                                            absl::string_view body) {
  const PartyState& other = Of(ledger::Other(party));
  if (leaf.partner_size > other.size) {
    return absl::FailedPreconditionError(absl::StrCat(
        "entry ", Of(party).size, " had seen ", leaf.partner_size,
        " entries of the other log, of which ", other.size, " are here"));
  }
  Touched touched;
  const absl::Status folded =
      FoldBody(party, leaf, body, /*writing=*/false, &touched);
  if (!folded.ok()) {
    touched.set_aside = std::string(evidence::ReasonOf(folded));
    SetEntryAside(party, touched.set_aside);
  }
  return touched;
}

absl::StatusOr<Touched> AllianceState::FoldOrRefuse(v1::Party party,
                                                    const ledger::Leaf& leaf,
                                                    absl::string_view body) {
  PartyState& own = Of(party);
  const auto [size, partner_size, newest_time_us] =
      std::tuple(own.size, own.partner_size, own.newest_time_us);
  Touched touched;
  absl::Status folded = FoldBody(party, leaf, body, /*writing=*/true, &touched);
  if (!folded.ok()) {
    std::tie(own.size, own.partner_size, own.newest_time_us) =
        std::tuple(size, partner_size, newest_time_us);
    return folded;
  }
  return touched;
}

}  // namespace tallystick::alliance
