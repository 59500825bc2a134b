// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/topic_ref.h"

#include "absl/strings/str_cat.h"
#include "core/canonical.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/expectation/builders.h"
#include "tests/status_matchers.h"

namespace tallystick::expectation {
namespace {

using tallystick::testing::IsOkAndHolds;
using tallystick::testing::StatusIs;
using ::testing::HasSubstr;

absl::StatusOr<TopicRef> Parse(absl::string_view text) {
  return ParseTopicRef(text, kNames, BuiltInCatalogue());
}

auto Refused(absl::string_view words) {
  return StatusIs(absl::StatusCode::kInvalidArgument,
                  HasSubstr(std::string(words)));
}

TEST(TopicRefTest, ReadsEveryWayToNameAParty) {
  const TopicRef about_a = {"deal/gives", v1::PARTY_A};
  for (const char* name : {"cascadia", "cascadia.example", "A", "party_a"}) {
    EXPECT_THAT(Parse(absl::StrCat("deal/gives@", name)), IsOkAndHolds(about_a))
        << name;
  }
  EXPECT_THAT(Parse("deal/gives@meridian"),
              IsOkAndHolds(TopicRef{"deal/gives", v1::PARTY_B}));
}

TEST(TopicRefTest, ACompanyNameWinsOverALetter) {
  const PartyNames names = {"B", "A"};
  EXPECT_EQ(names.Find("B"), v1::PARTY_A);
  EXPECT_EQ(names.Find("party_b"), v1::PARTY_B);
}

TEST(TopicRefTest, ANameIsNotAPrefix) {
  EXPECT_EQ(kNames.Find("cascad"), v1::PARTY_UNSPECIFIED);
  EXPECT_EQ(kNames.Find("cascadiax"), v1::PARTY_UNSPECIFIED);
  EXPECT_EQ(kNames.Find(""), v1::PARTY_UNSPECIFIED);
  EXPECT_EQ((PartyNames{}.Find("")), v1::PARTY_UNSPECIFIED);
}

TEST(TopicRefTest, SuggestsTheNearestTopic) {
  EXPECT_THAT(Parse("deal/givs"), Refused("did you mean deal/gives?"));
  EXPECT_THAT(Parse("notice-period"),
              Refused("did you mean governance/notice-period?"));
}

TEST(TopicRefTest, APartyIsNeededExactlyForTopicsAboutOne) {
  EXPECT_THAT(Parse("deal/gives"),
              Refused("write deal/gives@cascadia or deal/gives@meridian"));
  EXPECT_THAT(Parse("frame/scope-in@cascadia"),
              Refused("write frame/scope-in"));
  EXPECT_THAT(Parse("deal/gives@other"), Refused("\"other\" is not a party"));
  EXPECT_THAT(Parse("deal/gives@"), Refused("is not a party"));
}

TEST(TopicRefTest, HugeInputIsRefusedBriefly) {
  const absl::StatusOr<TopicRef> ref = Parse(std::string(1'000'000, 'x'));
  EXPECT_THAT(ref, Refused("there is no topic"));
  EXPECT_LT(ref.status().message().size(), 200u);
}

TEST(TopicRefTest, FormattingIsReadBack) {
  for (const Topic& topic : BuiltInCatalogue().topics) {
    for (const v1::Party about :
         {v1::PARTY_UNSPECIFIED, v1::PARTY_A, v1::PARTY_B}) {
      if (topic.per_party == (about == v1::PARTY_UNSPECIFIED)) continue;
      const TopicRef ref = {topic.id, about};
      EXPECT_THAT(Parse(FormatTopicRef(ref, kNames)), IsOkAndHolds(ref));
    }
  }
}

TEST(TopicRefTest, ReferencesOfThePartnerAreChecked) {
  const Catalogue& catalogue = BuiltInCatalogue();
  EXPECT_THAT(ResolveTopicRef({"deal/gives", v1::PARTY_B}, catalogue),
              IsOkAndHolds(catalogue.Find("deal/gives")));
  EXPECT_THAT(ResolveTopicRef({"deal/nothing", v1::PARTY_B}, catalogue),
              Refused("no topic"));
  EXPECT_THAT(ResolveTopicRef({"deal/gives", v1::PARTY_UNSPECIFIED}, catalogue),
              Refused("whom it is about"));
  EXPECT_THAT(ResolveTopicRef({"frame/scope-in", v1::PARTY_A}, catalogue),
              Refused("not about one party"));
  EXPECT_THAT(
      ResolveTopicRef({"deal/gives", static_cast<v1::Party>(9)}, catalogue),
      Refused("unknown party"));
}

TEST(TopicRefTest, OrdersByTopicThenParty) {
  EXPECT_LT((TopicRef{"a", v1::PARTY_B}), (TopicRef{"b", v1::PARTY_A}));
  EXPECT_LT((TopicRef{"a", v1::PARTY_A}), (TopicRef{"a", v1::PARTY_B}));
}

TEST(TopicRefTest, CanonicalEncodingIsReadBack) {
  const TopicRef ref = {"deal/gives", v1::PARTY_B};
  CanonicalWriter writer;
  writer(ref);
  CanonicalReader reader(writer.bytes());
  TopicRef read;
  reader(read);
  EXPECT_TRUE(reader.Finish().ok());
  EXPECT_EQ(read, ref);
}

}  // namespace
}  // namespace tallystick::expectation
