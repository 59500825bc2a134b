// SPDX-License-Identifier: Apache-2.0
#include "node/api/expectation_api.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "core/alliance/agreed_topics.h"
#include "core/alliance/gap_notes.h"
#include "core/alliance/gap_report.h"
#include "core/alliance/plan_text.h"
#include "core/alliance/plan_view.h"
#include "core/expectation/answer.h"
#include "core/expectation/party_keys.h"
#include "node/api/gap_encoding.h"
#include "node/api/names.h"
#include "node/api/paging.h"
#include "node/api/private_view.h"
#include "node/api/score_encoding.h"
#include "node/engine/spaces.h"

namespace tallystick::node {
namespace {

using expectation::Topic;
using expectation::TopicRef;

Document PrivateDocument(const AllianceNode& alliance,
                         const alliance::PrivateAnswer& answer,
                         int64_t written_us) {
  const int cell = answer.cell == v1::Stance::OWN ? 1 : 2;
  std::string topic = answer.topic.topic;
  if (answer.topic.about != v1::PARTY_UNSPECIFIED) {
    absl::StrAppend(&topic, "@", expectation::KeyOf(answer.topic.about));
  }
  Document document = {
      .space = absl::StrCat(kPrivateSpacePrefix, alliance.name()),
      .key = absl::StrCat(topic, "\n", cell),
      .value = std::nullopt};
  if (!answer.value) return document;
  storage::v1::PrivateStance stance;
  stance.set_topic(answer.topic.topic);
  stance.set_about(answer.topic.about);
  stance.set_cell(cell);
  *stance.mutable_value() = expectation::ValueToProto(*answer.value);
  stance.set_written_us(written_us);
  stance.set_own_size(alliance.replica().own_log().size());
  *stance.mutable_stated_on() = expectation::DateToProto(answer.stated_on);
  document.value = stance.SerializeAsString();
  return document;
}

// Everything a call about topics looks at.
struct Subject {
  const AllianceNode& alliance;
  StateView state;
  alliance::AgreedTopics agreed;
  // Those in force.
  alliance::PrivateAnswers private_answers;
};

absl::StatusOr<Subject> ReadSubject(const Node& node,
                                    const AllianceNode& alliance,
                                    absl::string_view as_of) {
  TALLYSTICK_ASSIGN_OR_RETURN(StateView state,
                              ViewState(node, alliance, as_of));
  alliance::AgreedTopics agreed(*state, state.day);
  Subject subject = {alliance, std::move(state), std::move(agreed), {}};
  TALLYSTICK_ASSIGN_OR_RETURN(subject.private_answers,
                              PrivateInForce(alliance, subject.state));
  return subject;
}

absl::Status CheckLayer(const alliance::AllianceState& state,
                        const std::string& layer) {
  if (layer.empty() || state.catalogue().FindLayer(layer) != nullptr) {
    return absl::OkStatus();
  }
  std::string known;
  for (const expectation::Layer& each : state.catalogue().layers) {
    absl::StrAppend(&known, known.empty() ? "" : ", ", each.id);
  }
  return absl::InvalidArgumentError(absl::StrCat("there is no layer \"", layer,
                                                 "\"; the layers are ", known));
}

absl::Status CheckPosition(const expectation::Catalogue& catalogue,
                           const std::string& position) {
  if (position.empty() || catalogue.HasPosition(position)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "there is no position \"", position, "\"; the positions are ",
      absl::StrJoin(catalogue.positions, ", ")));
}

// The instances of the topics of a layer that can be named: before the partner
// has joined nothing can be said about it.
std::vector<std::pair<TopicRef, const Topic*>> Instances(
    const AllianceNode& alliance, const std::string& layer) {
  std::vector<std::pair<TopicRef, const Topic*>> instances;
  for (const Topic& topic : alliance.state().catalogue().topics) {
    if (!layer.empty() && topic.layer != layer) continue;
    if (!topic.per_party) {
      instances.push_back({{topic.id, v1::PARTY_UNSPECIFIED}, &topic});
      continue;
    }
    for (const v1::Party about : {v1::PARTY_A, v1::PARTY_B}) {
      if (alliance.ShortName(about).empty()) continue;
      instances.push_back({{topic.id, about}, &topic});
    }
  }
  return instances;
}

v1::ViewCell EncodeVersion(const Subject& subject, const Topic& topic,
                           const alliance::Version& version,
                           v1::Stance::Cell cell) {
  v1::ViewCell message;
  switch (version.kind) {
    case alliance::Version::Kind::kValue:
      message.set_state(v1::ViewCell::STATED);
      message.set_text(expectation::AnswerToText(topic, version.value,
                                                 subject.alliance.names()));
      *message.mutable_raw() = expectation::AnswerToRaw(
          topic, version.value, subject.alliance.names());
      if (cell == v1::Stance::PREDICTION) message.set_blind(version.blind);
      break;
    case alliance::Version::Kind::kDeclined:
      message.set_state(v1::ViewCell::DECLINED);
      break;
    case alliance::Version::Kind::kWithdrawn:
      message.set_state(v1::ViewCell::WITHDRAWN);
      break;
    case alliance::Version::Kind::kSealed:
      message.set_state(v1::ViewCell::SEALED);
      break;
  }
  message.set_stated(expectation::ToText(version.stated_on));
  message.set_written(TimeText(version.at.time_us));
  message.set_index(version.at.index);
  message.set_reason(version.reason);
  return message;
}

// `open`: what the log says of the same cell, if anything.
v1::ViewCell EncodePrivate(const Subject& subject, const Topic& topic,
                           const alliance::PrivateAnswer& answer,
                           const alliance::Cell* open) {
  const expectation::PartyNames& names = subject.alliance.names();
  v1::ViewCell message;
  message.set_state(v1::ViewCell::PRIVATE);
  message.set_text(expectation::AnswerToText(topic, *answer.value, names));
  *message.mutable_raw() =
      expectation::AnswerToRaw(topic, *answer.value, names);
  message.set_stated(expectation::ToText(answer.stated_on));
  if (open != nullptr &&
      open->current().kind != alliance::Version::Kind::kWithdrawn) {
    message.set_partner_holds(
        alliance::CellText(topic, open->current(), names));
  }
  return message;
}

v1::ViewCell EncodeCell(const Subject& subject, const Topic& topic,
                        const alliance::CellKey& key) {
  const alliance::Cell* cell = subject.state->FindCell(key);
  if (key.party == subject.alliance.own_party()) {
    const auto held = subject.private_answers.find({key.topic, key.cell});
    if (held != subject.private_answers.end()) {
      return EncodePrivate(subject, topic, held->second, cell);
    }
  }
  if (cell != nullptr) {
    return EncodeVersion(subject, topic, cell->current(), key.cell);
  }
  v1::ViewCell message;
  message.set_state(v1::ViewCell::UNSTATED);
  return message;
}

bool IsStated(const Subject& subject, const TopicRef& ref,
              v1::Stance::Cell cell) {
  if (subject.private_answers.contains({ref, cell})) return true;
  const alliance::Cell* held =
      subject.state->FindCell({ref, subject.alliance.own_party(), cell});
  return held != nullptr &&
         held->current().kind != alliance::Version::Kind::kWithdrawn;
}

std::string Prompt(const Subject& subject, const TopicRef& ref,
                   const std::string& prompt) {
  if (ref.about == v1::PARTY_UNSPECIFIED) return prompt;
  const std::string name = subject.alliance.ShortName(ref.about);
  return absl::StrReplaceAll(
      prompt, {{"the named party", name}, {"The named party", name}});
}

v1::Topic EncodeTopic(const Subject& subject, const TopicRef& ref,
                      const Topic& topic) {
  const expectation::PartyNames& names = subject.alliance.names();
  v1::Topic message;
  message.set_topic(expectation::FormatTopicRef(ref, names));
  message.set_name(absl::StrCat(AllianceName(subject.alliance), "/topics/",
                                message.topic()));
  message.set_layer(topic.layer);
  message.set_title(topic.title);
  message.set_prompt_own(Prompt(subject, ref, topic.prompt_own));
  message.set_prompt_partner(Prompt(subject, ref, topic.prompt_partner));
  message.set_answer_type(std::string(ToText(topic.answer_type)));
  for (const std::string& option :
       topic.options.empty() ? topic.items : topic.options) {
    message.add_options(option);
  }
  message.set_unit(topic.unit.empty() ? topic.currency : topic.unit);
  message.set_weight(topic.weight);
  message.set_tolerance(topic.tolerance);
  message.set_share(std::string(ToText(topic.share)));
  message.set_review_days(topic.review_days);
  message.set_own_stated(IsStated(subject, ref, v1::Stance::OWN));
  message.set_prediction_stated(IsStated(subject, ref, v1::Stance::PREDICTION));
  if (const alliance::AgreedTopic* agreed = subject.agreed.Find(ref)) {
    message.set_agreed(expectation::AnswerToText(topic, agreed->value, names));
  }
  message.set_example(expectation::AnswerExample(topic, names));
  return message;
}

alliance::ViewRow DecodeRow(const v1::ViewRow& row) {
  alliance::ViewRow decoded = {.topic = row.topic(),
                               .own = std::nullopt,
                               .prediction = std::nullopt,
                               .stated = row.stated(),
                               .reason = row.reason(),
                               .decline = row.decline(),
                               .seal = row.seal(),
                               .withdraw = row.withdraw(),
                               .prediction_means_same = std::nullopt,
                               .keep_private = row.private_(),
                               .line = row.line()};
  if (row.has_prediction_means_same()) {
    decoded.prediction_means_same = row.prediction_means_same();
  }
  if (row.has_own()) decoded.own = row.own();
  if (row.has_prediction()) decoded.prediction = row.prediction();
  return decoded;
}

v1::ApplyViewResponse EncodePlan(const AllianceNode& alliance,
                                 const alliance::ViewPlan& plan) {
  v1::ApplyViewResponse response;
  for (const alliance::ViewChange& change : plan.changes) {
    v1::ApplyViewResponse::Change& message = *response.add_changes();
    message.set_topic(
        expectation::FormatTopicRef(change.topic, alliance.names()));
    message.set_cell(change.cell == v1::Stance::OWN ? "own" : "prediction");
    if (change.before) message.set_before(*change.before);
    message.set_after(change.after);
    message.set_disclosed(change.disclosed);
    if (change.partner_holds) message.set_partner_holds(*change.partner_holds);
  }
  response.set_unchanged(plan.unchanged);
  return response;
}

}  // namespace

