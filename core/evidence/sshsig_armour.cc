// SPDX-License-Identifier: Apache-2.0

// The two layers around a signature: base64 in armour, and the blob in it.
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/evidence/base64.h"
#include "core/evidence/refusal.h"
#include "core/evidence/ssh_wire.h"
#include "core/evidence/sshsig.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr absl::string_view kHeader = "-----BEGIN SSH SIGNATURE-----\n";
constexpr absl::string_view kFooter = "-----END SSH SIGNATURE-----\n";
constexpr absl::string_view kMagic = "SSHSIG";
constexpr uint32_t kVersion = 1;
constexpr size_t kLineSize = 70;
// A signature of ours has some 400 bytes; namespaces could make it longer.
constexpr size_t kArmourSizeMax = 16'384;

absl::Status Malformed(absl::string_view detail) {
  return Refuse("malformed", detail);
}

absl::StatusOr<std::string> TakeOffArmour(absl::string_view armoured) {
  if (armoured.size() > kArmourSizeMax ||
      !absl::ConsumePrefix(&armoured, kHeader) ||
      !absl::ConsumeSuffix(&armoured, kFooter) ||
      !absl::EndsWith(armoured, "\n")) {
    return Malformed("not an SSH signature in armour");
  }
  std::string text;
  char previous = '\n';
  for (const char c : armoured) {
    if (c == '\n' && previous == '\n') return Malformed("an empty line");
    if (c != '\n') text.push_back(c);
    previous = c;
  }
  std::optional<std::string> blob = Base64Decode(text);
  if (!blob.has_value()) return Malformed("the armour holds no base64");
  return *std::move(blob);
}

std::string InnerSignature(const SshSignature& signature) {
  std::string inner = absl::StrCat(
      SshString(signature.by_security_key ? kSkSshEd25519 : kSshEd25519),
      SshString(signature.ed25519));
  if (signature.by_security_key) {
    absl::StrAppend(&inner, BigEndian(signature.flags),
                    BigEndian(signature.counter));
  }
  return inner;
}

// Fills in what the inner signature says.
absl::Status ReadInnerSignature(absl::string_view bytes,
                                SshSignature& signature) {
  SshReader reader(bytes);
  const absl::string_view type = reader.String();
  if (type != kSshEd25519 && type != kSkSshEd25519) {
    return Malformed("a signature of another kind");
  }
  signature.by_security_key = type == kSkSshEd25519;
  signature.ed25519 = std::string(reader.String());
  if (signature.by_security_key) {
    signature.flags = reader.Byte();
    signature.counter = reader.Uint32();
  }
  if (!reader.Done() || signature.ed25519.size() != kSignatureSize) {
    return Malformed("the signature has the wrong length");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SshSignature> ParseSshSignature(absl::string_view armoured) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string blob, TakeOffArmour(armoured));
  SshReader reader(blob);
  if (reader.Bytes(kMagic.size()) != kMagic || reader.Uint32() != kVersion) {
    return Malformed("not an SSH signature of version 1");
  }
  const absl::string_view key = reader.String();
  const absl::string_view signature_namespace = reader.String();
  const absl::string_view reserved = reader.String();
  const absl::string_view hash = reader.String();
  const absl::string_view inner = reader.String();
  if (!reader.Done() || !reserved.empty()) {
    return Malformed("the parts of the signature do not fit");
  }
  SshSignature signature;
  TALLYSTICK_ASSIGN_OR_RETURN(signature.key, SshPublicKey::FromBlob(key));
  signature.signature_namespace = std::string(signature_namespace);
  if (hash != "sha512" && hash != "sha256") {
    return Refuse("hash_not_allowed", "only SHA-512 and SHA-256");
  }
  signature.hash = hash == "sha512" ? SshHash::kSha512 : SshHash::kSha256;
  TALLYSTICK_RETURN_IF_ERROR(ReadInnerSignature(inner, signature));
  return signature;
}

std::string ArmourSignature(const SshSignature& signature) {
  const std::string text = Base64Encode(absl::StrCat(
      kMagic, BigEndian(kVersion), SshString(signature.key.Blob()),
      SshString(signature.signature_namespace), SshString(""),
      SshString(signature.hash == SshHash::kSha512 ? "sha512" : "sha256"),
      SshString(InnerSignature(signature))));
  std::string armoured(kHeader);
  for (size_t start = 0; start < text.size(); start += kLineSize) {
    absl::StrAppend(&armoured, absl::string_view(text).substr(start, kLineSize),
                    "\n");
  }
  absl::StrAppend(&armoured, kFooter);
  return armoured;
}

absl::StatusOr<std::string> ArmourSignature(const SshPublicKey& key,
                                            SshHash hash,
                                            absl::string_view agent_signature) {
  SshSignature signature;
  signature.key = key;
  signature.signature_namespace = std::string(kApprovalNamespace);
  signature.hash = hash;
  TALLYSTICK_RETURN_IF_ERROR(ReadInnerSignature(agent_signature, signature));
  return ArmourSignature(signature);
}

}  // namespace tallystick::evidence
