// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_view.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/alliance/plan_text.h"
#include "core/alliance/plan_violations.h"
#include "core/evidence/plain_text.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using expectation::Date;
using expectation::Topic;
using expectation::TopicRef;
using expectation::Value;

constexpr size_t kReasonSizeMax = 2000;

// What one cell says, or is to say.
struct Said {
  Version::Kind kind = Version::Kind::kValue;
  Value value;
  Date stated_on;
};

bool SameAnswer(const Said& a, const Said& b) {
  return a.kind == b.kind &&
         (a.kind != Version::Kind::kValue || a.value == b.value);
}

bool IsSet(const v1::RawValue& raw) {
  return raw.kind_case() != v1::RawValue::KIND_NOT_SET;
}

class Planner {
 public:
  Planner(const AllianceState& state, v1::Party own_party,
          const expectation::PartyNames& names, const Date& today)
      : state_(state), own_party_(own_party), names_(names), today_(today) {}

  void LoadPrivate(absl::Span<const PrivateAnswer> answers) {
    for (const auto& [slot, answer] : InForce(state_, own_party_, answers)) {
      private_[slot] = {Version::Kind::kValue, *answer.value, answer.stated_on};
    }
  }

  // What a file calls sealed goes out by no other row either.
  void MarkSealed(absl::Span<const ViewRow> rows);
  void Take(const ViewRow& row);

  absl::StatusOr<ViewPlan> Finish() && {
    TALLYSTICK_RETURN_IF_ERROR(ViolationsStatus(violations_));
    return std::move(plan_);
  }

 private:
  // A row whose topic and date have been understood.
  struct Subject {
    const ViewRow& row;
    const Topic& topic;
    TopicRef ref;
    Date stated_on;
    bool keep_private;
  };

  void Violate(const ViewRow& row, absl::string_view what) {
    violations_.push_back({row.line, absl::StrCat(row.topic, ": ", what)});
  }
  void ViolateAt(const ViewRow& row, int line, absl::string_view what) {
    violations_.push_back(
        {line > 0 ? line : row.line, absl::StrCat(row.topic, ": ", what)});
  }

  absl::StatusOr<Date> StatedOn(const ViewRow& row) const;
  bool FlagsFit(const ViewRow& row, bool keep_private);
  bool IsFirst(const Subject& subject, v1::Stance::Cell cell);
  void TakeCell(const Subject& subject, v1::Stance::Cell cell,
                const std::optional<v1::RawValue>& raw);
  void Withdraw(const Subject& subject, v1::Stance::Cell cell);
  bool Forget(const Subject& subject, v1::Stance::Cell cell);
  void State(const Subject& subject, v1::Stance::Cell cell, Said said);
  void StatePrivately(const Subject& subject, v1::Stance::Cell cell, Said said);
  void Declare(const Subject& subject, bool same);
  void Append(const Subject& subject, v1::Stance::Cell cell, const Said& said);

  std::vector<Said>& History(const Slot& slot);
  std::optional<std::string> PartnerHolds(const Subject& subject,
                                          v1::Stance::Cell cell);
  std::string TextOf(const Topic& topic, const Said& said) const;
  std::optional<std::string> Before(const Topic& topic,
                                    const std::vector<Said>& history) const;

  const AllianceState& state_;
  v1::Party own_party_;
  const expectation::PartyNames& names_;
  Date today_;
  // What the log says of a cell, with what earlier rows add; the newest last.
  std::map<Slot, std::vector<Said>> shared_;
  std::map<Slot, Said> private_;
  std::set<TopicRef> sealed_;
  // What the rows have said, and for which day.
  std::set<std::pair<Slot, Date>> said_;
  ViewPlan plan_;
  std::vector<Violation> violations_;
};

absl::StatusOr<Date> Planner::StatedOn(const ViewRow& row) const {
  if (row.stated.empty()) return today_;
  const auto date = expectation::ParseDate(row.stated);
  if (!date.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("stated: ", date.status().message()));
  }
  if (*date > today_) {
    return absl::InvalidArgumentError(absl::StrCat(
        "stated: ", row.stated,
        " has not come; an answer is stated on a day up to today, ",
        expectation::ToText(today_)));
  }
  return *date;
}

