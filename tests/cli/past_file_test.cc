// SPDX-License-Identifier: Apache-2.0
#include "cli/past_file.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "cli/outcome.h"
#include "cli/proposal_file.h"
#include "cli/yaml_tree.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The first line of what is wrong; empty: nothing.
std::string Refusal(const absl::Status& status) {
  return status.ok() ? "" : RenderError(status, "").front();
}

absl::StatusOr<v1::ImportPastDecisionsRequest> ReadExample(
    const std::string& name) {
  PastFiles files;
  for (const char* file : {"decisions.yaml", "alliance.yaml"}) {
    const std::string path =
        absl::StrCat(TALLYSTICK_EXAMPLES, "/", name, "/", file);
    const auto text = ReadTextFile(path);
    if (!text.ok()) return text.status();
    if (const absl::Status read = files.Read(*text, path); !read.ok()) {
      return read;
    }
  }
  return files.Finish();
}

std::string ReadOne(const std::string& text) {
  PastFiles files;
  if (const auto read = files.Read(text, "f.yaml"); !read.ok()) {
    return Refusal(read);
  }
  return Refusal(files.Finish().status());
}

constexpr char kDecision[] =
    "- {id: D1, type: t, title: T, proposed_by: a, proposed: 2025-01-06, ";

TEST(PastFileTest, TheFirstExampleIsReadWholeAndMeasuresGoToTheirDecision) {
  const auto request = ReadExample("cascadia-meridian");
  ASSERT_TRUE(request.ok()) << Refusal(request.status());
  ASSERT_EQ(request->decisions_size(), 8);
  EXPECT_EQ(request->parties_size(), 2);
  const v1::PastDecisionRow& d2 = request->decisions(1);
  ASSERT_EQ(d2.agreed().monitored_size(), 2);
  EXPECT_EQ(d2.agreed().monitored(0).measure(), "handoff_lead_time");
  EXPECT_EQ(d2.agreed().monitored(0).sigma(), "1");
  const v1::PastDecisionRow& terms = request->decisions(7);
  EXPECT_EQ(terms.reference(), "terms");
  EXPECT_EQ(terms.accepted(), "2025-01-01");
  EXPECT_EQ(terms.agreed().targets_size(), 3);
  EXPECT_EQ(terms.agreed().rate_tables(0).rates_size(), 6);
  EXPECT_EQ(terms.agreed().likelihood_scale_size(), 5);
  EXPECT_EQ(terms.agreed().stage(), "perform");
  // None is agreed; this is the one by which topics are to be weighed.
  EXPECT_EQ(terms.agreed().position(), "cooperative");
  ASSERT_EQ(terms.agreed().monitored_size(), 1);
  EXPECT_EQ(terms.agreed().monitored(0).measure(), "trust_pulse@meridian");
}

TEST(PastFileTest, TheSecondExampleHasTwoRateTablesAndPoints) {
  const auto request = ReadExample("northfield-quillon");
  ASSERT_TRUE(request.ok()) << Refusal(request.status());
  const v1::AgreedTerms& terms = request->decisions(6).agreed();
  ASSERT_EQ(terms.rate_tables_size(), 3);
  EXPECT_EQ(terms.rate_tables(1).effective_on(), "2025-04-01");
  EXPECT_EQ(terms.rate_tables(2).currency(), "points");
  EXPECT_EQ(terms.monitored(0).interval(), "30 days");
  EXPECT_EQ(terms.monitored(2).agreed(), "");
  EXPECT_EQ(request->decisions(4).accepted(), "2025-04-16");
  EXPECT_EQ(request->decisions(4).revoked(), "2025-04-15");
}

TEST(PastFileTest, LinesOfTheSecondFileAreToldFromThoseOfTheFirst) {
  const auto request = ReadExample("cascadia-meridian");
  ASSERT_TRUE(request.ok());
  EXPECT_LT(request->decisions(0).line(), kLinesPerFile);
  EXPECT_GT(request->decisions(1).agreed().monitored(0).line(), kLinesPerFile);
}

TEST(PastFileTest, AnUnknownKeyIsRefusedWithFileAndLine) {
  EXPECT_THAT(ReadOne(absl::StrCat(kDecision, "\n   agreed_on: 2025-01-07}\n")),
              StartsWith("f.yaml:2: \"agreed_on\" is unknown"));
  EXPECT_THAT(ReadOne("title: T\nweather: fine\n"),
              StartsWith("f.yaml:2: \"weather\" is unknown"));
}

