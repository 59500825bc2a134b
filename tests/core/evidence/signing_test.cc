// SPDX-License-Identifier: Apache-2.0
// What we write is what we, and the standard, read.
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/evidence/allowed_signers.h"
#include "core/evidence/approval.h"
#include "core/evidence/big_endian.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/merkle.h"
#include "core/evidence/refusal.h"
#include "core/evidence/ssh_agent.h"
#include "core/evidence/ssh_wire.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::evidence {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::IsOkAndHolds;

constexpr char kOrigin[] = "alpha.example/tallystick/a1";
constexpr char kWitness[] = "beta.example/tallystick/witness/a1";

SigningKey KeyOf(absl::string_view label) {
  return *SigningKey::FromSeed(AsBytes(Sha256(label)));
}

Checkpoint SomeCheckpoint() {
  return {
      .origin = kOrigin, .size = 7, .root = Sha256("root"), .extensions = {}};
}

TEST(Signing, ACheckpointIsReadAsItWasSigned) {
  const SigningKey key = KeyOf("log");
  EXPECT_THAT(OpenCheckpoint(SignCheckpoint(SomeCheckpoint(), key),
                             VerifierKey::ForLog(kOrigin, key.public_key())),
              IsOkAndHolds(SomeCheckpoint()));
}

TEST(Signing, ACosignatureTellsItsTimeAndCanBeAttached) {
  const SigningKey log_key = KeyOf("log");
  const SigningKey witness_key = KeyOf("witness");
  const VerifierKey witness =
      VerifierKey::ForWitness(kWitness, witness_key.public_key());
  const std::string note = SignCheckpoint(SomeCheckpoint(), log_key);
  const std::string line = Cosign(note, kWitness, witness_key, 1767225600);
  EXPECT_THAT(VerifyCosignature(note, line, witness), IsOkAndHolds(1767225600));
  const auto cosigned = AppendSignatureLine(note, line);
  ASSERT_THAT(cosigned, IsOk());
  const auto opened = OpenCosignedCheckpoint(
      *cosigned, VerifierKey::ForLog(kOrigin, log_key.public_key()),
      std::vector<VerifierKey>{witness}, 1);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->witnessed.at(kWitness), 1767225600);
}

TEST(Signing, ACosignatureOfAnotherCheckpointOrWitnessIsRefused) {
  const SigningKey log_key = KeyOf("log");
  const SigningKey witness_key = KeyOf("witness");
  const std::string note = SignCheckpoint(SomeCheckpoint(), log_key);
  Checkpoint larger = SomeCheckpoint();
  larger.size = 8;
  const std::string line = Cosign(SignCheckpoint(larger, log_key), kWitness,
                                  witness_key, 1767225600);
  EXPECT_EQ(ReasonOf(VerifyCosignature(note, line,
                                       VerifierKey::ForWitness(
                                           kWitness, witness_key.public_key()))
                         .status()),
            "bad_signature");
  EXPECT_EQ(ReasonOf(VerifyCosignature(note, line,
                                       VerifierKey::ForWitness(
                                           kWitness, log_key.public_key()))
                         .status()),
            "no_cosignature");
}

TEST(Signing, NothingIsCosignedWithoutATimeOrANote) {
  const SigningKey key = KeyOf("witness");
  const std::string note = SignCheckpoint(SomeCheckpoint(), KeyOf("log"));
  EXPECT_EQ(Cosign(note, kWitness, key, 0), "");
  EXPECT_EQ(Cosign("no note", kWitness, key, 1767225600), "");
}

// The agent signs the preimage with the key's plain Ed25519 operation.
TEST(Signing, AnApprovalByWayOfTheAgentIsGood) {
  const SigningKey key = KeyOf("approver");
  const SshPublicKey public_key = {.key = key.public_key(), .application = ""};
  const std::string message = "tallystick-approval/v1\n";
  const std::string request =
      EncodeAgentSignRequest(public_key, SshSigPreimage(message));
  SshReader reader(request);
  SshReader body(reader.String());
  ASSERT_TRUE(reader.Done());
  EXPECT_EQ(body.Byte(), 13);
  EXPECT_EQ(body.String(), public_key.Blob());
  const std::string inner = absl::StrCat(SshString("ssh-ed25519"),
                                         SshString(key.Sign(body.String())));
  EXPECT_EQ(body.Uint32(), 0u);
  EXPECT_TRUE(body.Done());
  const auto signature =
      DecodeAgentSignReply(absl::StrCat("\x0e", SshString(inner)));
  ASSERT_THAT(signature, IsOk());
  const auto armoured =
      ArmourSignature(public_key, SshHash::kSha512, *signature);
  ASSERT_THAT(armoured, IsOk());
  EXPECT_THAT(VerifySshSignature(message, *armoured, public_key), IsOk());
  EXPECT_EQ(ReasonOf(VerifySshSignature("another", *armoured, public_key)),
            "bad_signature");
}

TEST(Signing, TheAgentsKeysAreListedAndItsRefusalIsHeard) {
  const SshPublicKey key = {.key = KeyOf("approver").public_key(),
                            .application = ""};
  const std::string rsa = SshString("ssh-rsa");
  const auto keys = DecodeAgentListReply(
      absl::StrCat("\x0c", BigEndian(uint32_t{2}), SshString(rsa),
                   SshString("old"), SshString(key.Blob()), SshString("ada")));
  ASSERT_THAT(keys, IsOk());
  ASSERT_EQ(keys->size(), 1u);
  EXPECT_EQ(keys->front().key, key);
  EXPECT_EQ(keys->front().comment, "ada");
  EXPECT_EQ(ReasonOf(DecodeAgentSignReply("\x05").status()), "agent_failure");
}

TEST(Signing, AnAllowedSignersLineIsReadAsItWasWritten) {
  const SshPublicKey key = {.key = KeyOf("approver").public_key(),
                            .application = ""};
  const std::string line =
      FormatAllowedSigner("ada@alpha.example", key, 1767225600, std::nullopt);
  EXPECT_EQ(line, absl::StrCat("ada@alpha.example namespaces=\"tallystick\","
                               "valid-after=\"20260101000000Z\" ",
                               key.ToString(), "\n"));
  const auto signers = ParseAllowedSigners(line);
  ASSERT_THAT(signers, IsOk());
  ASSERT_EQ(signers->size(), 1u);
  EXPECT_EQ(signers->front().valid_after, 1767225600);
  EXPECT_EQ(signers->front().key, key);
  EXPECT_EQ(FormatAllowedSigner("*@alpha.example", key, 0, 1), "");
}

TEST(Signing, AllowedSignersRefuseAuthoritiesAndLocalTimes) {
  const std::string key =
      SshPublicKey{.key = KeyOf("approver").public_key(), .application = ""}
          .ToString();
  const auto reason = [&key](absl::string_view options) {
    return std::string(ReasonOf(
        ParseAllowedSigners(absl::StrCat("ada ", options, " ", key)).status()));
  };
  EXPECT_EQ(reason("cert-authority"), "cert_authority");
  EXPECT_EQ(reason("namespaces=\"a\",CERT-AUTHORITY"), "cert_authority");
  EXPECT_EQ(reason("valid-after=\"20260101\""), "local_time");
  EXPECT_EQ(reason("valid-after=\"20260231Z\""), "malformed");
  EXPECT_EQ(reason("namespaces=\"a"), "malformed");
  EXPECT_EQ(reason("VALID-AFTER=\"202601010000Z\""), "");
}

}  // namespace
}  // namespace tallystick::evidence
