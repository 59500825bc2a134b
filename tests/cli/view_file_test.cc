// SPDX-License-Identifier: Apache-2.0
#include "cli/view_file.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/outcome.h"
#include "cli/proposal_file.h"
#include "cli/record_file.h"
#include "cli/yaml_tree.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Example(const std::string& name) {
  return absl::StrCat(TALLYSTICK_EXAMPLES, "/", name);
}

template <typename T>
std::string Refusal(const absl::StatusOr<T>& result) {
  return result.ok() ? "" : RenderError(result.status(), "").front();
}

// "topic stated self|partner" of each row.
std::vector<std::string> Summaries(const ViewFile& view) {
  std::vector<std::string> rows;
  for (const v1::ViewRow& row : view.rows) {
    rows.push_back(absl::StrCat(
        row.topic(), " ", row.stated(), " ",
        row.has_own() ? WriteValue(row.own()) : "-", "|",
        row.has_prediction() ? WriteValue(row.prediction()) : "-",
        row.decline() ? " declined" : "", row.seal() ? " sealed" : "",
        row.private_() ? " private" : "", row.reason().empty() ? "" : " ",
        row.reason()));
  }
  return rows;
}

TEST(ViewFileTest, EveryExampleIsReadWhole) {
  for (const char* name : {"cascadia-meridian/view-cascadia.yaml",
                           "cascadia-meridian/view-meridian.yaml",
                           "northfield-quillon/view-northfield.yaml",
                           "northfield-quillon/view-quillon.yaml"}) {
    const auto text = ReadTextFile(Example(name));
    ASSERT_TRUE(text.ok()) << text.status();
    const auto view = ReadViewFile(*text, name);
    ASSERT_TRUE(view.ok()) << Refusal(view);
    EXPECT_GT(view->rows.size(), 20u) << name;
  }
}