bool Planner::FlagsFit(const ViewRow& row, bool keep_private) {
  const bool own_value = row.own && IsSet(*row.own);
  const bool any_value =
      own_value || (row.prediction && IsSet(*row.prediction));
  const bool no_answer = row.decline || row.seal;
  if (row.decline + row.withdraw + row.seal > 1) {
    Violate(row, "decline, withdraw and sealed exclude each other");
  } else if (no_answer && own_value) {
    Violate(row, "an answer excludes decline and sealed");
  } else if (no_answer && keep_private) {
    Violate(row,
            "decline and sealed are said to the partner; leave the topic out "
            "to keep it private");
  } else if (row.withdraw && any_value) {
    Violate(row, "an answer and withdraw exclude each other");
  } else if (!no_answer && !row.withdraw && !row.own && !row.prediction &&
             !row.prediction_means_same) {
    Violate(row, "the row has no answer; give self, partner or both");
  } else if (!evidence::IsPlainText(row.reason, kReasonSizeMax)) {
    Violate(row, "reason: plain text of at most 2000 bytes");
  } else {
    return true;
  }
  return false;
}

void Planner::MarkSealed(absl::Span<const ViewRow> rows) {
  for (const ViewRow& row : rows) {
    if (!row.seal) continue;
    const auto ref =
        expectation::ParseTopicRef(row.topic, names_, state_.catalogue());
    if (ref.ok()) sealed_.insert(*ref);
  }
}

// False, and a violation, if another row has said the same cell on the same
// day: nobody could tell which one counts.
bool Planner::IsFirst(const Subject& subject, v1::Stance::Cell cell) {
  if (said_.insert({{subject.ref, cell}, subject.stated_on}).second) {
    return true;
  }
  Violate(subject.row, absl::StrCat("is answered twice for ",
                                    expectation::ToText(subject.stated_on)));
  return false;
}

void Planner::Take(const ViewRow& row) {
  const auto ref =
      expectation::ParseTopicRef(row.topic, names_, state_.catalogue());
  if (!ref.ok()) {
    violations_.push_back({row.line, std::string(ref.status().message())});
    return;
  }
  const Topic& topic = *state_.catalogue().Find(ref->topic);
  const bool keep_private =
      row.keep_private || topic.share == expectation::Share::kPrivate;
  const auto stated_on = StatedOn(row);
  if (!stated_on.ok()) Violate(row, stated_on.status().message());
  if (!FlagsFit(row, keep_private) || !stated_on.ok()) return;
  if (!row.seal && sealed_.contains(*ref)) {
    Violate(row,
            "is called sealed too; take the answer out of the file, or the "
            "topic out of sealed");
    return;
  }

  const Subject subject = {row, topic, *ref, *stated_on, keep_private};
  if (row.withdraw) {
    const bool both = !row.own && !row.prediction;
    if (both || row.own) Withdraw(subject, v1::Stance::OWN);
    if (both || row.prediction) Withdraw(subject, v1::Stance::PREDICTION);
    return;
  }
  if (row.decline || row.seal) {
    const auto kind =
        row.decline ? Version::Kind::kDeclined : Version::Kind::kSealed;
    if (IsFirst(subject, v1::Stance::OWN)) {
      State(subject, v1::Stance::OWN, {kind, Value(), *stated_on});
    }
  } else {
    TakeCell(subject, v1::Stance::OWN, row.own);
  }
  TakeCell(subject, v1::Stance::PREDICTION, row.prediction);
  if (row.prediction_means_same) Declare(subject, *row.prediction_means_same);
}

void Planner::TakeCell(const Subject& subject, v1::Stance::Cell cell,
                       const std::optional<v1::RawValue>& raw) {
  if (!raw || !IsFirst(subject, cell)) return;
  auto value = expectation::ParseAnswer(subject.topic, *raw, names_);
  if (!value.ok()) {
    ViolateAt(subject.row, raw->line(), value.status().message());
    return;
  }
  Said said = {Version::Kind::kValue, *std::move(value), subject.stated_on};
  if (subject.keep_private) {
    StatePrivately(subject, cell, std::move(said));
  } else {
    State(subject, cell, std::move(said));
  }
}

