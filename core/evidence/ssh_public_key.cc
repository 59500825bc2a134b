// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/ssh_public_key.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/evidence/base64.h"
#include "core/evidence/digest.h"
#include "core/evidence/refusal.h"
#include "core/evidence/ssh_wire.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

// No key of the two types comes near it.
constexpr size_t kLineSizeMax = 8'192;

absl::Status Malformed(absl::string_view detail) {
  return Refuse("malformed", detail);
}

// The text up to the next space; takes it and the space off `text`.
absl::string_view TakeWord(absl::string_view& text) {
  const absl::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size() < text.size() ? word.size() + 1 : word.size());
  return word;
}

}  // namespace

absl::StatusOr<SshPublicKey> SshPublicKey::Parse(absl::string_view line) {
  absl::string_view rest = absl::StripSuffix(line, "\n");
  if (line.size() > kLineSizeMax || rest.find_first_of("\n\r") != rest.npos) {
    return Malformed("a public key is one line");
  }
  const absl::string_view type = TakeWord(rest);
  const absl::string_view text = TakeWord(rest);
  if (type.empty() || text.empty()) return Malformed("not a public key line");
  const std::optional<std::string> blob = Base64Decode(text);
  if (!blob.has_value()) return Malformed("the key is not base64");
  TALLYSTICK_ASSIGN_OR_RETURN(SshPublicKey key, FromBlob(*blob));
  if (key.Type() != type) return Malformed("the key is of another type");
  TALLYSTICK_RETURN_IF_ERROR(CheckEnrollable(key.key));
  return key;
}

absl::StatusOr<SshPublicKey> SshPublicKey::FromBlob(absl::string_view blob) {
  SshReader reader(blob);
  const absl::string_view type = reader.String();
  if (reader.failed()) return Malformed("not a public key");
  if (type != kSshEd25519 && type != kSkSshEd25519) {
    return Refuse("key_type_not_allowed",
                  "only Ed25519 keys, in a file or in a security key");
  }
  SshPublicKey result;
  const absl::string_view bytes = reader.String();
  result.security_key = type == kSkSshEd25519;
  if (result.security_key) result.application = std::string(reader.String());
  const auto key = PublicKey::FromBytes(bytes);
  if (!reader.Done() || !key.ok()) return Malformed("not a public key");
  result.key = *key;
  return result;
}

std::string SshPublicKey::Blob() const {
  std::string blob = absl::StrCat(SshString(Type()), SshString(key.bytes()));
  if (security_key) absl::StrAppend(&blob, SshString(application));
  return blob;
}

absl::string_view SshPublicKey::Type() const {
  return security_key ? kSkSshEd25519 : kSshEd25519;
}

std::string SshPublicKey::ToString() const {
  return absl::StrCat(Type(), " ", Base64Encode(Blob()));
}

std::string SshPublicKey::Fingerprint() const {
  const std::string hash = Base64Encode(AsBytes(Sha256(Blob())));
  return absl::StrCat("SHA256:", absl::StripSuffix(hash, "="));
}

}  // namespace tallystick::evidence
