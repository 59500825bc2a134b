// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/dimension_sums.h"

#include "absl/strings/str_cat.h"

namespace tallystick::alliance {
namespace {

// Both valued and unvalued lines of `from` count in `to` as unvalued.
void AddAsUnvalued(const record::Valuation& from, absl::string_view unit,
                   record::Valuation& to) {
  to.lines += from.lines;
  for (const auto& [kind, lines] : from.unvalued) to.unvalued[kind] += lines;
  if (from.valued > 0) {
    to.unvalued[absl::StrCat("amounts in ", unit)] += from.valued;
  }
}

}  // namespace

void DimensionSums::Add(v1::Party party, absl::string_view kind, int64_t units,
                        absl::string_view currency,
                        const expectation::Date& day) {
  if (currency != terms_->currency && currency != record::kPoints &&
      currency != kDays && !terms_->currency.empty()) {
    const auto rate =
        record::FindCurrencyRate(*terms_, currency, terms_->currency, day);
    if (rate) {
      const auto converted = record::Multiply(
          {record::ToDecimal(units, record::DigitsOf(currency)), *rate},
          record::DigitsOf(terms_->currency));
      if (!converted.ok()) {
        return AddTrouble(party, kind, converted.status().message());
      }
      by_unit_[terms_->currency].Of(party).AddValued(*converted);
      return;
    }
  }
  const auto found = by_unit_.find(currency);
  Sides& sides =
      found != by_unit_.end() ? found->second : by_unit_[std::string(currency)];
  sides.Of(party).AddValued(units);
}

void DimensionSums::AddUnvalued(v1::Party party, absl::string_view kind) {
  unvalued_.Of(party).AddUnvalued(kind);
}

void DimensionSums::AddUnknown(v1::Party party) { ++unvalued_.Of(party).lines; }

void DimensionSums::AddTrouble(v1::Party party, absl::string_view kind,
                               absl::string_view why) {
  AddUnvalued(party, kind);
  trouble_ = absl::StrCat(kind, ": ", why);
}

void DimensionSums::AddQuantity(v1::Party party, absl::string_view kind,
                                expectation::Decimal quantity,
                                const expectation::Date& day) {
  AddLine(party, kind, record::ValueOf(terms_->rates, kind, quantity, day),
          day);
}

void DimensionSums::AddLine(v1::Party party, absl::string_view kind,
                            const Value& value, const expectation::Date& day) {
  if (!value.ok()) return AddTrouble(party, kind, value.status().message());
  if (!*value) return AddUnvalued(party, kind);
  Add(party, kind, (*value)->units, (*value)->currency, day);
}

DimensionSums::Result DimensionSums::Finish() const {
  Result result = {.a = unvalued_.a, .b = unvalued_.b, .trouble = trouble_};
  int64_t most = 0;
  for (const auto& [unit, sides] : by_unit_) {
    const int64_t lines = sides.a.valued + sides.b.valued;
    if (unit == terms_->currency) {
      result.unit = unit;
      break;
    }
    if (lines > most) {
      most = lines;
      result.unit = unit;
    }
  }
  for (const auto& [unit, sides] : by_unit_) {
    if (unit != result.unit) {
      AddAsUnvalued(sides.a, unit, result.a);
      AddAsUnvalued(sides.b, unit, result.b);
      continue;
    }
    for (const auto& [from, to] :
         {std::pair(&sides.a, &result.a), std::pair(&sides.b, &result.b)}) {
      to->sum += from->sum;
      to->lines += from->lines;
      to->valued += from->valued;
    }
  }
  return result;
}

}  // namespace tallystick::alliance
