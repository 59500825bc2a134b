// SPDX-License-Identifier: Apache-2.0
#include "node/identity/words.h"

#include <openssl/sha.h>

#include "absl/strings/str_cat.h"
#include "node/identity/length_prefix.h"

namespace tallystick::node {
namespace {

constexpr int kWordCount = 6;
constexpr int kBitsPerWord = 11;

constexpr const char* kWords[] = {
#include "node/identity/words.inc"
};
static_assert(sizeof(kWords) / sizeof(kWords[0]) == 1 << kBitsPerWord);

void AppendParty(const PartyKeys& party, std::string* out) {
  AppendLengthPrefixed(party.domain, out);
  AppendLengthPrefixed(party.certificate.AsBytes(), out);
  AppendLengthPrefixed(party.log_vkey, out);
  AppendLengthPrefixed(party.witness_vkey, out);
}

}  // namespace

std::array<uint8_t, 32> WordsDigest(absl::string_view alliance_uid,
                                    const PartyKeys& party_a,
                                    const PartyKeys& party_b) {
  std::string text;
  AppendLengthPrefixed("tallystick/words/v1", &text);
  AppendLengthPrefixed(alliance_uid, &text);
  AppendParty(party_a, &text);
  AppendParty(party_b, &text);
  std::array<uint8_t, 32> digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         digest.data());
  return digest;
}

std::string SixWords(const std::array<uint8_t, 32>& digest) {
  std::string words;
  for (int word = 0; word < kWordCount; ++word) {
    unsigned index = 0;
    for (int bit = word * kBitsPerWord; bit < (word + 1) * kBitsPerWord;
         ++bit) {
      index = index << 1 | ((digest[bit / 8] >> (7 - bit % 8)) & 1u);
    }
    absl::StrAppend(&words, word == 0 ? "" : " ", kWords[index]);
  }
  return words;
}

}  // namespace tallystick::node
