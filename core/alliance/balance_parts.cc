// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/balance_parts.h"

#include "absl/strings/str_cat.h"

namespace tallystick::alliance {
namespace {

using expectation::Decimal;
using record::Dimension;
using record::Record;

constexpr int kDayDigits = 2;
// Of the time of leaves, which is never before 1970.
constexpr int64_t kDayUs = int64_t{24} * 3600 * 1'000'000;

// In 10^-9, exactly.
record::Units Fine(Decimal number) {
  record::Units units = number.unscaled;
  for (uint32_t i = number.scale; i < expectation::kScaleMax; ++i) units *= 10;
  return units;
}

Decimal RestOf(Decimal part) {
  int64_t whole = 1;
  for (uint32_t i = 0; i < part.scale; ++i) whole *= 10;
  return expectation::MakeDecimal(whole - part.unscaled, part.scale);
}

// By what two records of the two logs are known to be of the same thing.
std::string NameOf(const Record& record) {
  const std::string& name =
      record.reference.empty() ? record.title : record.reference;
  return absl::StrCat(record.kind, "\n", name);
}

// What is acknowledged: nothing of what is disputed; none before an answer.
std::optional<Decimal> AnsweredWith(const Record& record) {
  if (!record.answer) return std::nullopt;
  return record::Acknowledged(record).value_or(Decimal{});
}

}  // namespace

BalanceParts::BalanceParts(const record::BalanceTerms& terms,
                           const expectation::Date& day)
    : terms_(terms),
      today_(expectation::DayNumber(day)),
      inputs_(terms),
      inputs_acknowledged_(terms),
      benefit_(terms),
      benefit_acknowledged_(terms),
      knowledge_(terms),
      commitment_(terms),
      upkeep_(terms) {}

void BalanceParts::Take(const Record& record) {
  switch (record::TypeOf(record.details)) {
    case record::Type::kContribution:
      return TakeContribution(record);
    case record::Type::kBenefit:
      return TakeBenefit(record);
    case record::Type::kUpkeep:
      return AddFigure(record, *record.claimed, upkeep_);
    case record::Type::kKnowledge:
      return TakeKnowledge(record);
    case record::Type::kCommitment:
      return TakeCommitment(record);
    case record::Type::kRisk:
      risks_[record.reference.empty() ? record.title : record.reference].Of(
          record.at.party) = &record;
      return;
    case record::Type::kOwnedResult:
      results_[NameOf(record)].Of(record.at.party) = &record;
      return;
    case record::Type::kShareClaim:
      shares_[record.kind].Of(record.at.party) = &record;
      return;
    case record::Type::kReading:
    case record::Type::kMeeting:
    case record::Type::kMilestone:
    case record::Type::kConflict:
      return;
  }
}

void BalanceParts::AddFigure(const Record& record, Decimal figure,
                             DimensionSums& sums) const {
  if (record.currency.empty()) {
    return sums.AddQuantity(record.at.party, record.kind, figure, record.on);
  }
  const auto units = record::ToUnits(figure, record::DigitsOf(record.currency));
  if (!units.ok()) {
    return sums.AddTrouble(record.at.party, record.kind,
                           units.status().message());
  }
  sums.Add(record.at.party, record.kind, *units, record.currency, record.on);
}

void BalanceParts::AddBoth(const Record& record, DimensionSums& claimed,
                           DimensionSums& acknowledged) {
  AddFigure(record, *record.claimed, claimed);
  if (const auto answer = AnsweredWith(record)) {
    AddFigure(record, *answer, acknowledged);
  } else {
    acknowledged.AddUnknown(record.at.party);
  }
}

// Most records are contributions, so each is valued once.
void BalanceParts::TakeContribution(const Record& record) {
  const v1::Party party = record.at.party;
  const std::optional<Decimal> answer = AnsweredWith(record);
  const DimensionSums::Value claimed =
      record::ValueOf(terms_.rates, record.kind, *record.claimed, record.on);
  const DimensionSums::Value acknowledged =
      answer && answer != record.claimed
          ? record::ValueOf(terms_.rates, record.kind, *answer, record.on)
          : claimed;
  inputs_.AddLine(party, record.kind, claimed, record.on);
  if (answer) {
    inputs_acknowledged_.AddLine(party, record.kind, acknowledged, record.on);
  } else {
    inputs_acknowledged_.AddUnknown(party);
  }
  const record::Answered answered = record::AnsweredBy(
      answer.has_value(), today_ - record.at.time_us / kDayUs);
  Kind& kind = kinds_[party == v1::PARTY_A ? 0 : 1][record.kind];
  kind.quantities.Add(answered, Fine(*record.claimed),
                      Fine(answer.value_or(Decimal{})));
  if (!claimed.ok() || !acknowledged.ok() || !*claimed) {
    kind.unvalued = true;
    return;
  }
  if (kind.unit != (*claimed)->currency) {
    kind.unit = std::string((*claimed)->currency);
  }
  kind.values.Add(answered, (*claimed)->units, (*acknowledged)->units);
}

void BalanceParts::TakeBenefit(const Record& record) {
  AddBoth(record, benefit_, benefit_acknowledged_);
  if (record.answer) benefit_answered_ = true;
}

void BalanceParts::TakeKnowledge(const Record& record) {
  if (record.kind != record::kPoints) {
    return AddFigure(record, *record.claimed, knowledge_);
  }
  const auto units =
      record::ToUnits(*record.claimed, record::DigitsOf(record::kPoints));
  if (!units.ok()) {
    return knowledge_.AddTrouble(record.at.party, record.kind,
                                 units.status().message());
  }
  knowledge_.Add(record.at.party, record.kind, *units, record::kPoints,
                 record.on);
}

void BalanceParts::TakeCommitment(const Record& record) {
  const auto units = record::ToUnits(*record.claimed, kDayDigits);
  if (!units.ok()) {
    return commitment_.AddTrouble(record.at.party, "days",
                                  units.status().message());
  }
  commitment_.Add(record.at.party, "days", *units, kDays, record.on);
}

namespace {

const record::Risk& RiskOf(const Record& record) {
  return std::get<record::Risk>(record.details);
}

// Adds what a risk with these figures costs each.
void AddLoss(const record::BalanceTerms& terms, const Record& record,
             const std::string& likelihood, const expectation::Money& impact,
             DimensionSums& sums) {
  const auto loss = record::MeasureExposure(
      terms.scale, likelihood, impact.minor_units, RiskOf(record).borne_by_a);
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    if (!loss.ok()) {
      sums.AddTrouble(party, record.title, loss.status().message());
    } else if (!*loss) {
      sums.AddUnvalued(party,
                       absl::StrCat(record.title, ", likelihood \"", likelihood,
                                    "\" is not on the scale"));
    } else {
      sums.Add(party, record.title,
               party == v1::PARTY_A ? (*loss)->a : (*loss)->b, impact.currency,
               record.on);
    }
  }
}

void AddEstimate(const record::BalanceTerms& terms, const Record* record,
                 DimensionSums& sums) {
  if (record == nullptr) return;
  AddLoss(terms, *record, RiskOf(*record).likelihood, RiskOf(*record).impact,
          sums);
}

bool AgreeOn(const record::Risk& a, const record::Risk& b) {
  return !a.agreed_likelihood.empty() && a.agreed_impact &&
         a.agreed_likelihood == b.agreed_likelihood &&
         a.agreed_impact == b.agreed_impact && a.borne_by_a == b.borne_by_a;
}

bool IsClosed(const Record* record) {
  return record != nullptr && RiskOf(*record).closed;
}

}  // namespace

