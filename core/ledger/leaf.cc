// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/leaf.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"
#include "tallystick/v1/entry.pb.h"

namespace tallystick::ledger {
namespace {

constexpr absl::string_view kBodyLabel = "tallystick/body/v1";
constexpr int64_t kTimeMin = 946'684'800'000'000;      // 2000-01-01
constexpr int64_t kTimeMax = 253'402'300'799'000'000;  // 9999-12-31

void UpdateWithLength(evidence::Sha256Hasher& hasher, absl::string_view part) {
  std::array<char, 8> length;
  for (int i = 0; i < 8; ++i) {
    length[i] = static_cast<char>(uint64_t{part.size()} >> (56 - 8 * i));
  }
  hasher.Update({length.data(), length.size()});
  hasher.Update(part);
}

}  // namespace

evidence::Digest CommitToBody(absl::string_view salt, absl::string_view body) {
  evidence::Sha256Hasher hasher;
  UpdateWithLength(hasher, kBodyLabel);
  UpdateWithLength(hasher, salt);
  UpdateWithLength(hasher, body);
  return hasher.Finish();
}

Entry MakeEntry(uint64_t partner_size, int64_t time_us,
                absl::string_view author, absl::string_view salt,
                absl::string_view body) {
  v1::Leaf leaf;
  leaf.set_partner_size(partner_size);
  leaf.set_time_us(time_us);
  leaf.set_author(author.data(), author.size());
  const evidence::Digest commitment = CommitToBody(salt, body);
  leaf.set_body_commitment(commitment.data(), commitment.size());
  return {.leaf = leaf.SerializeAsString(),
          .salt = std::string(salt),
          .body = std::string(body)};
}

absl::StatusOr<Leaf> ParseLeaf(absl::string_view bytes) {
  if (bytes.size() > kLeafSizeMax) {
    return evidence::Refuse(
        "oversize",
        absl::StrCat("a leaf has ", bytes.size(), " bytes, at most ",
                     kLeafSizeMax, " are allowed"));
  }
  v1::Leaf message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      message.author().size() > kAuthorSizeMax ||
      message.body_commitment().size() != sizeof(evidence::Digest)) {
    return evidence::Refuse("malformed_leaf", "a leaf cannot be read");
  }
  if (message.time_us() < kTimeMin || message.time_us() > kTimeMax) {
    return evidence::Refuse("bad_time",
                            "a leaf was written before 2000 or after 9999");
  }
  Leaf leaf = {.partner_size = message.partner_size(),
               .time_us = message.time_us(),
               .author = message.author()};
  std::copy(message.body_commitment().begin(), message.body_commitment().end(),
            leaf.body_commitment.begin());
  return leaf;
}

absl::StatusOr<Leaf> VerifyEntry(const Entry& entry) {
  if (entry.body.size() > kBodySizeMax || entry.salt.size() != kSaltSize) {
    return evidence::Refuse(
        "oversize",
        absl::StrCat("an entry has a body of ", entry.body.size(),
                     " bytes (at most ", kBodySizeMax, ") and a salt of ",
                     entry.salt.size(), " (exactly ", kSaltSize, ")"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(Leaf leaf, ParseLeaf(entry.leaf));
  if (CommitToBody(entry.salt, entry.body) != leaf.body_commitment) {
    return evidence::Refuse("commitment_mismatch",
                            "a body is not the one its leaf commits to");
  }
  return leaf;
}

}  // namespace tallystick::ledger
