// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include "absl/strings/str_split.h"
#include "cli/gap_words.h"
#include "cli/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(TextTest, WideAndCombiningCharactersCountAsTheyAreShown) {
  EXPECT_EQ(DisplayWidth("ab"), 2);
  EXPECT_EQ(DisplayWidth("\u6771\u4eac"), 4);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
}

TEST(TextTest, NothingThatSteersATerminalIsPrinted) {
  EXPECT_EQ(Printable("a\x1b[2Jb"), "a\uFFFD[2Jb");
  EXPECT_EQ(Printable("yes\u202E on"), "yes\uFFFD on");
  EXPECT_EQ(Printable("a\nb\tc"), "a b c");
  EXPECT_EQ(Printable("a\xFF"), "a\uFFFD");
  EXPECT_EQ(PrintableLines("a\nb\x07"), "a\nb\uFFFD");
}

TEST(TextTest, ShorteningNeverCutsACharacterInHalf) {
  EXPECT_EQ(Shorten("\u6771\u4eac\u90fd", 5), "\u6771\u4eac…");
  EXPECT_EQ(Shorten("\u6771\u4eac\u90fd", 4), "\u6771…");
  EXPECT_EQ(Shorten("abc", 3), "abc");
}

TEST(TextTest, LinesBreakAtBlanksAndLongNamesAtTheirMarks) {
  EXPECT_THAT(Wrap("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrap("performance/people-committed@cascadia", 30),
              ElementsAre("performance/people-committed@", "cascadia"));
  EXPECT_THAT(Wrap("abcdef", 4), ElementsAre("abcd", "ef"));
  EXPECT_THAT(Wrap("", 4), ElementsAre(""));
}

TEST(TableTest, ColumnsAlignByDisplayWidth) {
  Table table({{"name"}, {"n", Table::Align::kRight}, {"x"}});
  table.AddRow({"\u6771\u4eac", "7", "a"});
  table.AddRow({"b", "12", "c"});
  EXPECT_EQ(table.Render({}),
            "NAME   N  X\n"
            "\u6771\u4eac   7  a\n"
            "b     12  c\n");
}

TEST(TableTest, NoLineEndsInABlank) {
  Table table({{"a"}, {"b"}});
  table.AddRow({"long", ""});
  EXPECT_EQ(table.Render({}), "A     B\nlong\n");
}

TEST(TableTest, OnATerminalTheWidestColumnGivesWay) {
  Table table({{"id"}, {"what"}});
  table.AddRow({"d-7", "a sentence that is rather long"});
  EXPECT_EQ(table.Render({20, false}),
            "ID   WHAT\n"
            "d-7  a sentence tha…\n");
  EXPECT_THAT(table.Render({}), HasSubstr("rather long"));
}

TEST(TableTest, ColourOnlyWhereAskedFor) {
  Table table({{"a"}});
  table.AddRow({Cell("bad", Tone::kBad)});
  EXPECT_THAT(table.Render({}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(table.Render({80, true}), HasSubstr("\x1b[31mbad\x1b[0m"));
}

v1::GetGapsResponse OneGap() {
  v1::GetGapsResponse gaps;
  gaps.set_own("cascadia");
  gaps.set_partner("meridian");
  v1::Gap& gap = *gaps.add_gaps();
  gap.set_topic("performance/people-committed@cascadia");
  gap.set_title("People committed to the alliance");
  gap.set_weight(4);
  gap.set_agreement(0.3333);
  gap.set_accuracy_own(0.3333);
  gap.set_own("12");
  gap.set_prediction("12");
  gap.set_partner_own("8 full-time people and a very long explanation of it");
  gap.set_joint_state(v1::Gap::Joint::MUTUAL_FALSE_CONSENSUS);
  gap.add_misread("cascadia");
  return gaps;
}

TEST(GapsTest, SaysInWordsHowATopicStandsAndWhoMisreads) {
  const std::string text = RenderGaps(OneGap(), {.width = 100});
  EXPECT_THAT(text, HasSubstr("Both think they agree, and they do not. "
                              "Misread by cascadia (off by 0.33)."));
  EXPECT_THAT(text, HasSubstr(" 4   0.33  People committed"));
  EXPECT_THAT(text, HasSubstr("thinks they say: 12"));
}

TEST(GapsTest, FitsEightyColumnsWithoutATerminal) {
  for (absl::string_view line :
       absl::StrSplit(RenderGaps(OneGap(), {}), '\n')) {
    EXPECT_LE(DisplayWidth(line), 80) << line;
  }
}

TEST(GapsTest, FalseConsensusNamesBothOfItsKinds) {
  v1::Gap gap;
  gap.set_joint_state(v1::Gap::Joint::ONE_SIDED_FALSE_CONSENSUS);
  EXPECT_TRUE(*IsOfKind(gap, "false_consensus"));
  EXPECT_FALSE(*IsOfKind(gap, "mutual_false_consensus"));
  EXPECT_FALSE(*IsOfKind(gap, "false_conflict"));
  gap.set_joint_state(v1::Gap::Joint::CONSENSUS);
  EXPECT_FALSE(*IsOfKind(gap, "false_consensus"));
  EXPECT_FALSE(*IsOfKind(gap, "dissensus"));
  EXPECT_FALSE(IsOfKind(gap, "nonsense").ok());
}

}  // namespace
}  // namespace tallystick::cli
