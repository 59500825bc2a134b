// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/verifier_key.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/base64.h"
#include "core/evidence/big_endian.h"
#include "core/evidence/digest.h"
#include "core/evidence/refusal.h"
#include "core/evidence/utf8.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

std::string TypeAndKey(KeyType type, const PublicKey& key) {
  std::string bytes(1, static_cast<char>(type));
  absl::StrAppend(&bytes, key.bytes());
  return bytes;
}

VerifierKey MakeKey(absl::string_view name, KeyType type,
                    const PublicKey& public_key) {
  const Digest digest =
      Sha256(absl::StrCat(name, "\n", TypeAndKey(type, public_key)));
  return {.name = std::string(name),
          .key_id = ReadBigEndian<uint32_t>(AsBytes(digest).substr(0, 4)),
          .type = type,
          .public_key = public_key};
}

// The white space of Unicode (property White_Space) outside the controls.
bool IsWhiteSpace(char32_t c) {
  return c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

absl::Status BadVkey(absl::string_view detail) {
  return Refuse("bad_vkey", detail);
}

}  // namespace

bool IsKeyName(absl::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const std::optional<char32_t> c = TakeCodePoint(name);
    if (!c.has_value() || *c < 0x20 || *c == U'+' || IsWhiteSpace(*c)) {
      return false;
    }
  }
  return true;
}

bool IsOwnKeyName(absl::string_view name) {
  return !name.empty() && name.size() <= 200 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_islower(static_cast<unsigned char>(c)) ||
                  absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
                  c == '.' || c == '/' || c == '_' || c == '-';
         });
}

VerifierKey VerifierKey::ForLog(absl::string_view name,
                                const PublicKey& public_key) {
  return MakeKey(name, KeyType::kLog, public_key);
}

VerifierKey VerifierKey::ForWitness(absl::string_view name,
                                    const PublicKey& public_key) {
  return MakeKey(name, KeyType::kWitness, public_key);
}

absl::StatusOr<VerifierKey> VerifierKey::Parse(absl::string_view vkey) {
  // Only the first two: base64 may hold "+" as well.
  const size_t first = vkey.find('+');
  if (first == absl::string_view::npos) return BadVkey("it has no parts");
  const size_t second = vkey.find('+', first + 1);
  if (second == absl::string_view::npos) return BadVkey("it lacks a part");
  const absl::string_view name = vkey.substr(0, first);
  if (!IsKeyName(name)) return BadVkey("the name is not a key name");
  const auto bytes = Base64Decode(vkey.substr(second + 1));
  if (!bytes.has_value() || bytes->size() != 1 + kPublicKeySize) {
    return BadVkey("the key is not base64 of a type and 32 bytes");
  }
  const KeyType type = static_cast<KeyType>(bytes->front());
  if (type != KeyType::kLog && type != KeyType::kWitness) {
    return BadVkey("the key is of an unsupported type");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const PublicKey public_key,
      PublicKey::FromBytes(absl::string_view(*bytes).substr(1)));
  VerifierKey key = MakeKey(name, type, public_key);
  if (key.ToString() != vkey) return BadVkey("the key id is another key's");
  TALLYSTICK_RETURN_IF_ERROR(CheckEnrollable(public_key));
  return key;
}

std::string VerifierKey::ToString() const {
  return absl::StrCat(name, "+", absl::Hex(key_id, absl::kZeroPad8), "+",
                      Base64Encode(TypeAndKey(type, public_key)));
}

}  // namespace tallystick::evidence
