// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/gap_notes.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::alliance {
namespace {

using expectation::BuiltInCatalogue;
using expectation::TopicRef;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr v1::Party kA = v1::PARTY_A;
constexpr v1::Party kB = v1::PARTY_B;
constexpr StatedCells kByBoth = {.own = true, .partner_own = true};

class GapNotesTest : public ::testing::Test {
 protected:
  GapRow& Add(const std::string& topic, StatedCells stated,
              v1::Party about = v1::PARTY_UNSPECIFIED) {
    GapRow row;
    row.ref = {topic, about};
    row.topic = BuiltInCatalogue().Find(topic);
    row.stated = stated;
    rows_.push_back(row);
    return rows_.back();
  }

  std::vector<GapNote> Notes(v1::Party own_party = kA) {
    return FindNotes(BuiltInCatalogue(), rows_, own_party);
  }
  std::vector<GapNote> NotesOf(GapNote::Kind kind, v1::Party own_party = kA) {
    std::vector<GapNote> notes = Notes(own_party);
    std::erase_if(notes,
                  [kind](const GapNote& note) { return note.kind != kind; });
    return notes;
  }

  std::vector<GapRow> rows_;
};

TEST_F(GapNotesTest, ADealWithoutSocketAndPerformanceIsNoted) {
  Add("deal/share-benefit", kByBoth);
  Add("frame/scope-in", kByBoth);
  const auto notes = NotesOf(GapNote::Kind::kLayerNeglected);
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[0].layer, "deal");
  EXPECT_EQ(notes[0].empty_layer, "socket");
  EXPECT_EQ(notes[1].empty_layer, "performance");
}

TEST_F(GapNotesTest, OneWordOnALayerIsEnoughNotToBeNeglected) {
  Add("deal/share-benefit", kByBoth);
  Add("socket/processes", {.partner_prediction = true});
  Add("performance/service-level", {.own = true});
  EXPECT_THAT(NotesOf(GapNote::Kind::kLayerNeglected), IsEmpty());
}

TEST_F(GapNotesTest, ADealThatIsNotAnsweredByBothIsNotComplete) {
  Add("deal/share-benefit", kByBoth);
  Add("deal/ip-ownership", {.own = true, .prediction = true});
  EXPECT_THAT(Notes(), IsEmpty());
}

TEST_F(GapNotesTest, WhoSaysOnlyWhatItGetsIsNotedWithWhatIsOpen) {
  Add("deal/gets", {.own = true}, kA);
  const auto notes = NotesOf(GapNote::Kind::kOneWay);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].party, kA);
  EXPECT_THAT(notes[0].topics, ElementsAre(TopicRef{"deal/gives", kA},
                                           TopicRef{"deal/gets", kB}));
}

TEST_F(GapNotesTest, TheSameIsSeenOfThePartner) {
  Add("deal/gets", {.partner_own = true}, kB);
  Add("deal/gives", {.partner_own = true}, kB);
  const auto notes = NotesOf(GapNote::Kind::kOneWay);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].party, kB);
  EXPECT_THAT(notes[0].topics, ElementsAre(TopicRef{"deal/gets", kA}));
}

TEST_F(GapNotesTest, WhoSaysBothGiveAndGetIsNotNoted) {
  Add("deal/gets", {.own = true}, kA);
  Add("deal/gives", {.own = true}, kA);
  Add("deal/gets", {.prediction = true}, kB);
  EXPECT_THAT(NotesOf(GapNote::Kind::kOneWay), IsEmpty());
}

TEST_F(GapNotesTest, AnAgreedTopicWithAnswersApartIsAgreedOnPaper) {
  GapRow& apart = Add("deal/share-benefit", kByBoth);
  apart.agreed = "A 0.5, B 0.5";
  apart.agreement = 0.15;
  GapRow& within = Add("governance/notice-period", kByBoth);
  within.agreed = "180 days";
  within.agreement = within.topic->tolerance;
  GapRow& open = Add("deal/ip-ownership", kByBoth);
  open.agreement = 1;
  const auto notes = NotesOf(GapNote::Kind::kAgreedOnPaper);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0].topics, ElementsAre(TopicRef{"deal/share-benefit",
                                                    v1::PARTY_UNSPECIFIED}));
}

}  // namespace
}  // namespace tallystick::alliance
