// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/leaf.h"

#include <string>

#include "core/evidence/digest_text.h"
#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tallystick/v1/entry.pb.h"
#include "tests/status_matchers.h"

namespace tallystick::ledger {
namespace {

using ::tallystick::testing::IsOk;

constexpr int64_t kNow = 1'790'000'000'000'000;
const std::string kSalt(32, 's');

std::string ReasonFor(const Entry& entry) {
  return evidence::ReasonOf(VerifyEntry(entry).status());
}

v1::Leaf GoodLeaf() {
  v1::Leaf leaf;
  leaf.set_time_us(kNow);
  leaf.set_body_commitment(std::string(32, 'c'));
  return leaf;
}

std::string ReasonForLeaf(const v1::Leaf& leaf) {
  return evidence::ReasonOf(ParseLeaf(leaf.SerializeAsString()).status());
}

// The worked example of the sealed rounds: salt 00 01 ... 1f.
TEST(LeafTest, CommitsAsInTheWorkedExample) {
  std::string salt;
  for (char byte = 0; byte < 32; ++byte) salt.push_back(byte);
  const std::string body =
      R"({"alliance":"al-1","own":"shared","party":"A",)"
      R"("prediction":"sole_partner","round":3,"topic":"deal/ip-ownership"})";
  ASSERT_EQ(body.size(), 112u);
  EXPECT_EQ(evidence::DigestToHex(CommitToBody(salt, body)),
            "748d2aa632761e21928149174f4abfea00ec891be9811fe6dd66d0fb26a6af42");
}

TEST(LeafTest, ACommitmentTellsSaltFromBody) {
  EXPECT_NE(CommitToBody("ab", "c"), CommitToBody("a", "bc"));
}

TEST(LeafTest, GivesBackWhatWasWritten) {
  const auto leaf = VerifyEntry(MakeEntry(7, kNow, "alice", kSalt, "body"));
  ASSERT_THAT(leaf, IsOk());
  EXPECT_EQ(leaf->partner_size, 7u);
  EXPECT_EQ(leaf->time_us, kNow);
  EXPECT_EQ(leaf->author, "alice");
}

TEST(LeafTest, RefusesAnotherBodyOrSalt) {
  Entry entry = MakeEntry(0, kNow, "", kSalt, "body");
  entry.body = "bodx";
  EXPECT_EQ(ReasonFor(entry), "commitment_mismatch");
  entry.body = "body";
  entry.salt[0] = 'x';
  EXPECT_EQ(ReasonFor(entry), "commitment_mismatch");
}

TEST(LeafTest, BoundsBodySaltAndLeaf) {
  EXPECT_THAT(VerifyEntry(MakeEntry(0, kNow, "", kSalt,
                                    std::string(kBodySizeMax, 'b'))),
              IsOk());
  EXPECT_EQ(ReasonFor(MakeEntry(0, kNow, "", kSalt,
                                std::string(kBodySizeMax + 1, 'b'))),
            "oversize");
  EXPECT_EQ(ReasonFor(MakeEntry(0, kNow, "", "short", "body")), "oversize");
  EXPECT_EQ(evidence::ReasonOf(
                ParseLeaf(std::string(kLeafSizeMax + 1, '\0')).status()),
            "oversize");
}

TEST(LeafTest, RefusesTimesBefore2000AndAfter9999) {
  v1::Leaf leaf = GoodLeaf();
  EXPECT_EQ(ReasonForLeaf(leaf), "");
  for (const int64_t time_us :
       {int64_t{0}, int64_t{-1}, int64_t{946'684'799'999'999},
        int64_t{253'402'300'800'000'000}, INT64_MAX, INT64_MIN}) {
    leaf.set_time_us(time_us);
    EXPECT_EQ(ReasonForLeaf(leaf), "bad_time") << time_us;
  }
}

TEST(LeafTest, RefusesALongAuthorAndACommitmentOfAnotherLength) {
  v1::Leaf leaf = GoodLeaf();
  leaf.set_author(std::string(kAuthorSizeMax + 1, 'a'));
  EXPECT_EQ(ReasonForLeaf(leaf), "malformed_leaf");
  leaf = GoodLeaf();
  leaf.set_body_commitment("short");
  EXPECT_EQ(ReasonForLeaf(leaf), "malformed_leaf");
}

}  // namespace
}  // namespace tallystick::ledger