void Planner::Withdraw(const Subject& subject, v1::Stance::Cell cell) {
  const bool forgotten = Forget(subject, cell);
  const std::vector<Said>& history = History({subject.ref, cell});
  if (subject.keep_private || history.empty() ||
      (forgotten && history.back().kind == Version::Kind::kWithdrawn)) {
    if (!forgotten) ++plan_.unchanged;
    return;
  }
  State(subject, cell, {Version::Kind::kWithdrawn, Value(), subject.stated_on});
}

// Takes back the private answer, if there is one.
bool Planner::Forget(const Subject& subject, v1::Stance::Cell cell) {
  const auto held = private_.find({subject.ref, cell});
  if (held == private_.end()) return false;
  plan_.changes.push_back({.topic = subject.ref,
                           .cell = cell,
                           .before = TextOf(subject.topic, held->second),
                           .after = "withdrawn",
                           .disclosed = false,
                           .partner_holds = PartnerHolds(subject, cell)});
  plan_.private_answers.push_back({.topic = subject.ref,
                                   .cell = cell,
                                   .value = std::nullopt,
                                   .stated_on = subject.stated_on});
  private_.erase(held);
  return true;
}

void Planner::State(const Subject& subject, v1::Stance::Cell cell, Said said) {
  const Slot slot = {subject.ref, cell};
  std::vector<Said>& history = History(slot);
  const auto held = private_.find(slot);
  const bool dated = !subject.row.stated.empty();
  // The same again on a later day is a review: the answer is fresh by it.
  const bool repeats = held == private_.end() && !history.empty() &&
                       SameAnswer(history.back(), said) &&
                       history.back().stated_on >= said.stated_on;
  const bool on_record =
      dated &&
      std::any_of(history.begin(), history.end(), [&](const Said& earlier) {
        return earlier.stated_on == said.stated_on && SameAnswer(earlier, said);
      });
  if (repeats || on_record) {
    ++plan_.unchanged;
    return;
  }
  plan_.changes.push_back({.topic = subject.ref,
                           .cell = cell,
                           .before = held == private_.end()
                                         ? Before(subject.topic, history)
                                         : TextOf(subject.topic, held->second),
                           .after = TextOf(subject.topic, said),
                           .disclosed = true,
                           .partner_holds = std::nullopt});
  Append(subject, cell, said);
  history.push_back(std::move(said));
  if (held == private_.end()) return;
  // Its being later in the log is enough for what is stored; what an earlier
  // row would have stored is not.
  private_.erase(held);
  std::erase_if(plan_.private_answers, [&slot](const PrivateAnswer& answer) {
    return answer.value && Slot(answer.topic, answer.cell) == slot;
  });
}

void Planner::StatePrivately(const Subject& subject, v1::Stance::Cell cell,
                             Said said) {
  const Slot slot = {subject.ref, cell};
  const auto held = private_.find(slot);
  std::optional<std::string> before = Before(subject.topic, History(slot));
  if (held != private_.end()) {
    if (SameAnswer(held->second, said)) {
      ++plan_.unchanged;
      return;
    }
    before = TextOf(subject.topic, held->second);
  }
  plan_.changes.push_back({.topic = subject.ref,
                           .cell = cell,
                           .before = std::move(before),
                           .after = TextOf(subject.topic, said),
                           .disclosed = false,
                           .partner_holds = PartnerHolds(subject, cell)});
  plan_.private_answers.push_back({.topic = subject.ref,
                                   .cell = cell,
                                   .value = said.value,
                                   .stated_on = said.stated_on});
  private_[slot] = std::move(said);
}

