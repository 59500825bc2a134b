// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/framing.h"

#include <random>
#include <string>
#include <vector>

#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::ledger {
namespace {

using ::tallystick::testing::IsOkAndHolds;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

TEST(FramingTest, GivesBackWhatWasFramed) {
  std::vector<Entry> entries = {{"leaf", std::string(32, 's'), "body"},
                                {"", "", ""},
                                {std::string(500, '\0'), "x", ""}};
  std::string framed;
  for (const Entry& entry : entries) AppendFramed(entry, &framed);
  EXPECT_THAT(ParseFramed(framed), IsOkAndHolds(ElementsAreArray(entries)));
}

TEST(FramingTest, NothingIsNoEntries) {
  EXPECT_THAT(ParseFramed(""), IsOkAndHolds(IsEmpty()));
}

TEST(FramingTest, RefusesEveryCutInTheMiddleOfAnEntry) {
  std::string framed;
  AppendFramed({"leaf", "salt", "body"}, &framed);
  for (size_t size = 1; size < framed.size(); ++size) {
    EXPECT_EQ(evidence::ReasonOf(ParseFramed(framed.substr(0, size)).status()),
              "malformed_batch");
  }
}

TEST(FramingTest, RefusesALengthBeyondTheEnd) {
  EXPECT_EQ(evidence::ReasonOf(
                ParseFramed(std::string("\xff\xff\xff\xff leaf", 9)).status()),
            "malformed_batch");
}

TEST(FramingTest, BoundsABatchFromThePartnerButNotOurOwn) {
  const std::string large(kBatchBytesRefused, 'x');
  std::string framed;
  AppendFramed({"", "", large}, &framed);
  EXPECT_EQ(evidence::ReasonOf(ParseFramed(framed).status()), "oversize");
  EXPECT_TRUE(ParseFramedUnbounded(framed).ok());
}

TEST(FramingTest, SurvivesGarbage) {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    std::string garbage(random() % 40, '\0');
    for (char& byte : garbage) {
      byte = static_cast<char>(random() % 4 == 0 ? random() : 0);
    }
    const auto entries = ParseFramed(garbage);
    if (!entries.ok()) continue;
    std::string again;
    for (const Entry& entry : *entries) AppendFramed(entry, &again);
    EXPECT_EQ(again, garbage);
  }
}

}  // namespace
}  // namespace tallystick::ledger