void BalanceParts::AddRisk(const Pair& risk, DimensionSums& agreed,
                           DimensionSums& by_a, DimensionSums& by_b) const {
  if (!IsClosed(risk.a)) AddEstimate(terms_, risk.a, by_a);
  if (!IsClosed(risk.b)) AddEstimate(terms_, risk.b, by_b);
  if (IsClosed(risk.a) || IsClosed(risk.b)) return;
  const Record& either = risk.a != nullptr ? *risk.a : *risk.b;
  if (risk.a != nullptr && risk.b != nullptr &&
      AgreeOn(RiskOf(*risk.a), RiskOf(*risk.b))) {
    return AddLoss(terms_, either, RiskOf(either).agreed_likelihood,
                   *RiskOf(either).agreed_impact, agreed);
  }
  // In the register of one, or differently in both.
  agreed.AddUnvalued(v1::PARTY_A, either.title);
  agreed.AddUnvalued(v1::PARTY_B, either.title);
}

void BalanceParts::AddResult(const Pair& result, DimensionSums& sums) const {
  const Record& either = result.a != nullptr ? *result.a : *result.b;
  const Decimal of_a = std::get<record::OwnedResult>(either.details).owned_by_a;
  const bool differ =
      result.a != nullptr && result.b != nullptr &&
      std::get<record::OwnedResult>(result.b->details).owned_by_a != of_a;
  const bool disputed = either.answer && !either.answer->acknowledges;
  const auto rate = terms_.rates.Find(either.kind, either.on);
  if (!rate || differ || disputed) {
    const std::string kind = differ || disputed
                                 ? absl::StrCat(either.kind, " in dispute")
                                 : either.kind;
    sums.AddUnvalued(v1::PARTY_A, kind);
    sums.AddUnvalued(v1::PARTY_B, kind);
    return;
  }
  for (const auto& [party, part] :
       {std::pair(v1::PARTY_A, of_a), std::pair(v1::PARTY_B, RestOf(of_a))}) {
    const auto units =
        record::Multiply({rate->rate, part}, record::DigitsOf(rate->currency));
    if (!units.ok()) {
      sums.AddTrouble(party, either.kind, units.status().message());
    } else {
      sums.Add(party, either.kind, *units, rate->currency, either.on);
    }
  }
}

