// SPDX-License-Identifier: Apache-2.0
#include "node/identity/words.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"

namespace tallystick::node {
namespace {

// The digest whose first word is the one at `index`.
std::array<uint8_t, 32> DigestOfFirstWord(int index) {
  std::array<uint8_t, 32> digest = {};
  digest[0] = static_cast<uint8_t>(index >> 3);
  digest[1] = static_cast<uint8_t>(index << 5);
  return digest;
}

TEST(WordsTest, AreTheListsWordsInOrder) {
  std::array<uint8_t, 32> digest = {};
  EXPECT_EQ(SixWords(digest),
            "abandon abandon abandon abandon abandon abandon");
  digest.fill(0xff);
  EXPECT_EQ(SixWords(digest), "zoom zoom zoom zoom zoom zoom");
}

TEST(WordsTest, TheListIsSortedShortAndTellableByFourLetters) {
  std::set<std::string> beginnings;
  std::string last;
  for (int index = 0; index < 2048; ++index) {
    const std::string words = SixWords(DigestOfFirstWord(index));
    const std::string word = words.substr(0, words.find(' '));
    EXPECT_LT(last, word);
    EXPECT_GE(word.size(), 4u) << word;
    EXPECT_LE(word.size(), 7u) << word;
    EXPECT_TRUE(beginnings.insert(word.substr(0, 4)).second) << word;
    last = word;
  }
}

TEST(WordsTest, ChangeWithEveryKeyAndName) {
  const PartyKeys a = {"a.example", MakeTlsKeyPair()->fingerprint, "log-a",
                       "witness-a"};
  const PartyKeys b = {"b.example", MakeTlsKeyPair()->fingerprint, "log-b",
                       "witness-b"};
  std::set<std::string> seen;
  const auto add = [&](const PartyKeys& first, const PartyKeys& second) {
    return seen.insert(SixWords(WordsDigest("uid", first, second))).second;
  };
  EXPECT_TRUE(add(a, b));
  EXPECT_FALSE(add(a, b));
  EXPECT_TRUE(add(b, a));
  PartyKeys changed = b;
  changed.domain = "c.example";
  EXPECT_TRUE(add(a, changed));
  changed = b;
  changed.certificate = a.certificate;
  EXPECT_TRUE(add(a, changed));
  changed = b;
  changed.log_vkey = "log-c";
  EXPECT_TRUE(add(a, changed));
  changed = b;
  changed.witness_vkey = "witness-c";
  EXPECT_TRUE(add(a, changed));
}

}  // namespace
}  // namespace tallystick::node
