// SPDX-License-Identifier: Apache-2.0
#include "core/decision/verdict_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"

namespace tallystick::decision {
namespace {

// Terms are written here from the message alone, not through the catalogue or
// the display code, both of which may change; a signed text may not.

std::string Decimal(const v1::Decimal& decimal) {
  const bool negative = decimal.unscaled() < 0;
  std::string digits =
      absl::StrCat(negative ? 0 - static_cast<uint64_t>(decimal.unscaled())
                            : static_cast<uint64_t>(decimal.unscaled()));
  const size_t scale = std::min<size_t>(decimal.scale(), 9);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, ".");
  return absl::StrCat(negative ? "-" : "", digits);
}

// ISO 4217 minor digits as version 1 of the text writes them.
uint32_t MinorDigits(absl::string_view currency) {
  constexpr std::array<absl::string_view, 16> kNone = {
      "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
      "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
  constexpr std::array<absl::string_view, 7> kThree = {
      "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::find(kNone.begin(), kNone.end(), currency) != kNone.end()) return 0;
  if (std::find(kThree.begin(), kThree.end(), currency) != kThree.end()) {
    return 3;
  }
  return 2;
}

std::string Money(const v1::Money& money) {
  v1::Decimal amount;
  amount.set_unscaled(money.minor_units());
  amount.set_scale(MinorDigits(money.currency()));
  return absl::StrCat(money.currency(), " ", Decimal(amount));
}

std::string Period(const v1::Period& period) {
  if (period.unit() == v1::Period::OPEN_ENDED) return "open-ended";
  constexpr std::array<absl::string_view, 6> kUnits = {
      "", "days", "weeks", "months", "quarters", "years"};
  const int unit = period.unit() < 6 ? period.unit() : 0;
  return absl::StrCat(Decimal(period.count()), " ", kUnits[unit]);
}

std::string Date(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

class TermWriter {
 public:
  TermWriter(absl::string_view domain_a, absl::string_view domain_b)
      : domain_a_(domain_a), domain_b_(domain_b) {}

  std::string Party(v1::Party party) const {
    return party == v1::PARTY_A ? domain_a_ : domain_b_;
  }

  std::string Value(const v1::Value& value) const {
    switch (value.kind_case()) {
      case v1::Value::kOption:
        return value.option();
      case v1::Value::kSet:
        return absl::StrCat("{", absl::StrJoin(value.set().items(), ", "), "}");
      case v1::Value::kRanking:
        return absl::StrJoin(value.ranking().items(), " > ");
      case v1::Value::kQuantity:
        return absl::StrCat(Decimal(value.quantity().amount()),
                            value.quantity().unit().empty() ? "" : " ",
                            value.quantity().unit());
      case v1::Value::kPeriod:
        return Period(value.period());
      case v1::Value::kMoney:
        return Money(value.money());
      case v1::Value::kDate:
        return Date(value.date());
      case v1::Value::kInterval:
        return absl::StrCat(Decimal(value.interval().low()), " to ",
                            Decimal(value.interval().high()));
      case v1::Value::kMap:
        return Map(value.map());
      case v1::Value::kText:
        return absl::StrCat(
            "\"", absl::StrJoin(absl::StrSplit(value.text(), '\n'), " / "),
            "\"");
      case v1::Value::KIND_NOT_SET:
        break;
    }
    return "";
  }

 private:
  std::string Map(const v1::ValueMap& map) const {
    std::vector<std::string> fields;
    for (const v1::MapEntry& entry : map.entries()) {
      const std::string key = entry.key() == "party_a"   ? domain_a_
                              : entry.key() == "party_b" ? domain_b_
                                                         : entry.key();
      fields.push_back(absl::StrCat(key, " ", Value(entry.value())));
    }
    return absl::StrCat("{", absl::StrJoin(fields, ", "), "}");
  }

  std::string domain_a_;
  std::string domain_b_;
};

std::string Time(int64_t micros) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixMicros(micros),
                          absl::UTCTimeZone());
}

void AppendTerms(const VerdictSubject& subject, std::string* out) {
  const TermWriter writer(subject.domain_a, subject.domain_b);
  const v1::DecisionContent& terms = subject.terms;
  absl::StrAppend(out, "type: ", terms.type(), "\ntitle: ", terms.title(),
                  "\n");
  for (const v1::CharterSetting& setting : terms.settings()) {
    absl::StrAppend(out, "set: ", setting.topic());
    if (setting.about() != v1::PARTY_UNSPECIFIED) {
      absl::StrAppend(out, "@", writer.Party(setting.about()));
    }
    absl::StrAppend(out, " = ", writer.Value(setting.value()), "\n");
  }
  if (terms.respond_by_us() > 0) {
    absl::StrAppend(out, "respond by: ", Time(terms.respond_by_us()), "\n");
  }
  if (terms.has_effective_on()) {
    absl::StrAppend(out, "effective on: ", Date(terms.effective_on()), "\n");
  }
  if (terms.has_due_on()) {
    absl::StrAppend(out, "due on: ", Date(terms.due_on()), "\n");
  }
  if (!terms.text().empty()) {
    for (absl::string_view line : absl::StrSplit(terms.text(), '\n')) {
      absl::StrAppend(out, "| ", line, "\n");
    }
  }
}

}  // namespace

std::string VerdictText(const VerdictSubject& subject) {
  std::string out = absl::StrCat(
      "tallystick-verdict/v1\n", "alliance: ", subject.alliance_uid, "\n",
      "parties: ", subject.domain_a, " and ", subject.domain_b, "\n",
      "log: ", subject.log_origin, "\n", "decision: ", subject.decision_uid,
      " opened by ", subject.opened_by_domain, "\n");
  AppendTerms(subject, &out);
  absl::StrAppend(&out,
                  "terms: sha256:", evidence::DigestToHex(subject.content_hash),
                  "\n");
  absl::StrAppend(&out, "verdict: ",
                  subject.kind == v1::Verdict::REJECT ? "reject" : "approve",
                  "\n");
  if (!subject.reason.empty()) {
    absl::StrAppend(&out, "reason: ",
                    absl::StrJoin(absl::StrSplit(subject.reason, '\n'), " / "),
                    "\n");
  }
  absl::StrAppend(&out, "signer: ", subject.principal, "\n");
  return out;
}

}  // namespace tallystick::decision
