// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_records.h"

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/alliance/plan_violations.h"
#include "core/alliance/readings.h"
#include "core/canonical.h"
#include "core/expectation/unicode.h"
#include "core/record/record.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using expectation::Decimal;
using record::Record;
using record::Type;

// Whether two records say the same of what happened.
bool SameStatement(const Record& a, const Record& b) {
  const auto statement = [](const Record& record) {
    CanonicalWriter writer;
    writer(record.on);
    writer(record.kind);
    writer(record.title);
    writer(record.claimed);
    writer(record.currency);
    writer(record.details);
    return writer.Take();
  };
  return statement(a) == statement(b);
}

// Each party has its own estimate, and its own view of its part.
bool EachClaimsItsOwn(Type type) {
  return type == Type::kRisk || type == Type::kShareClaim;
}

class Planner {
 public:
  Planner(const AllianceState& state, v1::Party own_party,
          const expectation::PartyNames& names, const PlanDays& days,
          const UidSource& new_uid)
      : state_(state),
        own_party_(own_party),
        names_(names),
        days_(days),
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
  std::optional<expectation::Date> Day(const RecordRow& row,
                                       absl::string_view field,
                                       const std::string& text);
  bool CheckReference(const RecordRow& row);
  // Who is to claim the row; unspecified: whoever comes first. None: a
  // violation.
  std::optional<v1::Party> ClaimantOf(const RecordRow& row);
  std::optional<v1::RecordClaim> ReadRow(const RecordRow& row,
                                         v1::Party claimant);
  const Record* HeldBy(v1::Party party, const Record& wanted) const;
  void Claim(const RecordRow& row, v1::RecordClaim claim, const Record& wanted);
  void ClaimUnlessTheyDid(const RecordRow& row, v1::RecordClaim claim,
                          const Record& wanted);
  void Acknowledge(const RecordRow& row, const Record& wanted);
  void AddAnswer(const Record& held, const std::optional<Decimal>& quantity,
                 const expectation::Date& on);

  const AllianceState& state_;
  v1::Party own_party_;
  const expectation::PartyNames& names_;
  PlanDays days_;
  const UidSource& new_uid_;
  std::set<std::pair<std::string, std::string>> seen_;
  RecordPlan plan_;
  std::vector<Violation> violations_;
};

std::optional<expectation::Date> Planner::Day(const RecordRow& row,
                                              absl::string_view field,
                                              const std::string& text) {
  const auto day = expectation::ParseDate(text);
  if (!day.ok()) {
    Violate(row, absl::StrCat(field, ": ", day.status().message()));
  } else if (*day > days_.today) {
    Violate(row, absl::StrCat(field, ": ", text, " has not come"));
  } else {
    return *day;
  }
  return std::nullopt;
}

bool Planner::CheckReference(const RecordRow& row) {
  if (row.reference.empty()) {
    Violate(row,
            "the row has no id; without one it could not be told from others "
            "when the file is applied again");
    return false;
  }
  if (!seen_.emplace(record::ReferenceScope(row.type, row.kind), row.reference)
           .second) {
    Violate(row, absl::StrCat("the id stands twice for ",
                              row.kind.empty()
                                  ? std::string(record::ToText(row.type))
                                  : expectation::Excerpt(row.kind)));
    return false;
  }
  return true;
}

std::optional<v1::Party> Planner::ClaimantOf(const RecordRow& row) {
  if (row.giver.empty()) {
    if (row.type == Type::kContribution || row.type == Type::kBenefit ||
        row.type == Type::kUpkeep || row.type == Type::kKnowledge ||
        row.type == Type::kCommitment) {
      Violate(row, absl::StrCat("giver: \"\" is not a party; write ", names_.a,
                                " or ", names_.b));
      return std::nullopt;
    }
    return EachClaimsItsOwn(row.type) ? own_party_ : v1::PARTY_UNSPECIFIED;
  }
  const v1::Party giver = names_.Find(row.giver);
  if (giver != v1::PARTY_UNSPECIFIED) return giver;
  Violate(row, absl::StrCat("giver: \"", expectation::Excerpt(row.giver),
                            "\" is not a party; write ", names_.a, " or ",
                            names_.b));
  return std::nullopt;
}

std::optional<v1::RecordClaim> Planner::ReadRow(const RecordRow& row,
                                                v1::Party claimant) {
  const auto day =
      row.date.empty() ? days_.undated_on : Day(row, "date", row.date);
  auto claim = ClaimOf(row, claimant, names_);
  if (!claim.ok()) Violate(row, claim.status().message());
  if (!day || !claim.ok()) return std::nullopt;
  *claim->mutable_on() = expectation::DateToProto(*day);
  claim->set_uid(new_uid_());
  const auto record = record::ReadClaim(*claim);
  const absl::Status sound =
      record.ok() ? CheckReading(state_.catalogue(), *record) : record.status();
  if (!sound.ok()) {
    Violate(row, sound.message());
    return std::nullopt;
  }
  return *std::move(claim);
}

