// SPDX-License-Identifier: Apache-2.0
// What people write as terms, read.
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "core/expectation/unicode.h"
#include "core/status_macros.h"
#include "node/api/terms_encoding.h"

namespace tallystick::node {
namespace {

using expectation::PartyNames;

template <typename... Parts>
absl::Status Refuse(const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat(parts...));
}

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", expectation::Excerpt(text), "\"");
}

// Into the field, unless the text is empty, which is absent.
template <typename MutableField>
absl::Status PutNumber(absl::string_view what, const std::string& text,
                       MutableField mutable_field) {
  if (text.empty()) return absl::OkStatus();
  const auto number = expectation::ParseDecimal(text);
  if (!number.ok()) return Refuse(what, ": ", number.status().message());
  *mutable_field() = expectation::DecimalToProto(*number);
  return absl::OkStatus();
}

template <typename MutableField>
absl::Status PutDay(absl::string_view what, const std::string& text,
                    MutableField mutable_field) {
  if (text.empty()) return absl::OkStatus();
  const auto day = expectation::ParseDate(text);
  if (!day.ok()) return Refuse(what, ": ", day.status().message());
  *mutable_field() = expectation::DateToProto(*day);
  return absl::OkStatus();
}

// Party A's share from that of A, that of B, or both.
absl::StatusOr<expectation::Decimal> ReadShares(
    const v1::AgreedTerms::Target& target, const PartyNames& names) {
  std::optional<expectation::Decimal> of_a;
  std::vector<v1::Party> seen;
  for (const v1::AgreedTerms::Share& share : target.shares()) {
    const v1::Party party = names.Find(share.party());
    if (party == v1::PARTY_UNSPECIFIED) {
      return Refuse(Quoted(share.party()), " is no party of this alliance");
    }
    const auto number = expectation::ParseDecimal(share.share());
    if (!number.ok()) {
      return Refuse(share.party(), ": ", number.status().message());
    }
    // So that the rest of it can be told; ReadTerms has the limits.
    if (!expectation::IsValid(*number)) return Refuse("the share is no share");
    const expectation::Decimal shown =
        party == v1::PARTY_A ? *number : decision::RestOf(*number);
    if (of_a && *of_a != shown) {
      return Refuse("the shares of both parties do not add up to 1");
    }
    for (const v1::Party other : seen) {
      if (other == party) return Refuse(share.party(), " has two shares");
    }
    seen.push_back(party);
    of_a = shown;
  }
  if (!of_a) return Refuse("it has the share of no party");
  return *of_a;
}

absl::Status Decode(const v1::AgreedTerms::Target& target,
                    const PartyNames& names, v1::DecisionContent* content) {
  const auto dimension = decision::ParseDimension(target.dimension());
  if (!dimension) {
    return Refuse(Quoted(target.dimension()),
                  " is no dimension; write inputs, benefit, risk, "
                  "knowledge_sharing, ownership or commitment");
  }
  v1::Target& added = *content->add_targets();
  added.set_dimension(static_cast<v1::Target::Dimension>(*dimension));
  const auto share = ReadShares(target, names);
  if (!share.ok()) {
    return Refuse("the target for ", target.dimension(), ": ",
                  share.status().message());
  }
  *added.mutable_share_of_a() = expectation::DecimalToProto(*share);
  TALLYSTICK_RETURN_IF_ERROR(PutNumber(
      absl::StrCat("the target for ", target.dimension(), ": the band"),
      target.band(), [&] { return added.mutable_band(); }));
  // The default is not written, so that equal terms are equal bytes.
  if (added.has_band() && added.band().unscaled() == 1 &&
      added.band().scale() == 1) {
    added.clear_band();
  }
  return absl::OkStatus();
}

absl::Status Decode(const v1::AgreedTerms::RateTable& table, const PartyNames&,
                    v1::DecisionContent* content) {
  if (table.version() < 1) {
    return Refuse("the version of a rate table is a whole number from 1");
  }
  v1::RateTable& added = *content->add_rate_tables();
  added.set_version(static_cast<uint32_t>(table.version()));
  added.set_currency(table.currency());
  added.set_revalues_past(table.revalues_past());
  for (const v1::AgreedTerms::Rate& rate : table.rates()) {
    v1::RateTable::Rate& row = *added.add_rates();
    row.set_kind(rate.kind());
    row.set_unit(rate.unit());
    TALLYSTICK_RETURN_IF_ERROR(PutNumber(rate.kind(), rate.rate(),
                                         [&] { return row.mutable_rate(); }));
  }
  return PutDay(absl::StrCat("version ", table.version(), " of the rate table"),
                table.effective_on(),
                [&] { return added.mutable_effective_on(); });
}

// "30 days", "2 weeks".
absl::Status PutInterval(const std::string& text, v1::MonitoredMeasure& added) {
  if (text.empty()) return absl::OkStatus();
  constexpr std::pair<absl::string_view, v1::Period::Unit> kUnits[] = {
      {"day", v1::Period::DAY},
      {"week", v1::Period::WEEK},
      {"month", v1::Period::MONTH},
      {"quarter", v1::Period::QUARTER},
      {"year", v1::Period::YEAR}};
  const std::vector<std::string> words =
      absl::StrSplit(text, ' ', absl::SkipEmpty());
  if (words.size() == 2) {
    for (const auto& [unit, number] : kUnits) {
      if (words[1] != unit && words[1] != absl::StrCat(unit, "s")) continue;
      added.mutable_interval()->set_unit(number);
      return PutNumber("the interval", words[0], [&] {
        return added.mutable_interval()->mutable_count();
      });
    }
  }
  return Refuse("the interval: ", Quoted(text),
                " is no length of time; write it as \"30 days\"");
}

