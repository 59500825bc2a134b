// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_PARTY_NAME_H_
#define TALLYSTICK_CORE_EVIDENCE_PARTY_NAME_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/verifier_key.h"

// How a company and its keys are named in everything that is signed (evidence
// formats, section 3). Domains stand in texts that people sign and in file
// names, so there is one rule of what a domain is.
namespace tallystick::evidence {

inline constexpr size_t kDomainSizeMax = 100;
inline constexpr size_t kDisplayNameSizeMax = 200;

// Whether `name` is a lowercase DNS name, with no final dot.
bool IsDnsName(absl::string_view name);

// A party's domain: a DNS name of 1 to 100 bytes. INVALID_ARGUMENT with a
// sentence that quotes what was given instead; so the next one.
absl::Status CheckDomain(absl::string_view domain);

// A company's name: a plain line (plain_text.h) of 1 to 200 bytes.
absl::Status CheckDisplayName(absl::string_view name);

// The origin of a party's log, and its name as the other log's witness.
// `alliance_uid` in hexadecimal.
std::string OriginOf(absl::string_view domain, absl::string_view alliance_uid);
std::string WitnessNameOf(absl::string_view domain,
                          absl::string_view alliance_uid);

// The two keys of a party of an alliance.
struct PartyKeys {
  VerifierKey log_key;
  VerifierKey witness_key;
};

// Reads the keys that `domain` shows for an alliance. Refuses with the reasons
// of VerifierKey::Parse, "wrong_key_type", "origin_mismatch" for a key that is
// named for another party or alliance, and "same_key" if both are one.
absl::StatusOr<PartyKeys> ReadPartyKeys(absl::string_view domain,
                                        absl::string_view alliance_uid,
                                        absl::string_view log_key,
                                        absl::string_view witness_key);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_PARTY_NAME_H_
