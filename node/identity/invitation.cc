// SPDX-License-Identifier: Apache-2.0
#include "node/identity/invitation.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/status_macros.h"
#include "node/identity/address.h"
#include "node/identity/length_prefix.h"

namespace tallystick::node {
namespace {

constexpr absl::string_view kPrefix = "tally1-";
constexpr char kVersion = 1;
constexpr size_t kSizeBytes = 2;
constexpr size_t kChecksumBytes = 4;
// Far above what the fields can add up to; bounds the work on garbage.
constexpr size_t kTokenBytesMax = 1024;
// 9999-12-31; a number above it is no date.
constexpr uint64_t kExpiryMax = 253402300799;

void AppendInteger(uint64_t value, int bytes, std::string* out) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(value >> shift));
  }
}

template <size_t kSize>
absl::string_view Bytes(const std::array<uint8_t, kSize>& array) {
  return {reinterpret_cast<const char*>(array.data()), kSize};
}

void AppendShort(absl::string_view text, std::string* out) {
  AppendInteger(text.size(), 1, out);
  out->append(text.data(), text.size());
}

std::string Checksum(absl::string_view text) {
  std::array<uint8_t, 32> digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         digest.data());
  return std::string(Bytes(digest).substr(0, kChecksumBytes));
}

absl::Status CheckAllianceName(absl::string_view name) {
  const auto allowed = [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-';
  };
  if (name.empty() || name.size() > kAllianceNameBytesMax ||
      !std::all_of(name.begin(), name.end(), allowed)) {
    return absl::InvalidArgumentError(
        absl::StrCat("an alliance's name is 1 to ", kAllianceNameBytesMax,
                     " of a-z, 0-9 and '-'"));
  }
  return absl::OkStatus();
}

absl::Status CheckFields(const Invitation& invitation) {
  TALLYSTICK_RETURN_IF_ERROR(CheckAddress(invitation.address));
  TALLYSTICK_RETURN_IF_ERROR(CheckAllianceName(invitation.alliance_name));
  TALLYSTICK_RETURN_IF_ERROR(CheckDomain(invitation.inviter_domain));
  const int64_t expiry = absl::ToUnixSeconds(invitation.expires);
  if (expiry < 0 || static_cast<uint64_t>(expiry) > kExpiryMax) {
    return absl::InvalidArgumentError("the expiry is no date");
  }
  return absl::OkStatus();
}

absl::Status CutOff() {
  return absl::InvalidArgumentError(
      "the invitation is cut off: copy all of the line, it is one");
}

absl::Status Altered() {
  return absl::InvalidArgumentError(
      "the invitation was altered on the way: copy it again or ask for a new "
      "one");
}

// Takes fields off the front of a payload whose checksum was right.
class FieldReader {
 public:
  explicit FieldReader(absl::string_view rest) : rest_(rest) {}

  absl::string_view Take(size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const absl::string_view field = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return field;
  }

  uint64_t TakeInteger(size_t bytes) {
    uint64_t value = 0;
    for (const char byte : Take(bytes)) {
      value = value << 8 | static_cast<uint8_t>(byte);
    }
    return value;
  }

  std::string TakeShort() { return std::string(Take(TakeInteger(1))); }

  template <size_t kSize>
  std::array<uint8_t, kSize> TakeArray() {
    std::array<uint8_t, kSize> array = {};
    const absl::string_view field = Take(kSize);
    std::copy(field.begin(), field.end(), array.begin());
    return array;
  }

  bool ReadAll() const { return !failed_ && rest_.empty(); }

 private:
  absl::string_view rest_;
  bool failed_ = false;
};