TEST(ViewFileTest, DeclarationsOfTextsComeAfterTheAnswers) {
  const auto view = ReadViewFile(
      "party: a\nas_of: 2025-07-01\n"
      "declared_text_congruency: {frame/beachhead: not_the_same}\n"
      "answers:\n  frame/beachhead: {self: Here, partner: There}\n",
      "view.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  ASSERT_EQ(view->rows.size(), 2u);
  EXPECT_EQ(view->rows[1].topic(), "frame/beachhead");
  EXPECT_TRUE(view->rows[1].has_prediction_means_same());
  EXPECT_FALSE(view->rows[1].prediction_means_same());
  EXPECT_FALSE(view->rows[1].has_own());
}

TEST(ViewFileTest, WhatIsDeclinedCanBeListed) {
  const auto view = ReadViewFile(
      "party: a\nas_of: 2025-07-01\ndeclined: [frame/rivalry]\n", "view.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  EXPECT_THAT(Summaries(*view),
              ElementsAre("frame/rivalry 2025-07-01 -|- declined"));
}

TEST(ViewFileTest, AnotherWordThanSameOrDiffersIsRefusedWithItsLine) {
  EXPECT_THAT(Refusal(ReadViewFile("party: a\ndeclared_text_congruency:\n"
                                   "  frame/beachhead: maybe\n",
                                   "view.yaml")),
              StartsWith("view.yaml:3: frame/beachhead: \"maybe\""));
}

TEST(ViewFileTest, EarlierAnswersComeFirstInTheOrderOfTheirDates) {
  const auto view = ReadViewFile(
      "party: cascadia\n"
      "answers:\n"
      "  a/b: {stated: 2025-03-01, self: new}\n"
      "earlier_answers:\n"
      "- {topic: a/b, stated: 2025-02-01, self: middle}\n"
      "- {topic: a/b, stated: 2025-01-01, self: old, partner: p}\n",
      "v.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  EXPECT_THAT(Summaries(*view),
              ElementsAre("a/b 2025-01-01 old|p", "a/b 2025-02-01 middle|-",
                          "a/b 2025-03-01 new|-"));
}

TEST(ViewFileTest, RowsKnowTheLineOfTheirTopic) {
  const auto view = ReadViewFile(
      "party: cascadia\nanswers:\n  a/b:\n    stated: 2025-03-01\n"
      "    self: 1\n  c/d: {self: 2}\n",
      "v.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  EXPECT_EQ(view->rows[0].line(), 3);
  EXPECT_EQ(view->rows[1].line(), 6);
}

TEST(ViewFileTest, WhatElseThePrivateBlockHoldsIsNotUsed) {
  const auto view = ReadViewFile(
      "party: cascadia\nanswers: {a/b: {self: 1}}\n"
      "private: {value_alone_usd: 2, margin: 3}\n",
      "v.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  EXPECT_EQ(view->value_alone, "2");
  EXPECT_THAT(view->unused, ElementsAre("private/margin"));
  EXPECT_THAT(Summaries(*view), ElementsAre("a/b  1|-"));
}

TEST(ViewFileTest, AnswersTheFileCallsSealedAreKeptBack) {
  const auto view = ReadViewFile(
      "party: cascadia\nanswers: {a/b: {self: 1}, c/d: {self: 2}}\n"
      "sealed: [a/b]\n",
      "v.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  EXPECT_THAT(Summaries(*view), ElementsAre("c/d  2|-", "a/b  -|- sealed"));
  EXPECT_THAT(view->kept_back, ElementsAre("a/b"));
}

TEST(ViewFileTest, WhatIsUnknownIsRefusedWithItsLine) {
  EXPECT_THAT(Refusal(ReadViewFile("party: a\nanswrs: {}\n", "v.yaml")),
              StartsWith("v.yaml:2: \"answrs\" is unknown in a view file"));
  EXPECT_THAT(
      Refusal(ReadViewFile("party: a\nanswers:\n  a/b: {own: 1}\n", "v.yaml")),
      StartsWith("v.yaml:3: \"own\" is unknown in the answer to a/b"));
  EXPECT_THAT(Refusal(ReadViewFile("answers: {}\n", "v.yaml")),
              HasSubstr("needs \"party\""));
  EXPECT_THAT(Refusal(ReadViewFile(
                  "party: a\nanswers:\n  a/b: {self: 1, stated: 1.2.2025}\n",
                  "v.yaml")),
              HasSubstr("is no date"));
}

v1::View SomeView() {
  v1::View view;
  view.set_party("cascadia");
  view.set_partner("meridian");
  v1::ViewTopic* both = view.add_topics();
  both->set_topic("a/both@cascadia");
  both->mutable_own()->set_state(v1::ViewCell::STATED);
  both->mutable_own()->set_stated("2025-02-10");
  both->mutable_own()->mutable_raw()->set_scalar("say: \"it\"");
  *both->mutable_prediction() = both->own();
  v1::ViewTopic* apart = view.add_topics();
  apart->set_topic("a/apart");
  apart->mutable_own()->set_state(v1::ViewCell::STATED);
  apart->mutable_own()->set_stated("2025-06-01");
  apart->mutable_own()->set_reason("new plan");
  apart->mutable_own()->mutable_raw()->mutable_list()->add_values()->set_scalar(
      "x");
  apart->mutable_prediction()->set_state(v1::ViewCell::STATED);
  apart->mutable_prediction()->set_stated("2025-01-01");
  apart->mutable_prediction()->mutable_raw()->set_scalar("7 days");
  v1::ViewTopic* declined = view.add_topics();
  declined->set_topic("a/declined");
  declined->mutable_own()->set_state(v1::ViewCell::DECLINED);
  declined->mutable_own()->set_stated("2025-01-01");
  v1::ViewTopic* home = view.add_topics();
  home->set_topic("a/home");
  home->mutable_own()->set_state(v1::ViewCell::PRIVATE);
  home->mutable_own()->set_stated("2025-01-01");
  home->mutable_own()->mutable_raw()->set_scalar("9");
  v1::ViewTopic* sealed = view.add_topics();
  sealed->set_topic("a/sealed");
  sealed->mutable_own()->set_state(v1::ViewCell::SEALED);
  sealed->mutable_own()->set_stated("2025-01-01");
  view.add_topics()->set_topic("a/unstated");
  return view;
}

TEST(ViewFileTest, AnExportedViewIsReadBackTheSame) {
  const auto view = ReadViewFile(WriteViewFile(SomeView()), "v.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  EXPECT_EQ(view->party, "cascadia");
  EXPECT_EQ(view->partner, "meridian");
  EXPECT_THAT(
      Summaries(*view),
      ElementsAre("a/apart 2025-01-01 -|7 days",
                  "a/both@cascadia 2025-02-10 \"say: \\\"it\\\"\"|\"say: "
                  "\\\"it\\\"\"",
                  "a/apart 2025-06-01 [x]|- new plan",
                  "a/declined 2025-01-01 -|- declined",
                  "a/home 2025-01-01 9|- private",
                  "a/sealed 2025-01-01 -|- sealed"));
}

std::vector<v1::Topic> SomeTopics() {
  v1::Topic topic;
  topic.set_topic("frame/scope-in");
  topic.set_layer("frame");
  topic.set_title("Scope");
  topic.set_prompt_own("What is\nin scope?");
  topic.set_example("[bottled_coffee, canned_coffee]");
  return {topic};
}

TEST(ViewFileTest, AnUntouchedTemplateSaysNothing) {
  const std::string text = WriteViewTemplate("cascadia", "", SomeTopics());
  const auto view = ReadViewFile(text, "v.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view) << text;
  EXPECT_TRUE(view->rows.empty());
  EXPECT_THAT(text, HasSubstr("What is in scope?"));
}

TEST(ViewFileTest, ATemplateWithoutTheMarksIsAView) {
  const std::string text =
      absl::StrReplaceAll(WriteViewTemplate("cascadia", "", SomeTopics()),
                          {{"  #frame", "  frame"}, {"  #  ", "    "}});
  const auto view = ReadViewFile(text, "v.yaml");
  ASSERT_TRUE(view.ok()) << Refusal(view) << text;
  EXPECT_THAT(Summaries(*view),
              ElementsAre("frame/scope-in  [bottled_coffee, canned_coffee]|"
                          "[bottled_coffee, canned_coffee]"));
}

TEST(RecordFileTest, TheExamplesGiveTheirContributionsAndCountTheRest) {
  const auto text = ReadTextFile(Example("cascadia-meridian/records.yaml"));
  ASSERT_TRUE(text.ok());
  const auto records = ReadRecordFile(*text, "r.yaml");
  ASSERT_TRUE(records.ok()) << Refusal(records);
  ASSERT_EQ(records->contributions.size(), 36u);
  const v1::RecordRow& row = records->contributions[26];
  EXPECT_EQ(row.reference(), "C27");
  EXPECT_EQ(row.giver(), "meridian");
  EXPECT_EQ(row.claimed(), "700");
  EXPECT_EQ(row.acknowledged(), "600");
  EXPECT_EQ(row.line(), 30);
}

TEST(RecordFileTest, EveryPartOfTheExamplesIsRead) {
  for (const auto& [file, count, unused] :
       {std::tuple("cascadia-meridian/records.yaml", 12 + 3 + 64, 0),
        std::tuple("northfield-quillon/records.yaml", 4 + 3 + 4 + 2 + 1 + 22,
                   1)}) {
    const auto text = ReadTextFile(Example(file));
    ASSERT_TRUE(text.ok());
    const auto records = ReadRecordFile(*text, file);
    ASSERT_TRUE(records.ok()) << Refusal(records);
    EXPECT_EQ(records->records.size(), static_cast<size_t>(count)) << file;
    EXPECT_EQ(records->unused.size(), static_cast<size_t>(unused)) << file;
  }
}

TEST(RecordFileTest, ARiskHasAnEstimateOfEachCompany) {
  const auto records = ReadRecordFile(
      "risks:\n- {id: R1, title: recall, likelihood: {agreed: rare, a: "
      "likely}, impact_eur: 500, borne: {a: 0.3, b: 0.7}}\n",
      "r");
  ASSERT_TRUE(records.ok()) << Refusal(records);
  const v1::RecordRow& row = records->records[0];
  EXPECT_EQ(row.type(), "risk");
  EXPECT_EQ(row.fields().currency(), "EUR");
  EXPECT_EQ(row.fields().impact(), "500");
  EXPECT_EQ(row.fields().agreed_impact(), "500");
  ASSERT_EQ(row.fields().likelihoods_size(), 2);
  EXPECT_EQ(row.fields().likelihoods(1).party(), "a");
  EXPECT_EQ(row.fields().likelihoods(1).value(), "likely");
  EXPECT_EQ(row.fields().shares(1).value(), "0.7");
}

TEST(RecordFileTest, ASumThatIsNotReportedIsNoRow) {
  const auto records =
      ReadRecordFile("knowledge_points: {a: 18, b: null}\n", "r");
  ASSERT_TRUE(records.ok()) << Refusal(records);
  ASSERT_EQ(records->records.size(), 1u);
  EXPECT_EQ(records->records[0].giver(), "a");
  EXPECT_EQ(records->records[0].kind(), "points");
}

TEST(RecordFileTest, ARowWithoutAnIdIsKnownByWhatItSays) {
  const auto records = ReadRecordFile(
      "benefits:\n- {receiver: a, kind: publication, count: 4}\n", "r");
  ASSERT_TRUE(records.ok()) << Refusal(records);
  EXPECT_EQ(records->records[0].reference(), "publication a");
}

TEST(RecordFileTest, AnUnknownFieldIsRefusedWithItsLine) {
  EXPECT_THAT(Refusal(ReadRecordFile("risks:\n- {title: x, chance: 1}\n", "r")),
              HasSubstr("r:2: \"chance\" is unknown in a risk"));
  EXPECT_THAT(Refusal(ReadRecordFile("measures:\n  m:\n  - {on: 5, value: "
                                     "1}\n",
                                     "r")),
              HasSubstr("r:3: on: \"5\" is no date"));
}

TEST(ViewFileTest, SharesFiguresAndTheWordOnBeingBetterOffAreRead) {
  const auto view = ReadViewFile(
      "party: a\nas_of: 2025-07-01\nclaims_of_share:\n  growth: {own_share: "
      "0.6, acknowledged_to_partner: 0.4}\nprivate: {value_alone_usd: 200, "
      "upkeep_usd: 12.5}\nshared_better_off: 'yes'\n",
      "v");
  ASSERT_TRUE(view.ok()) << Refusal(view);
  ASSERT_EQ(view->share_claims.size(), 1u);
  EXPECT_EQ(view->share_claims[0].kind(), "growth");
  EXPECT_EQ(view->share_claims[0].date(), "2025-07-01");
  EXPECT_EQ(view->share_claims[0].fields().partner_share(), "0.4");
  EXPECT_EQ(view->value_alone, "200");
  EXPECT_EQ(view->upkeep, "12.5");
  EXPECT_EQ(view->private_currency, "USD");
  EXPECT_EQ(view->better_off, "yes");
  EXPECT_THAT(Refusal(ReadViewFile("party: a\nshared_better_off: 1\n", "v")),
              HasSubstr("v:2: shared_better_off: takes yes, no or undecided"));
}

TEST(RecordFileTest, AMissingFieldIsRefusedWithItsLine) {
  EXPECT_THAT(
      Refusal(ReadRecordFile("contributions:\n- {id: C1, giver: a}\n", "r")),
      HasSubstr("r:2: a contribution needs \"kind\""));
}

TEST(ProposalFileTest, TermsAndSettingsAreRead) {
  const auto terms = ReadProposalFile(
      "type: t\ntitle: A title\nbody: |\n  one\n  two\n"
      "set:\n  a/b: 5 days\n  c/d: [x]\nrespond_by: 2026-01-31\n",
      "p.yaml");
  ASSERT_TRUE(terms.ok()) << Refusal(terms);
  EXPECT_EQ(terms->text(), "one\ntwo\n");
  EXPECT_EQ(terms->settings(0).value().scalar(), "5 days");
  EXPECT_EQ(terms->settings(1).line(), 8);
  EXPECT_EQ(terms->respond_by(), "2026-01-31");
  EXPECT_THAT(Refusal(ReadProposalFile("type: t\n", "p.yaml")),
              HasSubstr("a proposal needs \"title\""));
}

}  // namespace
}  // namespace tallystick::cli
