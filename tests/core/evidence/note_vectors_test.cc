// SPDX-License-Identifier: Apache-2.0
// Every published case about keys, notes, checkpoints and cosignatures.
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/big_endian.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/note.h"
#include "core/evidence/refusal.h"
#include "core/evidence/verifier_key.h"
#include "gtest/gtest.h"
#include "tests/core/evidence/vectors.h"

namespace tallystick::evidence {
namespace {

using ::testing::TestWithParam;
using ::testing::ValuesIn;

class Ed25519Vector : public TestWithParam<Case> {};

// A signature counts if its key may be enrolled and it verifies.
TEST_P(Ed25519Vector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const auto key = PublicKey::FromBytes(c.Hex("public_key_hex"));
  ASSERT_TRUE(key.ok());
  const absl::Status enrollable = CheckEnrollable(*key);
  const bool verified =
      Verify(*key, c.Bytes("message_b64"), c.Hex("signature_hex"));
  // Weak keys, which OpenSSL takes, do not even verify.
  EXPECT_EQ(verified, c.Text("openssl") == "accept" && enrollable.ok());
  if (!enrollable.ok()) {
    EXPECT_TRUE(c.Agrees(enrollable));
  } else {
    EXPECT_TRUE(c.Agrees(
        verified ? absl::OkStatus()
                 : Refuse("bad_signature", "the signature does not verify")));
  }
}

INSTANTIATE_TEST_SUITE_P(All, Ed25519Vector,
                         ValuesIn(LoadCases("ed25519-edge")), CaseName);

class KeyVector : public TestWithParam<Case> {};

TEST_P(KeyVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const auto key = VerifierKey::Parse(c.Text("vkey"));
  ASSERT_TRUE(c.Agrees(key.status()));
  if (!key.ok()) return;
  EXPECT_EQ(key->ToString(), c.Text("vkey"));
  EXPECT_EQ(key->name, c.Text("name"));
  EXPECT_EQ(static_cast<uint64_t>(key->type), c.Number("type"));
  EXPECT_EQ(BigEndian(key->key_id), c.Hex("key_id_hex"));
  EXPECT_EQ(key->public_key.bytes(), c.Hex("public_key_hex"));
  const auto signing_key = SigningKey::FromSeed(c.Hex("seed_hex"));
  ASSERT_TRUE(signing_key.ok());
  EXPECT_EQ(signing_key->public_key(), key->public_key);
}

INSTANTIATE_TEST_SUITE_P(All, KeyVector, ValuesIn(LoadCases("keys")), CaseName);

class NoteVector : public TestWithParam<Case> {};

TEST_P(NoteVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const auto note = OpenNote(c.Bytes("note_b64"), c.Keys("known_vkeys"));
  ASSERT_TRUE(c.Agrees(note.status()));
  if (!note.ok()) return;
  EXPECT_EQ(note->text, c.Text("text"));
  const YAML::Node verified = c.fields["verified"];
  ASSERT_EQ(note->signatures.size(), verified.size());
  for (size_t i = 0; i < verified.size(); ++i) {
    EXPECT_EQ(note->signatures[i].name, verified[i]["name"].as<std::string>());
    EXPECT_EQ(absl::BytesToHexString(BigEndian(note->signatures[i].key_id)),
              verified[i]["key_id_hex"].as<std::string>());
  }
}

INSTANTIATE_TEST_SUITE_P(All, NoteVector, ValuesIn(LoadCases("notes")),
                         CaseName);

class CheckpointVector : public TestWithParam<Case> {};

TEST_P(CheckpointVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const auto checkpoint =
      OpenCheckpoint(c.Bytes("checkpoint_b64"), c.Key("log_vkey"));
  ASSERT_TRUE(c.Agrees(checkpoint.status()));
  if (!checkpoint.ok()) return;
  EXPECT_EQ(checkpoint->origin, c.Text("origin"));
  EXPECT_EQ(checkpoint->size, c.Number("tree_size"));
  EXPECT_EQ(checkpoint->root, c.Hash("root"));
  EXPECT_EQ(checkpoint->extensions, c.Texts("extensions"));
}

INSTANTIATE_TEST_SUITE_P(All, CheckpointVector,
                         ValuesIn(LoadCases("checkpoints")), CaseName);

class CosignatureVector : public TestWithParam<Case> {};

TEST_P(CosignatureVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const VerifierKey witness = c.Key("witness_vkey");
  const auto opened =
      OpenCosignedCheckpoint(c.Bytes("checkpoint_b64"), c.Key("log_vkey"),
                             std::vector<VerifierKey>{witness}, /*quorum=*/1);
  ASSERT_TRUE(c.Agrees(opened.status()));
  if (!opened.ok()) return;
  const int64_t time = opened->witnessed.at(witness.name);
  EXPECT_EQ(static_cast<uint64_t>(time), c.Number("timestamp"));
  const auto note = ParseNote(c.Bytes("checkpoint_b64"));
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(CosignatureMessage(note->text, time), c.Text("signed_message"));
}

INSTANTIATE_TEST_SUITE_P(All, CosignatureVector,
                         ValuesIn(LoadCases("cosignatures")), CaseName);

}  // namespace
}  // namespace tallystick::evidence