// What lies between the size and the checksum.
absl::StatusOr<std::string> OpenToken(absl::string_view token) {
  token = absl::StripAsciiWhitespace(token);
  if (!absl::ConsumePrefix(&token, kPrefix)) {
    return absl::InvalidArgumentError(
        absl::StrCat("this is no invitation; one begins with ", kPrefix));
  }
  if (token.size() > kTokenBytesMax) return Altered();
  // Four characters carry three bytes; a rest of one cannot be.
  if (token.size() % 4 == 1) return CutOff();
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes)) return Altered();
  if (bytes.size() < kSizeBytes) return CutOff();
  const size_t size = FieldReader(bytes).TakeInteger(kSizeBytes);
  const size_t whole = kSizeBytes + size + kChecksumBytes;
  if (bytes.size() < whole) return CutOff();
  // Comparing the text also refuses padding and stray bits at its end.
  if (bytes.size() > whole || absl::WebSafeBase64Escape(bytes) != token ||
      Checksum(absl::string_view(bytes).substr(0, kSizeBytes + size)) !=
          absl::string_view(bytes).substr(kSizeBytes + size)) {
    return Altered();
  }
  return bytes.substr(kSizeBytes, size);
}

}  // namespace

std::array<uint8_t, 16> MakeSecret(const RandomBytes& random) {
  std::array<uint8_t, 16> secret;
  random(secret);
  return secret;
}

absl::StatusOr<std::string> FormatInvitation(const Invitation& invitation) {
  TALLYSTICK_RETURN_IF_ERROR(CheckFields(invitation));
  std::string payload(1, kVersion);
  payload.append(Bytes(invitation.alliance_uid).data(),
                 invitation.alliance_uid.size());
  payload.append(invitation.inviter.AsBytes().data(), Fingerprint::kSize);
  payload.append(Bytes(invitation.secret).data(), invitation.secret.size());
  AppendInteger(static_cast<uint64_t>(absl::ToUnixSeconds(invitation.expires)),
                8, &payload);
  AppendShort(invitation.address, &payload);
  AppendShort(invitation.alliance_name, &payload);
  AppendShort(invitation.inviter_domain, &payload);
  std::string bytes;
  AppendInteger(payload.size(), kSizeBytes, &bytes);
  bytes += payload;
  bytes += Checksum(bytes);
  return absl::StrCat(kPrefix, absl::WebSafeBase64Escape(bytes));
}

absl::StatusOr<Invitation> ParseInvitation(absl::string_view token) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string payload, OpenToken(token));
  FieldReader reader(payload);
  if (reader.TakeInteger(1) != kVersion) {
    return absl::InvalidArgumentError(
        "the invitation was made by a newer version of Tallystick");
  }
  Invitation invitation;
  invitation.alliance_uid = reader.TakeArray<16>();
  invitation.inviter = Fingerprint(reader.TakeArray<Fingerprint::kSize>());
  invitation.secret = reader.TakeArray<16>();
  const uint64_t expiry = reader.TakeInteger(8);
  invitation.address = reader.TakeShort();
  invitation.alliance_name = reader.TakeShort();
  invitation.inviter_domain = reader.TakeShort();
  if (!reader.ReadAll() || expiry > kExpiryMax) return Altered();
  invitation.expires = absl::FromUnixSeconds(static_cast<int64_t>(expiry));
  TALLYSTICK_RETURN_IF_ERROR(CheckFields(invitation));
  return invitation;
}

absl::Status CheckNotExpired(const Invitation& invitation, absl::Time now) {
  if (now < invitation.expires) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the invitation expired on ",
                   absl::FormatTime("%Y-%m-%d %H:%M UTC", invitation.expires,
                                    absl::UTCTimeZone()),
                   "; ask ", invitation.inviter_domain, " for a new one"));
}

std::string PairingProof(PairRole role, absl::string_view secret,
                         absl::string_view alliance_uid,
                         const Fingerprint& inviter, const Fingerprint& joiner,
                         absl::string_view card) {
  std::string text;
  AppendLengthPrefixed("tallystick/pair/v1", &text);
  AppendLengthPrefixed(role == PairRole::kJoin ? "join" : "invite", &text);
  AppendLengthPrefixed(alliance_uid, &text);
  AppendLengthPrefixed(inviter.AsBytes(), &text);
  AppendLengthPrefixed(joiner.AsBytes(), &text);
  AppendLengthPrefixed(card, &text);
  std::array<uint8_t, 32> proof = {};
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       proof.data(), nullptr);
  return std::string(Bytes(proof));
}

bool SameProof(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() &&
         CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tallystick::node