void Planner::Take(const RecordRow& row) {
  const std::optional<v1::Party> claimant = ClaimantOf(row);
  const bool named = CheckReference(row);
  const v1::Party writer =
      claimant.value_or(v1::PARTY_UNSPECIFIED) == v1::PARTY_UNSPECIFIED
          ? own_party_
          : *claimant;
  std::optional<v1::RecordClaim> claim = ReadRow(row, writer);
  if (!claimant || !named || !claim) return;
  const Record wanted = *record::ReadClaim(*claim);
  if (*claimant == own_party_) {
    Claim(row, *std::move(claim), wanted);
  } else if (*claimant == v1::PARTY_UNSPECIFIED) {
    ClaimUnlessTheyDid(row, *std::move(claim), wanted);
  } else {
    Acknowledge(row, wanted);
  }
}

// A reading is found by what it is of, all else by its reference.
const Record* Planner::HeldBy(v1::Party party, const Record& wanted) const {
  if (const auto* reading = std::get_if<record::Reading>(&wanted.details)) {
    return state_.FindReading(party, {wanted.kind, reading->about, wanted.on});
  }
  return state_.FindRecordByReference(party, record::TypeOf(wanted.details),
                                      wanted.kind, wanted.reference);
}

void Planner::Claim(const RecordRow& row, v1::RecordClaim claim,
                    const Record& wanted) {
  if (const Record* held = HeldBy(own_party_, wanted)) {
    Record compared = wanted;
    if (row.date.empty()) {
      compared.on = held->on;
      *claim.mutable_on() = expectation::DateToProto(held->on);
    }
    if (SameStatement(compared, *held) && wanted.note == held->note) {
      ++plan_.unchanged;
      return;
    }
    claim.set_corrects_uid(held->uid);
    plan_.replaced.push_back(row.reference);
  }
  ++plan_.claimed;
  *plan_.statements.emplace_back().mutable_record_claim() = std::move(claim);
}

void Planner::ClaimUnlessTheyDid(const RecordRow& row, v1::RecordClaim claim,
                                 const Record& wanted) {
  const Record* theirs = HeldBy(ledger::Other(own_party_), wanted);
  if (theirs != nullptr) {
    Record compared = wanted;
    if (row.date.empty()) compared.on = theirs->on;
    const bool same = record::TypeOf(wanted.details) == Type::kReading
                          ? theirs->claimed == wanted.claimed
                          : SameStatement(compared, *theirs);
    if (same && HeldBy(own_party_, wanted) == nullptr) {
      if (theirs->answer && theirs->answer->acknowledges) {
        ++plan_.unchanged;
      } else {
        AddAnswer(*theirs, std::nullopt, theirs->on);
      }
      return;
    }
    if (!same) {
      plan_.conflicting.push_back(
          absl::StrCat(row.kind.empty() ? row.reference : row.kind, " ",
                       expectation::ToText(compared.on)));
    }
  }
  Claim(row, std::move(claim), wanted);
}

void Planner::Acknowledge(const RecordRow& row, const Record& wanted) {
  if (row.acknowledged.empty()) return;
  const auto value = expectation::ParseDecimal(row.acknowledged);
  if (!value.ok()) {
    return Violate(row,
                   absl::StrCat("acknowledged: ", value.status().message()));
  }
  if (value->unscaled < 0) {
    return Violate(row,
                   "acknowledged: what is acknowledged is not less than 0");
  }
  std::optional<expectation::Date> on;
  if (!row.acknowledged_on.empty()) {
    on = Day(row, "acknowledged_on", row.acknowledged_on);
    if (!on) return;
  }
  const Record* held = HeldBy(ledger::Other(own_party_), wanted);
  if (held == nullptr) {
    plan_.waiting.push_back(row.reference);
    return;
  }
  if (record::Acknowledged(*held) == *value) {
    ++plan_.unchanged;
    return;
  }
  AddAnswer(*held, *value, on.value_or(held->on));
}

void Planner::AddAnswer(const Record& held,
                        const std::optional<Decimal>& quantity,
                        const expectation::Date& on) {
  v1::RecordAnswer& answer =
      *plan_.statements.emplace_back().mutable_record_answer();
  answer.mutable_record()->set_party(held.at.party);
  answer.mutable_record()->set_uid(held.uid);
  v1::RecordAnswer::Acknowledgement& acknowledgement =
      *answer.mutable_acknowledgement();
  if (quantity) {
    *acknowledgement.mutable_quantity() =
        expectation::DecimalToProto(*quantity);
  }
  if (on < days_.today) {
    *answer.mutable_answered_on() = expectation::DateToProto(on);
  }
  ++plan_.acknowledged;
}

}  // namespace

absl::StatusOr<RecordPlan> PlanRecords(const AllianceState& state,
                                       v1::Party own_party,
                                       const expectation::PartyNames& names,
                                       absl::Span<const RecordRow> rows,
                                       const PlanDays& days,
                                       const UidSource& new_uid) {
  Planner planner(state, own_party, names, days, new_uid);
  for (const RecordRow& row : rows) planner.Take(row);
  return std::move(planner).Finish();
}

}  // namespace tallystick::alliance
