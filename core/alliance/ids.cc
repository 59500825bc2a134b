// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/ids.h"

#include <algorithm>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/expectation/unicode.h"

namespace tallystick::alliance {
namespace {

// The number in "d-7" or "7".
bool ParseNumber(absl::string_view text, absl::string_view prefix,
                 uint64_t* number) {
  absl::ConsumePrefix(&text, prefix);
  // SimpleAtoi would take signs and spaces.
  return !text.empty() &&
         text.find_first_not_of("0123456789") == absl::string_view::npos &&
         absl::SimpleAtoi(text, number);
}

// Numbers of one party only grow.
template <typename Numbered>
const Numbered* FindNumber(const std::vector<Numbered>& items,
                           uint64_t number) {
  const auto found = std::lower_bound(
      items.begin(), items.end(), number,
      [](const Numbered& item, uint64_t n) { return item.number < n; });
  return found == items.end() || found->number != number ? nullptr : &*found;
}

template <typename Numbered>
std::string FormatId(absl::string_view prefix, uint64_t number,
                     absl::string_view author,
                     const std::vector<Numbered>& of_other) {
  const std::string id = absl::StrCat(prefix, number);
  if (FindNumber(of_other, number) == nullptr) return id;
  return absl::StrCat(author, "/", id);
}

struct Words {
  absl::string_view prefix;
  absl::string_view what;
  absl::string_view where_to_look;
};

template <typename Numbered, typename ItemsOf>
absl::StatusOr<const Numbered*> Resolve(const expectation::PartyNames& names,
                                        absl::string_view text,
                                        const Words& words, ItemsOf items_of) {
  const std::string shown = expectation::Excerpt(text);
  v1::Party author = v1::PARTY_UNSPECIFIED;
  absl::string_view id = text;
  if (const size_t slash = text.rfind('/'); slash != absl::string_view::npos) {
    author = names.Find(text.substr(0, slash));
    id = text.substr(slash + 1);
    if (author == v1::PARTY_UNSPECIFIED) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", shown, "\": what stands before \"/\" is not a ",
                       "party of this alliance"));
    }
  }
  uint64_t number = 0;
  if (!ParseNumber(id, words.prefix, &number)) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", shown, "\" is no ", words.what, "; write ",
                     words.prefix, "7, or ", names.a, "/", words.prefix, "7"));
  }
  const Numbered* of_a = FindNumber<Numbered>(items_of(v1::PARTY_A), number);
  const Numbered* of_b = FindNumber<Numbered>(items_of(v1::PARTY_B), number);
  if (author == v1::PARTY_A) of_b = nullptr;
  if (author == v1::PARTY_B) of_a = nullptr;
  if (of_a != nullptr && of_b != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        words.prefix, number, " is two: write ", names.a, "/", words.prefix,
        number, " or ", names.b, "/", words.prefix, number));
  }
  if (of_a == nullptr && of_b == nullptr) {
    return absl::NotFoundError(absl::StrCat("there is no ", words.what, " ",
                                            shown, " (see: tally ",
                                            words.where_to_look, ")"));
  }
  return of_a != nullptr ? of_a : of_b;
}

}  // namespace

std::string FormatDecisionId(const AllianceState& state,
                             const expectation::PartyNames& names,
                             const decision::Decision& decision) {
  return FormatId("d-", decision.number, names.NameOf(decision.party),
                  state.decisions(ledger::Other(decision.party)));
}

std::string FormatDecisionId(const AllianceState& state,
                             const expectation::PartyNames& names,
                             const TermSource& source) {
  if (!source.is_signed) return source.reference;
  const decision::Decision* decision =
      state.FindDecision(source.party, source.uid);
  return decision == nullptr ? "" : FormatDecisionId(state, names, *decision);
}

std::string FormatRecordId(const AllianceState& state,
                           const expectation::PartyNames& names,
                           const record::Record& record) {
  return FormatId("r-", record.number, names.NameOf(record.at.party),
                  state.records(ledger::Other(record.at.party)));
}

std::string FormatAlertId(uint64_t number) {
  return absl::StrCat("a-", number);
}

absl::StatusOr<const decision::Decision*> ResolveDecision(
    const AllianceState& state, const expectation::PartyNames& names,
    absl::string_view text) {
  return Resolve<decision::Decision>(
      names, text, {"d-", "decision", "decisions"},
      [&](v1::Party party) -> const std::vector<decision::Decision>& {
        return state.decisions(party);
      });
}

absl::StatusOr<const record::Record*> ResolveRecord(
    const AllianceState& state, const expectation::PartyNames& names,
    absl::string_view text) {
  return Resolve<record::Record>(
      names, text, {"r-", "record", "records"},
      [&](v1::Party party) -> const std::vector<record::Record>& {
        return state.records(party);
      });
}

absl::StatusOr<uint64_t> ParseAlertId(absl::string_view text) {
  uint64_t number = 0;
  if (!ParseNumber(text, "a-", &number)) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", expectation::Excerpt(text),
                     "\" is no alert; write a-4 (see: tally alerts)"));
  }
  return number;
}

}  // namespace tallystick::alliance
