// SPDX-License-Identifier: Apache-2.0
// Every published case about approvals.
#include <string>
#include <vector>

#include "core/evidence/allowed_signers.h"
#include "core/evidence/approval.h"
#include "core/evidence/sshsig.h"
#include "gtest/gtest.h"
#include "tests/core/evidence/vectors.h"

namespace tallystick::evidence {
namespace {

using ::testing::TestWithParam;
using ::testing::ValuesIn;

class SshSigVector : public TestWithParam<Case> {};

absl::StatusOr<Approval> VerifyCase(const Case& c) {
  const auto allowed = ParseAllowedSigners(c.Text("allowed_signers"));
  if (!allowed.ok()) return allowed.status();
  const auto time = ParseSignerTime(c.Text("verify_time"));
  if (!time.ok()) return time.status();
  return VerifyApproval(c.Bytes("message_b64"), c.Text("signature"),
                        c.Text("principal"), *allowed, *time,
                        {.signature_namespace = c.Text("namespace")});
}

TEST_P(SshSigVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const auto approval = VerifyCase(c);
  ASSERT_TRUE(c.Agrees(approval.status()));
  if (!approval.ok()) return;
  EXPECT_EQ(approval->key.ToString(), c.Text("public_key"));
  EXPECT_EQ(approval->principal, c.Text("principal"));
  EXPECT_TRUE(VerifySshSignature(c.Bytes("message_b64"), c.Text("signature"),
                                 approval->key)
                  .ok());
}

// The armour's line length is free, so text comes back only from 70 columns;
// everything else must come back as it was.
TEST_P(SshSigVector, SurvivesReadingAndWriting) {
  const Case& c = GetParam();
  const auto signature = ParseSshSignature(c.Text("signature"));
  if (!signature.ok()) return;
  const std::string armoured = ArmourSignature(*signature);
  const auto again = ParseSshSignature(armoured);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, *signature);
  if (c.id != "armor-one-line" && c.id != "armor-76") {
    EXPECT_EQ(armoured, c.Text("signature"));
  }
}

TEST_P(SshSigVector, HasThePublishedPreimage) {
  const Case& c = GetParam();
  if (!c.Has("signed_preimage_b64")) return;
  EXPECT_EQ(
      SshSigPreimage(c.Bytes("message_b64"),
                     c.Text("hash_algorithm") == "sha256" ? SshHash::kSha256
                                                          : SshHash::kSha512,
                     c.Text("namespace")),
      c.Bytes("signed_preimage_b64"));
}

INSTANTIATE_TEST_SUITE_P(All, SshSigVector, ValuesIn(LoadCases("sshsig")),
                         CaseName);

}  // namespace
}  // namespace tallystick::evidence
