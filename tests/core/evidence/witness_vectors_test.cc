// SPDX-License-Identifier: Apache-2.0
// Every published case about witnesses and proof files.
#include <string>

#include "absl/strings/str_cat.h"
#include "core/evidence/tlog_proof.h"
#include "core/evidence/witness.h"
#include "gtest/gtest.h"
#include "tests/core/evidence/vectors.h"

namespace tallystick::evidence {
namespace {

using ::testing::TestWithParam;
using ::testing::ValuesIn;

class AddCheckpointVector : public TestWithParam<Case> {};

// Answers the case's request the way a server for the text form would.
WitnessAnswer AnswerOf(const Case& c) {
  auto request = ParseAddCheckpointRequest(c.Bytes("request_b64"));
  if (!request.ok()) {
    WitnessAnswer answer;
    answer.refusal = request.status();
    return answer;
  }
  EXPECT_EQ(FormatAddCheckpointRequest(*request), c.Bytes("request_b64"));
  WitnessState state;
  if (c.Has("state")) {
    state.size = c.fields["state"]["size"].as<uint64_t>();
    state.root = HashOf(c.fields["state"]["root"].as<std::string>());
  }
  const VerifierKey log_key = c.Key("log_vkey");
  const auto key = SigningKey::FromSeed(c.Hex("witness_seed_hex"));
  const std::string name = c.Key("witness_vkey").name;
  return AnswerAddCheckpoint(*request, state,
                             {.log_key = log_key, .name = name, .key = *key},
                             static_cast<int64_t>(c.Number("now")));
}

std::string ResponseOf(const WitnessAnswer& answer) {
  if (answer.verdict == WitnessVerdict::kConflict) {
    return absl::StrCat(answer.recorded_size, "\n");
  }
  return answer.signature_line;
}

TEST_P(AddCheckpointVector, IsAnsweredAsPublished) {
  const Case& c = GetParam();
  const WitnessAnswer answer = AnswerOf(c);
  EXPECT_EQ(static_cast<int>(answer.verdict),
            c.fields["expect_status"].as<int>());
  EXPECT_EQ(ResponseOf(answer), c.Text("response"));
  EXPECT_EQ(answer.refusal.ok(), c.Accepts()) << answer.refusal;
  ASSERT_EQ(answer.new_state.has_value(), c.Has("new_state"));
  if (!answer.new_state.has_value()) return;
  const YAML::Node state = c.fields["new_state"];
  EXPECT_EQ(answer.new_state->size, state["size"].as<uint64_t>());
  EXPECT_EQ(answer.new_state->root, HashOf(state["root"].as<std::string>()));
}

INSTANTIATE_TEST_SUITE_P(All, AddCheckpointVector,
                         ValuesIn(LoadCases("add-checkpoint")), CaseName);

class TlogProofVector : public TestWithParam<Case> {};

TEST_P(TlogProofVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const VerifierKey log_key = c.Key("log_vkey");
  const auto witness_keys = c.Keys("witness_vkeys");
  const TlogProofPolicy policy = {.log_key = log_key,
                                  .witness_keys = witness_keys,
                                  .quorum = c.Number("quorum")};
  const auto proven =
      VerifyTlogProofOfLeaf(c.Bytes("proof_b64"), c.Hash("leaf_hash"), policy);
  ASSERT_TRUE(c.Agrees(proven.status()));
  if (!proven.ok()) return;
  EXPECT_EQ(proven->index, c.Number("leaf_index"));
  EXPECT_EQ(proven->checkpoint.checkpoint.size, c.Number("tree_size"));
  EXPECT_TRUE(
      VerifyTlogProof(c.Bytes("proof_b64"), VectorLeaf(proven->index), policy)
          .ok());
  const auto parsed = ParseTlogProof(c.Bytes("proof_b64"));
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(FormatTlogProof(*parsed), c.Bytes("proof_b64"));
}

INSTANTIATE_TEST_SUITE_P(All, TlogProofVector,
                         ValuesIn(LoadCases("tlog-proofs")), CaseName);

}  // namespace
}  // namespace tallystick::evidence