absl::StatusOr<v1::ListTopicsResponse> ListTopics(
    Node& node, const v1::ListTopicsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_RETURN_IF_ERROR(CheckLayer(alliance->state(), request.layer()));
  TALLYSTICK_ASSIGN_OR_RETURN(const Subject subject,
                              ReadSubject(node, *alliance, ""));
  TALLYSTICK_ASSIGN_OR_RETURN(const size_t size,
                              ReadPageSize(request.page_size()));
  const std::string list =
      absl::StrCat("topics\n", alliance->name(), "\n", request.layer());
  size_t next = 0;
  if (!request.page_token().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<uint64_t> place,
                                ParseToken(list, request.page_token(), 1));
    next = place[0];
  }
  const auto instances = Instances(*alliance, request.layer());
  v1::ListTopicsResponse response;
  for (; next < instances.size(); ++next) {
    if (static_cast<size_t>(response.topics_size()) == size) {
      response.set_next_page_token(FormatToken(list, {next}));
      break;
    }
    const auto& [ref, topic] = instances[next];
    v1::Topic message = EncodeTopic(subject, ref, *topic);
    if (request.missing() && message.own_stated() &&
        message.prediction_stated()) {
      continue;
    }
    *response.add_topics() = std::move(message);
  }
  return response;
}

