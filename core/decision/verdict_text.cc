// SPDX-License-Identifier: Apache-2.0
#include "core/decision/verdict_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "core/decision/terms_text.h"
#include "core/decision/text_parts.h"

namespace tallystick::decision {
namespace {

// Terms are written here from the message alone, not through the catalogue or
// the display code, both of which may change; a signed text may not.

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
  return absl::StrCat(money.currency(), " ", DecimalInText(amount));
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
        return absl::StrCat(DecimalInText(value.quantity().amount()),
                            value.quantity().unit().empty() ? "" : " ",
                            value.quantity().unit());
      case v1::Value::kPeriod:
        return PeriodInText(value.period());
      case v1::Value::kMoney:
        return Money(value.money());
      case v1::Value::kDate:
        return DateInText(value.date());
      case v1::Value::kInterval:
        return absl::StrCat(DecimalInText(value.interval().low()), " to ",
                            DecimalInText(value.interval().high()));
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
  absl::StrAppend(out, TermsText(terms, subject.domain_a, subject.domain_b));
  if (terms.respond_by_us() > 0) {
    absl::StrAppend(out, "respond by: ", Time(terms.respond_by_us()), "\n");
  }
  if (terms.has_effective_on()) {
    absl::StrAppend(out, "effective on: ", DateInText(terms.effective_on()),
                    "\n");
  }
  if (terms.has_due_on()) {
    absl::StrAppend(out, "due on: ", DateInText(terms.due_on()), "\n");
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
