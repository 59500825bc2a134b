// SPDX-License-Identifier: Apache-2.0
// Damaged input is refused or read, and never harms: every text of every
// published case, changed at random, goes to every reader. Worth most in a
// build with sanitizers.
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/evidence/allowed_signers.h"
#include "core/evidence/approval.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/note.h"
#include "core/evidence/ssh_agent.h"
#include "core/evidence/sshsig.h"
#include "core/evidence/tlog_proof.h"
#include "core/evidence/verifier_key.h"
#include "core/evidence/witness.h"
#include "gtest/gtest.h"
#include "tests/core/evidence/vectors.h"

namespace tallystick::evidence {
namespace {

// One to four changes: a bit, a byte lost, a piece repeated, the rest lost.
std::string Damaged(std::string text, std::mt19937_64& random) {
  for (uint64_t changes = 1 + random() % 4; changes > 0; --changes) {
    if (text.empty()) return text;
    const size_t at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(text[at] ^ (1 << random() % 8));
        break;
      case 1:
        text.erase(at, 1);
        break;
      case 2:
        text.insert(at, text.substr(random() % text.size(), random() % 80));
        break;
      default:
        text.resize(at);
    }
  }
  return text;
}

// What a reader accepts it must write back as it was.
void ReadAll(const std::string& text) {
  if (const auto key = VerifierKey::Parse(text); key.ok()) {
    EXPECT_EQ(key->ToString(), text);
  }
  if (const auto request = ParseAddCheckpointRequest(text); request.ok()) {
    EXPECT_EQ(FormatAddCheckpointRequest(*request), text);
  }
  if (const auto proof = ParseTlogProof(text); proof.ok()) {
    EXPECT_EQ(FormatTlogProof(*proof), text);
  }
  if (const auto note = ParseNote(text); note.ok()) {
    std::string again = note->text + "\n";
    for (const SignatureLine& line : note->lines) {
      again += FormatSignatureLine(line);
    }
    EXPECT_EQ(again, text);
    (void)ParseCheckpointText(note->text);
  }
  if (const auto signature = ParseSshSignature(text); signature.ok()) {
    const auto again = ParseSshSignature(ArmourSignature(*signature));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*again, *signature);
    (void)CheckSshSignature("message", *signature, {});
  }
  (void)ParseAllowedSigners(text);
  (void)SshPublicKey::Parse(text);
  (void)SshPublicKey::FromBlob(text);
  (void)DecodeAgentListReply(text);
  (void)DecodeAgentSignReply(text);
}

TEST(Garbage, NoDamagedTextHarmsAReader) {
  std::mt19937_64 random(20260115);
  for (const char* const file :
       {"add-checkpoint", "checkpoints", "cosignatures", "keys", "notes",
        "sshsig", "tlog-proofs"}) {
    for (const Case& c : LoadCases(file)) {
      SCOPED_TRACE(c.id);
      for (const auto& field : c.fields) {
        if (!field.second.IsScalar()) continue;
        const std::string text = field.second.as<std::string>();
        std::string bytes;
        const bool encoded = absl::Base64Unescape(text, &bytes);
        for (int round = 0; round < 20; ++round) {
          ReadAll(Damaged(text, random));
          if (encoded) ReadAll(Damaged(bytes, random));
        }
      }
    }
  }
}

// The armour protects the blob from most damage, so damage that first.
TEST(Garbage, NoDamagedSignatureIsAnApproval) {
  std::mt19937_64 random(20260116);
  for (const Case& c : LoadCases("sshsig")) {
    SCOPED_TRACE(c.id);
    const auto allowed = ParseAllowedSigners(c.Text("allowed_signers"));
    if (!c.Accepts() || !allowed.ok()) continue;
    const auto original = ParseSshSignature(c.Text("signature"));
    ASSERT_TRUE(original.ok());
    for (int round = 0; round < 20; ++round) {
      SshSignature signature = *original;
      signature.ed25519[random() % signature.ed25519.size()] ^= 4;
      EXPECT_FALSE(VerifyApproval(c.Bytes("message_b64"),
                                  ArmourSignature(signature),
                                  c.Text("principal"), *allowed, 1768435200)
                       .ok());
    }
  }
}

}  // namespace
}  // namespace tallystick::evidence
