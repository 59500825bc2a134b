// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_WORDS_H_
#define TALLYSTICK_NODE_IDENTITY_WORDS_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "node/identity/certificate.h"

// Six words two people read to each other over the phone after pairing. If
// they agree, nobody sits between the nodes: the words cover every key either
// side has pinned.
namespace tallystick::node {

// What one party brought to the pairing.
struct PartyKeys {
  std::string domain;
  Fingerprint certificate;
  // Verifier keys as text; evidence-formats: name+id+key.
  std::string log_vkey;
  std::string witness_vkey;
};

// SHA-256( lp("tallystick/words/v1") lp(uid) p(A) p(B) ) with
//   p = lp(domain) lp(certificate fingerprint) lp(log vkey) lp(witness vkey)
//   lp(x) = 8-byte big-endian length, then x.
// A is the party that founded the alliance, so both nodes get the same.
std::array<uint8_t, 32> WordsDigest(absl::string_view alliance_uid,
                                    const PartyKeys& party_a,
                                    const PartyKeys& party_b);

// The first 66 bits, 11 for each word, separated by spaces.
std::string SixWords(const std::array<uint8_t, 32>& digest);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_WORDS_H_