absl::Status PutGood(const std::string& text, v1::MonitoredMeasure& added) {
  if (text.empty()) return absl::OkStatus();
  if (text == "higher") {
    added.set_good(v1::MonitoredMeasure::HIGHER);
  } else if (text == "lower") {
    added.set_good(v1::MonitoredMeasure::LOWER);
  } else if (text == "either") {
    added.set_good(v1::MonitoredMeasure::EITHER);
  } else {
    return Refuse("good: ", Quoted(text), "; write higher, lower or either");
  }
  return absl::OkStatus();
}

absl::Status DecodeFigures(const v1::AgreedTerms::Measure& measure,
                           v1::MonitoredMeasure& added) {
  const auto put = [](absl::string_view what, const std::string& text,
                      auto field) { return PutNumber(what, text, field); };
  TALLYSTICK_RETURN_IF_ERROR(
      put("agreed", measure.agreed(), [&] { return added.mutable_agreed(); }));
  TALLYSTICK_RETURN_IF_ERROR(
      put("sigma", measure.sigma(), [&] { return added.mutable_sigma(); }));
  TALLYSTICK_RETURN_IF_ERROR(
      put("h", measure.h(), [&] { return added.mutable_h(); }));
  TALLYSTICK_RETURN_IF_ERROR(
      put("k", measure.k(), [&] { return added.mutable_k(); }));
  TALLYSTICK_RETURN_IF_ERROR(put("tolerance", measure.tolerance(),
                                 [&] { return added.mutable_tolerance(); }));
  TALLYSTICK_RETURN_IF_ERROR(PutGood(measure.good(), added));
  return PutInterval(measure.interval(), added);
}

absl::Status Decode(const v1::AgreedTerms::Measure& measure,
                    const PartyNames& names, v1::DecisionContent* content) {
  v1::MonitoredMeasure& added = *content->add_monitored();
  const std::pair<std::string, std::string> name =
      absl::StrSplit(measure.measure(), absl::MaxSplits('@', 1));
  added.set_measure(name.first);
  if (!name.second.empty()) {
    added.set_about(names.Find(name.second));
    if (added.about() == v1::PARTY_UNSPECIFIED) {
      return Refuse(measure.measure(), ": ", Quoted(name.second),
                    " is no party of this alliance");
    }
  }
  if (const absl::Status read = DecodeFigures(measure, added); !read.ok()) {
    return Refuse(measure.measure(), ": ", read.message());
  }
  return absl::OkStatus();
}

absl::Status Decode(const v1::AgreedTerms::Likelihood& step, const PartyNames&,
                    v1::DecisionContent* content) {
  auto& added = *content->mutable_likelihood_scale()->add_steps();
  added.set_word(step.word());
  return PutNumber(step.word(), step.probability(),
                   [&] { return added.mutable_probability(); });
}

absl::Status Decode(const v1::AgreedTerms::CurrencyRate& rate,
                    const PartyNames&, v1::DecisionContent* content) {
  v1::CurrencyRate& added = *content->add_currency_rates();
  added.set_from(rate.from());
  added.set_to(rate.to());
  const std::string what =
      absl::StrCat("the rate of ", rate.from(), " in ", rate.to());
  TALLYSTICK_RETURN_IF_ERROR(
      PutNumber(what, rate.rate(), [&] { return added.mutable_rate(); }));
  return PutDay(what, rate.effective_on(),
                [&] { return added.mutable_effective_on(); });
}

// Reads a list term by term, so that each error has the line of its term. A
// term that breaks a rule alone or beside those before it is left out.
template <typename Messages>
void DecodeEach(const Messages& messages, const PartyNames& names,
                v1::DecisionContent* content,
                std::vector<alliance::Violation>* violations) {
  // No decision has more of one kind, and the check costs what is there.
  constexpr int kMost = 110;
  if (messages.size() > kMost) {
    violations->push_back(
        {messages[kMost].line(),
         absl::StrCat("more than ", kMost, " terms of a kind are too many")});
    return;
  }
  for (const auto& message : messages) {
    v1::DecisionContent trial = *content;
    absl::Status read = Decode(message, names, &trial);
    if (read.ok()) read = decision::ReadTerms(trial).status();
    if (read.ok()) {
      *content = std::move(trial);
    } else {
      violations->push_back({message.line(), std::string(read.message())});
    }
  }
}

}  // namespace

void DecodeAgreed(const v1::AgreedTerms& agreed, const PartyNames& names,
                  v1::DecisionContent* content,
                  std::vector<alliance::Violation>* violations) {
  v1::DecisionContent targets, tables, monitored, scale, currencies, rest;
  DecodeEach(agreed.targets(), names, &targets, violations);
  DecodeEach(agreed.rate_tables(), names, &tables, violations);
  DecodeEach(agreed.monitored(), names, &monitored, violations);
  DecodeEach(agreed.likelihood_scale(), names, &scale, violations);
  DecodeEach(agreed.currency_rates(), names, &currencies, violations);
  rest.set_position(agreed.position());
  rest.set_stage(agreed.stage());
  absl::Status read = PutNumber("the equity band", agreed.equity_band(),
                                [&] { return rest.mutable_equity_band(); });
  if (read.ok()) read = decision::ReadTerms(rest).status();
  if (!read.ok()) {
    violations->push_back(
        {agreed.equity_band_line(), std::string(read.message())});
  }
  for (const v1::DecisionContent* part :
       {&targets, &tables, &monitored, &scale, &currencies, &rest}) {
    content->MergeFrom(*part);
  }
}

}  // namespace tallystick::node