absl::StatusOr<v1::View> GetView(Node& node,
                                 const v1::GetViewRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_RETURN_IF_ERROR(CheckLayer(alliance->state(), request.layer()));
  TALLYSTICK_ASSIGN_OR_RETURN(const Subject subject,
                              ReadSubject(node, *alliance, request.as_of()));
  const v1::Party own = alliance->own_party();
  const v1::Party partner = alliance->partner_party();
  v1::View view;
  view.set_alliance(alliance->name());
  view.set_party(alliance->ShortName(own));
  view.set_partner(alliance->ShortName(partner));
  for (const auto& [ref, topic] : Instances(*alliance, request.layer())) {
    v1::ViewTopic& message = *view.add_topics();
    message.set_topic(expectation::FormatTopicRef(ref, alliance->names()));
    message.set_title(topic->title);
    *message.mutable_own() =
        EncodeCell(subject, *topic, {ref, own, v1::Stance::OWN});
    *message.mutable_prediction() =
        EncodeCell(subject, *topic, {ref, own, v1::Stance::PREDICTION});
    *message.mutable_partner_own() =
        EncodeCell(subject, *topic, {ref, partner, v1::Stance::OWN});
    *message.mutable_partner_prediction() =
        EncodeCell(subject, *topic, {ref, partner, v1::Stance::PREDICTION});
  }
  return view;
}

