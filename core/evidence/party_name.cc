// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/party_name.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr size_t kLabelSizeMax = 63;

bool IsLowerOrDigit(char c) {
  return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9');
}

bool IsLabel(absl::string_view label) {
  return !label.empty() && label.size() <= kLabelSizeMax &&
         IsLowerOrDigit(label.front()) && IsLowerOrDigit(label.back()) &&
         std::all_of(label.begin(), label.end(),
                     [](char c) { return IsLowerOrDigit(c) || c == '-'; });
}

// Whatever was given instead, short and safe to print.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::Utf8SafeCEscape(text.substr(0, 120)), "\"");
}

absl::StatusOr<VerifierKey> ReadKey(absl::string_view vkey, KeyType type,
                                    absl::string_view name) {
  TALLYSTICK_ASSIGN_OR_RETURN(VerifierKey key, VerifierKey::Parse(vkey));
  if (key.type != type) {
    return Refuse("wrong_key_type", "a key is of the other type");
  }
  if (key.name != name) {
    return Refuse("origin_mismatch",
                  "a key is named for another party or alliance");
  }
  return key;
}

}  // namespace

bool IsDnsName(absl::string_view name) {
  const std::vector<absl::string_view> labels = absl::StrSplit(name, '.');
  return std::all_of(labels.begin(), labels.end(), IsLabel);
}

absl::Status CheckDomain(absl::string_view domain) {
  if (domain.size() <= kDomainSizeMax && IsDnsName(domain)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      Quoted(domain),
      " is not a domain: lowercase letters, digits, '-' and '.', at most ",
      kDomainSizeMax, " characters, such as cascadia.example"));
}

absl::Status CheckDisplayName(absl::string_view name) {
  if (!name.empty() && IsPlainLine(name, kDisplayNameSizeMax)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(name), " is not a company's name: 1 to ",
                   kDisplayNameSizeMax, " bytes of text on one line"));
}

std::string OriginOf(absl::string_view domain, absl::string_view alliance_uid) {
  return absl::StrCat(domain, "/tallystick/", alliance_uid);
}

std::string WitnessNameOf(absl::string_view domain,
                          absl::string_view alliance_uid) {
  return absl::StrCat(domain, "/tallystick/witness/", alliance_uid);
}

absl::StatusOr<PartyKeys> ReadPartyKeys(absl::string_view domain,
                                        absl::string_view alliance_uid,
                                        absl::string_view log_key,
                                        absl::string_view witness_key) {
  PartyKeys keys;
  TALLYSTICK_ASSIGN_OR_RETURN(
      keys.log_key,
      ReadKey(log_key, KeyType::kLog, OriginOf(domain, alliance_uid)));
  TALLYSTICK_ASSIGN_OR_RETURN(keys.witness_key,
                              ReadKey(witness_key, KeyType::kWitness,
                                      WitnessNameOf(domain, alliance_uid)));
  if (keys.log_key.public_key == keys.witness_key.public_key) {
    return Refuse("same_key", "log and witness have the same key");
  }
  return keys;
}

}  // namespace tallystick::evidence