TEST(PastFileTest, ADecisionSaysWhichTopicsItWouldHaveSet) {
  PastFiles files;
  ASSERT_TRUE(files.Read("[]\n", "first.yaml").ok());
  ASSERT_TRUE(files
                  .Read(absl::StrCat(kDecision, "\n   set: {a/b: [x, y]}}\n"),
                        "second.yaml")
                  .ok());
  const auto request = files.Finish();
  ASSERT_TRUE(request.ok());
  const auto& setting = request->decisions(0).settings(0);
  EXPECT_EQ(setting.topic(), "a/b");
  EXPECT_EQ(setting.line(), kLinesPerFile + 2);
  EXPECT_EQ(setting.value().list().values(1).line(), kLinesPerFile + 2);
}

TEST(PastFileTest, ADecisionWithoutItsProposerIsRefused) {
  EXPECT_THAT(ReadOne("- {id: D1, type: t, title: T, proposed: 2025-01-06}\n"),
              HasSubstr("a decision needs \"proposed_by\""));
}

TEST(PastFileTest, TwoNamesForTheSameDayAreRefused) {
  EXPECT_THAT(
      ReadOne(absl::StrCat(
          kDecision, "accepted: 2025-01-07, acceptance_sent: 2025-01-07}\n")),
      HasSubstr("accepted and acceptance_sent are the same"));
}

TEST(PastFileTest, AMeasureOfADecisionThatIsInNoFileIsRefused) {
  EXPECT_THAT(ReadOne("parties: {a: {}, b: {}}\n"
                      "start: 2025-01-01\n"
                      "monitored:\n"
                      "  lead_time: {agreed: 5, decision: D9}\n"),
              StartsWith("f.yaml:4: decision: D9 is in none of the files"));
}

TEST(PastFileTest, TermsWithoutADayAreRefused) {
  EXPECT_THAT(ReadOne("parties: {a: {}, b: {}}\nstage: deal\n"),
              HasSubstr("it is not said since when this holds"));
}

TEST(PastFileTest, AMethodThatIsNotKnownIsRefused) {
  EXPECT_THAT(ReadOne("monitored:\n  x: {agreed: 5, method: guess}\n"),
              StartsWith("f.yaml:2: method: \"guess\""));
}

TEST(ProposalFileTest, WhatIsAgreedBesidesTopicsIsReadWithItsLines) {
  const auto terms = ReadProposalFile(
      "type: t\ntitle: T\ntargets:\n  inputs: {a: 0.45, band: 0.2}\n"
      "rate_table:\n  version: 2\n  currency: EUR\n"
      "  rates: {day: {rate: 10.5, unit: day}}\n"
      "effective: 2026-01-01\ndue: 2026-02-01\nposition: cooperative\n",
      "p.yaml");
  ASSERT_TRUE(terms.ok()) << Refusal(terms.status());
  EXPECT_EQ(terms->effective_on(), "2026-01-01");
  EXPECT_EQ(terms->due_on(), "2026-02-01");
  const v1::AgreedTerms& agreed = terms->agreed();
  EXPECT_EQ(agreed.targets(0).line(), 4);
  EXPECT_EQ(agreed.targets(0).shares(0).share(), "0.45");
  EXPECT_EQ(agreed.targets(0).band(), "0.2");
  EXPECT_EQ(agreed.rate_tables(0).rates(0).unit(), "day");
  EXPECT_EQ(agreed.rate_tables(0).rates(0).line(), 8);
  EXPECT_EQ(agreed.position_line(), 11);
}

TEST(ProposalFileTest, ARateTableWithoutAVersionIsRefusedWithItsLine) {
  EXPECT_THAT(Refusal(ReadProposalFile("type: t\ntitle: T\nrate_table:\n"
                                       "  version: zero\n  currency: EUR\n"
                                       "  rates: {day: 1}\n",
                                       "p.yaml")
                          .status()),
              StartsWith("p.yaml:4: version: \"zero\""));
}

TEST(RenderErrorTest, ALineIsNamedWithItsFile) {
  EXPECT_THAT(Refusal(FileError("a.yaml", 3, "x")), StartsWith("a.yaml:3: x"));
}

}  // namespace
}  // namespace tallystick::cli