absl::StatusOr<v1::ApplyViewResponse> ApplyView(
    Node& node, const v1::ApplyViewRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const auto private_answers,
                              ReadPrivate(*alliance));
  std::vector<alliance::ViewRow> rows;
  for (const v1::ViewRow& row : request.rows()) rows.push_back(DecodeRow(row));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const alliance::ViewPlan plan,
      alliance::PlanView(alliance->state(), alliance->own_party(),
                         alliance->names(), private_answers, rows,
                         Today(node)));
  if (!request.validate_only()) {
    TALLYSTICK_RETURN_IF_ERROR(
        node.Append(*alliance, plan.stances, request.author()));
    for (const alliance::PrivateAnswer& answer : plan.private_answers) {
      node.Put(PrivateDocument(*alliance, answer, node.NowMicros()));
    }
  }
  return EncodePlan(*alliance, plan);
}

absl::StatusOr<v1::ConfirmTextResponse> ConfirmText(
    Node& node, const v1::ConfirmTextRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const alliance::TextPlan plan,
      alliance::PlanText(alliance->state(), alliance->own_party(),
                         alliance->names(),
                         {.topic = request.topic(),
                          .same_meaning = !request.differs(),
                          .of_prediction = request.of_prediction(),
                          .stated = request.stated(),
                          .own_hash = request.own_hash(),
                          .other_hash = request.other_hash()},
                         Today(node)));
  if (plan.statement && !request.validate_only()) {
    TALLYSTICK_RETURN_IF_ERROR(
        node.Append(*alliance, {&*plan.statement, 1}, request.author()));
  }
  v1::ConfirmTextResponse response;
  response.set_topic(
      expectation::FormatTopicRef(plan.topic, alliance->names()));
  response.set_own(plan.own);
  response.set_other(plan.other);
  response.set_same_meaning(!request.differs());
  response.set_unchanged(!plan.statement);
  if (plan.partner_says_same) {
    response.set_partner_says_same(*plan.partner_says_same);
  }
  return response;
}

absl::StatusOr<v1::GetGapsResponse> GetGaps(Node& node,
                                            const v1::GetGapsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_RETURN_IF_ERROR(CheckLayer(alliance->state(), request.layer()));
  TALLYSTICK_RETURN_IF_ERROR(
      CheckPosition(alliance->state().catalogue(), request.position()));
  std::optional<TopicRef> only;
  if (!request.topic().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        only, expectation::ParseTopicRef(request.topic(), alliance->names(),
                                         alliance->state().catalogue()));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(Subject subject,
                              ReadSubject(node, *alliance, request.as_of()));
  const StateView& state = subject.state;
  alliance::GapQuestion question = {
      .own_party = alliance->own_party(),
      .names = alliance->names(),
      .on = state.day,
      .position = std::nullopt,
      .private_answers = std::move(subject.private_answers)};
  if (!request.position().empty()) question.position = request.position();
  const alliance::GapReport report = alliance::CompareViews(*state, question);
  v1::GetGapsResponse response;
  for (const alliance::GapRow& row : report.rows) {
    if (!request.layer().empty() && row.topic->layer != request.layer()) {
      continue;
    }
    if (only && row.ref != *only) continue;
    *response.add_gaps() = EncodeGap(row, alliance->names());
  }
  EncodeScores(report, alliance->own_party(), state->catalogue(), response);
  for (const alliance::GapNote& note : alliance::FindNotes(
           state->catalogue(), report.rows, alliance->own_party())) {
    *response.add_notes() = EncodeNote(note, alliance->names());
  }
  response.set_own(alliance->ShortName(alliance->own_party()));
  response.set_partner(alliance->ShortName(alliance->partner_party()));
  response.set_own_size(state->size(alliance->own_party()));
  response.set_partner_size(state->size(alliance->partner_party()));
  response.set_as_of(expectation::ToText(state.day));
  return response;
}

}  // namespace tallystick::node