void Planner::Append(const Subject& subject, v1::Stance::Cell cell,
                     const Said& said) {
  v1::Stance& stance = *plan_.stances.emplace_back().mutable_stance();
  stance.set_topic(subject.ref.topic);
  stance.set_about(subject.ref.about);
  stance.set_cell(cell);
  switch (said.kind) {
    case Version::Kind::kValue:
      *stance.mutable_value() = expectation::ValueToProto(said.value);
      break;
    case Version::Kind::kDeclined:
      stance.mutable_declined();
      break;
    case Version::Kind::kWithdrawn:
      stance.mutable_withdrawn();
      break;
    case Version::Kind::kSealed:
      stance.mutable_sealed();
      break;
  }
  // The day it is written goes without saying.
  if (said.stated_on != today_) {
    *stance.mutable_stated_on() = expectation::DateToProto(said.stated_on);
  }
  stance.set_reason(subject.row.reason);
}

// Whether the own text and the predicted one mean the same; of what the partner
// holds, with what this plan adds.
void Planner::Declare(const Subject& subject, bool same) {
  const auto text = [&](v1::Stance::Cell cell) -> const expectation::Text* {
    const std::vector<Said>& history = History({subject.ref, cell});
    return history.empty() || private_.contains({subject.ref, cell})
               ? nullptr
               : history.back().value.As<expectation::Text>();
  };
  if (subject.topic.answer_type != expectation::AnswerType::kText) {
    return Violate(subject.row,
                   "only of texts is it declared whether they mean the same");
  }
  const expectation::Text* own = text(v1::Stance::OWN);
  const expectation::Text* prediction = text(v1::Stance::PREDICTION);
  if (own == nullptr || prediction == nullptr) {
    return Violate(subject.row,
                   "to declare whether they mean the same, state both self and "
                   "partner, and neither privately");
  }
  const TextComparison said = {.topic = subject.ref,
                               .own = own->text,
                               .other = prediction->text,
                               .of_prediction = true,
                               .same_meaning = same,
                               .stated_on = subject.stated_on};
  const std::optional<bool> before = SaidOf(state_, own_party_, said);
  if (before == same) {
    ++plan_.unchanged;
    return;
  }
  const auto words = [](bool is_same) {
    return is_same ? "means the same as our own" : "does not mean the same";
  };
  ViewChange& change = plan_.changes.emplace_back();
  change.topic = subject.ref;
  change.cell = v1::Stance::PREDICTION;
  if (before) change.before = words(*before);
  change.after = words(same);
  plan_.stances.push_back(CompareTexts(said, today_));
}

std::vector<Said>& Planner::History(const Slot& slot) {
  const auto [found, added] = shared_.try_emplace(slot);
  if (added) {
    const Cell* cell = state_.FindCell({slot.first, own_party_, slot.second});
    if (cell != nullptr) {
      for (const Version& version : cell->recent) {
        found->second.push_back(
            {version.kind, version.value, version.stated_on});
      }
    }
  }
  return found->second;
}

std::optional<std::string> Planner::PartnerHolds(const Subject& subject,
                                                 v1::Stance::Cell cell) {
  const std::vector<Said>& history = History({subject.ref, cell});
  if (history.empty() || history.back().kind == Version::Kind::kWithdrawn) {
    return std::nullopt;
  }
  return TextOf(subject.topic, history.back());
}

std::string Planner::TextOf(const Topic& topic, const Said& said) const {
  switch (said.kind) {
    case Version::Kind::kDeclined:
      return "declined";
    case Version::Kind::kWithdrawn:
      return "withdrawn";
    case Version::Kind::kSealed:
      return "sealed";
    case Version::Kind::kValue:
      break;
  }
  return expectation::AnswerToText(topic, said.value, names_);
}

std::optional<std::string> Planner::Before(
    const Topic& topic, const std::vector<Said>& history) const {
  if (history.empty()) return std::nullopt;
  return TextOf(topic, history.back());
}

}  // namespace

absl::StatusOr<ViewPlan> PlanView(
    const AllianceState& state, v1::Party own_party,
    const expectation::PartyNames& names,
    absl::Span<const PrivateAnswer> private_answers,
    absl::Span<const ViewRow> rows, const expectation::Date& today) {
  Planner planner(state, own_party, names, today);
  planner.LoadPrivate(private_answers);
  planner.MarkSealed(rows);
  for (const ViewRow& row : rows) planner.Take(row);
  return std::move(planner).Finish();
}

}  // namespace tallystick::alliance
