// SPDX-License-Identifier: Apache-2.0
#include "cli/alert_words.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "cli/text.h"
#include "gmock/gmock.h"

namespace tallystick::cli {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;

v1::Alert Sample() {
  v1::Alert alert;
  alert.set_id("a-8");
  alert.set_kind("restatement_drift");
  alert.set_subject("deal/share-benefit");
  alert.set_party("meridian");
  alert.set_severity(v1::Alert::WATCH);
  alert.set_state(v1::Alert::OPEN);
  alert.set_opened_at("2026-11-26T14:11:21.956389Z");
  alert.set_count(3);
  alert.set_text(
      "meridian now expects another share than was agreed. Talk about it, and "
      "propose a new decision if the change is meant.");
  return alert;
}

TEST(AlertWordsTest, SayWhichHowBadSinceWhenAndWhatAbout) {
  const std::string page = RenderAlert(Sample(), {});
  EXPECT_THAT(page, HasSubstr("a-8  watch, open since 2026-11-26T14:11:21Z, "
                              "noticed 3 times\n"));
  EXPECT_THAT(page, HasSubstr("restatement drift of meridian: "
                              "deal/share-benefit\n"));
}

TEST(AlertWordsTest, FitInEightyColumns) {
  const std::vector<std::string> lines =
      absl::StrSplit(RenderAlert(Sample(), {}), '\n');
  EXPECT_THAT(lines, Each(SizeIs(Le(80u))));
}

TEST(AlertWordsTest, WhatThePartnerWroteDoesNotReachTheTerminalAsItIs) {
  v1::Alert alert = Sample();
  alert.set_text("\x1b[2Jgone");
  EXPECT_THAT(RenderAlert(alert, {}), ::testing::Not(HasSubstr("\x1b")));
}

TEST(InSecondsTest, DropsFractionsAndNothingElse) {
  EXPECT_EQ(InSeconds("2026-11-26T14:11:21.956389Z"), "2026-11-26T14:11:21Z");
  EXPECT_EQ(InSeconds("2026-11-26T14:11:21Z"), "2026-11-26T14:11:21Z");
  EXPECT_EQ(InSeconds("2026-11-26T14:11:21.5+01:00"),
            "2026-11-26T14:11:21+01:00");
  EXPECT_EQ(InSeconds(""), "");
}

}  // namespace
}  // namespace tallystick::cli
