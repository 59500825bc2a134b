// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_records.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/alliance/plan_violations.h"
#include "core/expectation/unicode.h"
#include "core/record/record.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using expectation::Decimal;

class Planner {
 public:
  Planner(const AllianceState& state, v1::Party own_party,
          const expectation::PartyNames& names, const expectation::Date& today,
          const UidSource& new_uid)
      : state_(state),
        own_party_(own_party),
        names_(names),
        today_(today),
        new_uid_(new_uid) {}

  void Take(const RecordRow& row);

  absl::StatusOr<RecordPlan> Finish() && {
    TALLYSTICK_RETURN_IF_ERROR(ViolationsStatus(violations_));
    return std::move(plan_);
  }

 private:
  void Violate(const RecordRow& row, absl::string_view what) {
    const std::string reference = expectation::Excerpt(row.reference);
    violations_.push_back(
        {row.line, reference.empty() ? std::string(what)
                                     : absl::StrCat(reference, ": ", what)});
  }
  std::optional<Decimal> Number(const RecordRow& row, absl::string_view field,
                                const std::string& text);
  void Claim(const RecordRow& row, const v1::RecordClaim& claim);
  void Acknowledge(const RecordRow& row, v1::Party giver);

  const AllianceState& state_;
  v1::Party own_party_;
  const expectation::PartyNames& names_;
  expectation::Date today_;
  const UidSource& new_uid_;
  std::set<std::pair<std::string, std::string>> seen_;
  RecordPlan plan_;
  std::vector<Violation> violations_;
};

std::optional<Decimal> Planner::Number(const RecordRow& row,
                                       absl::string_view field,
                                       const std::string& text) {
  const auto number = expectation::ParseDecimal(text);
  if (number.ok()) return *number;
  Violate(row, absl::StrCat(field, ": ", number.status().message()));
  return std::nullopt;
}

void Planner::Take(const RecordRow& row) {
  const v1::Party giver = names_.Find(row.giver);
  if (giver == v1::PARTY_UNSPECIFIED) {
    Violate(row, absl::StrCat("giver: \"", expectation::Excerpt(row.giver),
                              "\" is not a party; write ", names_.a, " or ",
                              names_.b));
  }
  if (row.reference.empty()) {
    Violate(row,
            "the row has no id; without one it could not be told from others "
            "when the file is applied again");
  } else if (!seen_.emplace(row.kind, row.reference).second) {
    Violate(row, absl::StrCat("the id stands twice for ",
                              expectation::Excerpt(row.kind)));
  }
  v1::RecordClaim claim;
  const auto day = expectation::ParseDate(row.date);
  if (!day.ok()) {
    Violate(row, absl::StrCat("date: ", day.status().message()));
  } else if (*day > today_) {
    Violate(row, absl::StrCat("date: ", row.date, " has not come"));
  } else {
    *claim.mutable_on() = expectation::DateToProto(*day);
  }
  const auto quantity = Number(row, "claimed", row.claimed);
  if (!quantity || !claim.has_on() || giver == v1::PARTY_UNSPECIFIED) return;
  claim.set_uid(new_uid_());
  claim.set_reference(row.reference);
  claim.set_note(row.note);
  claim.mutable_contribution()->set_kind(row.kind);
  *claim.mutable_contribution()->mutable_quantity() =
      expectation::DecimalToProto(*quantity);
  if (const auto sound = record::ReadClaim(claim); !sound.ok()) {
    Violate(row, sound.status().message());
    return;
  }
  if (giver == own_party_) {
    Claim(row, claim);
  } else {
    Acknowledge(row, giver);
  }
}

void Planner::Claim(const RecordRow& row, const v1::RecordClaim& claim) {
  const record::Record* held =
      state_.FindRecordByReference(own_party_, row.kind, row.reference);
  v1::Body body;
  *body.mutable_record_claim() = claim;
  if (held != nullptr) {
    const auto wanted = record::ReadClaim(claim);
    if (wanted->claimed == held->claimed && wanted->on == held->on &&
        wanted->note == held->note) {
      ++plan_.unchanged;
      return;
    }
    body.mutable_record_claim()->set_corrects_uid(held->uid);
  }
  ++plan_.claimed;
  plan_.statements.push_back(std::move(body));
}

void Planner::Acknowledge(const RecordRow& row, v1::Party giver) {
  if (row.acknowledged.empty()) return;
  const auto value = Number(row, "acknowledged", row.acknowledged);
  if (!value) return;
  if (value->unscaled < 0) {
    Violate(row, "acknowledged: what is acknowledged is not less than 0");
    return;
  }
  const record::Record* held =
      state_.FindRecordByReference(giver, row.kind, row.reference);
  if (held == nullptr) {
    plan_.waiting.push_back(row.reference);
    return;
  }
  if (held->answer && held->answer->acknowledged == *value) {
    ++plan_.unchanged;
    return;
  }
  v1::RecordAnswer& answer =
      *plan_.statements.emplace_back().mutable_record_answer();
  answer.mutable_record()->set_party(giver);
  answer.mutable_record()->set_uid(held->uid);
  *answer.mutable_acknowledgement()->mutable_quantity() =
      expectation::DecimalToProto(*value);
  ++plan_.acknowledged;
}

}  // namespace

absl::StatusOr<RecordPlan> PlanRecords(const AllianceState& state,
                                       v1::Party own_party,
                                       const expectation::PartyNames& names,
                                       absl::Span<const RecordRow> rows,
                                       const expectation::Date& today,
                                       const UidSource& new_uid) {
  Planner planner(state, own_party, names, today, new_uid);
  for (const RecordRow& row : rows) planner.Take(row);
  return std::move(planner).Finish();
}

}  // namespace tallystick::alliance