DimensionRow BalanceParts::MakeRow(Dimension dimension, Basis basis,
                                   const DimensionSums& sums) const {
  DimensionRow row = {
      .dimension = dimension, .basis = basis, .sums = sums.Finish()};
  row.coverage = record::Coverage(row.sums.a, row.sums.b);
  const auto agreed = terms_.targets.find(dimension);
  std::optional<record::Target> target;
  if (agreed != terms_.targets.end()) {
    row.target = agreed->second;
    target = agreed->second.target;
  } else if (const auto expected = terms_.expected.find(dimension);
             expected != terms_.expected.end()) {
    row.expected = expected->second;
  }
  const auto amount =
      [](const record::Valuation& side) -> std::optional<double> {
    const auto total = side.Total();
    if (!total) return std::nullopt;
    return static_cast<double>(*total);
  };
  row.symmetry =
      record::MeasureSymmetry(amount(row.sums.a), amount(row.sums.b), target,
                              record::IsPartial(row.coverage));
  if (row.symmetry.balance == record::Balance::kWatch ||
      row.symmetry.balance == record::Balance::kBreach) {
    const auto weight = terms_.weights.find(dimension);
    row.rating = drift::Rate(
        weight == terms_.weights.end() ? drift::kWeightDefault : weight->second,
        drift::SkewBand(*row.symmetry.skew, target->band),
        drift::kAsymmetryFactor);
  }
  return row;
}

std::vector<DimensionRow> BalanceParts::Dimensions() const {
  DimensionSums agreed(terms_);
  DimensionSums by_a(terms_);
  DimensionSums by_b(terms_);
  for (const auto& [name, risk] : risks_) AddRisk(risk, agreed, by_a, by_b);
  DimensionSums results(terms_);
  for (const auto& [name, result] : results_) AddResult(result, results);
  std::vector<DimensionRow> rows = {
      MakeRow(Dimension::kInputs, Basis::kClaimed, inputs_),
      MakeRow(Dimension::kInputs, Basis::kAcknowledged, inputs_acknowledged_),
      MakeRow(Dimension::kBenefit, Basis::kClaimed, benefit_)};
  if (benefit_answered_) {
    rows.push_back(MakeRow(Dimension::kBenefit, Basis::kAcknowledged,
                           benefit_acknowledged_));
  }
  rows.push_back(MakeRow(Dimension::kRisk, Basis::kAgreed, agreed));
  rows.push_back(MakeRow(Dimension::kRisk, Basis::kByA, by_a));
  rows.push_back(MakeRow(Dimension::kRisk, Basis::kByB, by_b));
  rows.push_back(MakeRow(Dimension::kKnowledge, Basis::kClaimed, knowledge_));
  rows.push_back(MakeRow(Dimension::kOwnership, Basis::kClaimed, results));
  rows.push_back(MakeRow(Dimension::kCommitment, Basis::kClaimed, commitment_));
  return rows;
}

std::vector<AcknowledgementRow> BalanceParts::Acknowledgements() const {
  std::vector<AcknowledgementRow> rows;
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    AcknowledgementRow total = {.giver = party, .unit = terms_.currency};
    for (const auto& [name, kind] : kinds_[party == v1::PARTY_A ? 0 : 1]) {
      AcknowledgementRow row = {
          .giver = party, .kind = name, .tally = kind.quantities};
      if (!kind.unvalued && kind.unit == terms_.currency) {
        row.unit = kind.unit;
        row.difference = kind.values.claimed - kind.values.acknowledged;
      }
      if (kind.unit == terms_.currency && !kind.unit.empty()) {
        total.tally.claimed += kind.values.claimed;
        total.tally.acknowledged += kind.values.acknowledged;
        total.tally.answered += kind.values.answered;
        total.tally.pending += kind.values.pending;
        total.tally.unacknowledged += kind.values.unacknowledged;
      }
      rows.push_back(std::move(row));
    }
    if (total.tally.answered + total.tally.pending +
            total.tally.unacknowledged >
        0) {
      total.difference = total.tally.claimed - total.tally.acknowledged;
      rows.push_back(std::move(total));
    }
  }
  return rows;
}

std::vector<OverclaimRow> BalanceParts::Overclaims() const {
  const auto claims_of = [](const Record* record) -> record::Claims {
    if (record == nullptr) return {};
    const auto& share = std::get<record::ShareClaim>(record->details);
    record::Claims claims = {.own = share.own.ToDouble()};
    if (share.left_to_partner) {
      claims.left_to_partner = share.left_to_partner->ToDouble();
    }
    return claims;
  };
  std::vector<OverclaimRow> rows;
  for (const auto& [subject, share] : shares_) {
    OverclaimRow row = {
        .subject = subject, .a = claims_of(share.a), .b = claims_of(share.b)};
    row.overclaim = record::MeasureOverclaim(row.a, row.b);
    if (row.overclaim.level == record::OverclaimLevel::kWatch ||
        row.overclaim.level == record::OverclaimLevel::kWarning) {
      row.rating = drift::Rate(drift::kWeightDefault,
                               drift::OverclaimBand(*row.overclaim.omega),
                               drift::kOverclaimFactor);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

UpkeepSums BalanceParts::Upkeep(const std::string& unit) const {
  const DimensionSums::Result sums = upkeep_.Finish();
  if (sums.unit != unit) return {};
  return {.a = sums.a.Total(), .b = sums.b.Total()};
}

}  // namespace tallystick::alliance
