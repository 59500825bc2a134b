// SPDX-License-Identifier: Apache-2.0
#include "core/decision/terms.h"

#include <functional>
#include <string>

#include "core/decision/content.h"
#include "core/decision/terms_text.h"
#include "core/decision/verdict_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::decision {
namespace {

using ::tallystick::testing::IsOk;
using ::testing::HasSubstr;

v1::Decimal Number(int64_t unscaled, uint32_t scale = 0) {
  v1::Decimal number;
  number.set_unscaled(unscaled);
  number.set_scale(scale);
  return number;
}

v1::Date Day(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

v1::DecisionContent Bare() {
  v1::DecisionContent content;
  content.set_type("commercial_terms");
  content.set_title("Terms");
  return content;
}

// One term of every kind.
v1::DecisionContent Full() {
  v1::DecisionContent content = Bare();
  v1::Target& target = *content.add_targets();
  target.set_dimension(v1::Target::INPUTS);
  *target.mutable_share_of_a() = Number(45, 2);
  v1::RateTable& table = *content.add_rate_tables();
  table.set_version(2);
  *table.mutable_effective_on() = Day(2025, 4, 1);
  table.set_currency("EUR");
  v1::RateTable::Rate& rate = *table.add_rates();
  rate.set_kind("researcher_day");
  rate.set_unit("day");
  *rate.mutable_rate() = Number(62025, 2);
  v1::MonitoredMeasure& measure = *content.add_monitored();
  measure.set_measure("people_present");
  measure.set_about(v1::PARTY_B);
  *measure.mutable_agreed() = Number(20);
  *measure.mutable_sigma() = Number(15, 1);
  *measure.mutable_h() = Number(4);
  measure.set_good(v1::MonitoredMeasure::HIGHER);
  *measure.mutable_interval()->mutable_count() = Number(30);
  measure.mutable_interval()->set_unit(v1::Period::DAY);
  for (const auto& [word, hundredths] :
       {std::pair("rare", 5), {"likely", 65}}) {
    auto& step = *content.mutable_likelihood_scale()->add_steps();
    step.set_word(word);
    *step.mutable_probability() = Number(hundredths, 2);
  }
  v1::CurrencyRate& currency = *content.add_currency_rates();
  currency.set_from("EUR");
  currency.set_to("USD");
  *currency.mutable_rate() = Number(108, 2);
  content.set_position("innovative");
  content.set_stage("deal");
  *content.mutable_equity_band() = Number(25, 2);
  return content;
}

TEST(TermsTest, EveryKindOfTermIsReadAndWrittenBackAsItWas) {
  const v1::DecisionContent content = Full();
  const auto terms = ReadTerms(content);
  ASSERT_THAT(terms, IsOk());
  EXPECT_EQ(terms->targets[0].dimension, Dimension::kInputs);
  EXPECT_EQ(terms->targets[0].band, kBandDefault);
  EXPECT_EQ(terms->rate_tables[0].Find("researcher_day")->unit, "day");
  EXPECT_EQ(terms->rate_tables[0].Find("lab_day"), nullptr);
  EXPECT_EQ(terms->monitored[0].about, v1::PARTY_B);
  EXPECT_FALSE(terms->monitored[0].tolerance.has_value());
  v1::DecisionContent written = Bare();
  WriteTerms(*terms, &written);
  EXPECT_EQ(written.SerializeAsString(), content.SerializeAsString());
}

TEST(TermsTest, ADecisionWithoutTermsHasNone) {
  const auto terms = ReadTerms(Bare());
  ASSERT_THAT(terms, IsOk());
  EXPECT_TRUE(terms->empty());
  EXPECT_EQ(TermsText(Bare(), "a.example", "b.example"), "");
}

TEST(TermsTest, TheRestOfAShareIsExact) {
  EXPECT_EQ(RestOf({45, 2}), (expectation::Decimal{55, 2}));
  EXPECT_EQ(RestOf({1, 0}), (expectation::Decimal{0, 0}));
  EXPECT_EQ(RestOf({0, 0}), (expectation::Decimal{1, 0}));
  EXPECT_EQ(RestOf({1, 9}), (expectation::Decimal{999'999'999, 9}));
}

struct Refusal {
  std::string name;
  std::function<void(v1::DecisionContent&)> spoil;
  std::string says;
};

class RefusedTermsTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedTermsTest, IsRefusedByNameAlsoAsContent) {
  v1::DecisionContent content = Full();
  GetParam().spoil(content);
  const auto terms = ReadTerms(content);
  ASSERT_FALSE(terms.ok());
  EXPECT_THAT(std::string(terms.status().message()),
              HasSubstr(GetParam().says));
  EXPECT_FALSE(ParseContent(content.SerializeAsString()).ok());
}

using Content = v1::DecisionContent;

INSTANTIATE_TEST_SUITE_P(
    Terms, RefusedTermsTest,
    ::testing::Values(
        Refusal{"ShareAbove1",
                [](Content& c) {
                  *c.mutable_targets(0)->mutable_share_of_a() = Number(11, 1);
                },
                "inputs: the share is 1.1, but at most 1"},
        Refusal{"ShareBelow0",
                [](Content& c) {
                  *c.mutable_targets(0)->mutable_share_of_a() = Number(-1, 1);
                },
                "at least 0"},
        Refusal{"NoShare",
                [](Content& c) { c.mutable_targets(0)->clear_share_of_a(); },
                "has no share"},
        Refusal{"BandOf0",
                [](Content& c) {
                  *c.mutable_targets(0)->mutable_band() = Number(0);
                },
                "the band is 0, but more than 0"},
        Refusal{"NoDimension",
                [](Content& c) { c.mutable_targets(0)->clear_dimension(); },
                "no dimension"},
        Refusal{"DimensionTwice",
                [](Content& c) { *c.add_targets() = c.targets(0); },
                "of the targets one is there twice"},
        Refusal{"SigmaOf0",
                [](Content& c) {
                  *c.mutable_monitored(0)->mutable_sigma() = Number(0);
                },
                "people_present: sigma is 0"},
        Refusal{"SigmaWithoutFigure",
                [](Content& c) { c.mutable_monitored(0)->clear_agreed(); },
                "need the agreed figure"},
        Refusal{"OpenEndedInterval",
                [](Content& c) {
                  c.mutable_monitored(0)->mutable_interval()->clear_count();
                  c.mutable_monitored(0)->mutable_interval()->set_unit(
                      v1::Period::OPEN_ENDED);
                },
                "interval is a length of time above 0"},
        Refusal{"MeasureTwice",
                [](Content& c) { *c.add_monitored() = c.monitored(0); },
                "monitored measures one is there twice"},
        Refusal{"MeasureName",
                [](Content& c) { c.mutable_monitored(0)->set_measure("A b"); },
                "a measure is"},
        Refusal{
            "UnknownCurrency",
            [](Content& c) { c.mutable_rate_tables(0)->set_currency("euro"); },
            "three capital letters"},
        Refusal{"KindTwice",
                [](Content& c) {
                  *c.mutable_rate_tables(0)->add_rates() =
                      c.rate_tables(0).rates(0);
                },
                "researcher_day is listed twice"},
        Refusal{"NegativeRate",
                [](Content& c) {
                  *c.mutable_rate_tables(0)->mutable_rates(0)->mutable_rate() =
                      Number(-1);
                },
                "researcher_day is -1"},
        Refusal{"VersionTwice",
                [](Content& c) { *c.add_rate_tables() = c.rate_tables(0); },
                "rate tables one is there twice"},
        Refusal{"NoRates",
                [](Content& c) { c.mutable_rate_tables(0)->clear_rates(); },
                "has 0 rates"},
        Refusal{"TooManyRates",
                [](Content& c) {
                  for (int i = 0; i < 200; ++i) {
                    auto& rate = *c.mutable_rate_tables(0)->add_rates();
                    rate.set_kind("kind_" + std::to_string(i));
                    *rate.mutable_rate() = Number(1);
                  }
                },
                "has 201 rates"},
        Refusal{"ScaleNotAscending",
                [](Content& c) {
                  auto& scale = *c.mutable_likelihood_scale();
                  *scale.mutable_steps(1)->mutable_probability() = Number(5, 2);
                },
                "likely is not more likely than rare"},
        Refusal{"ProbabilityAbove1",
                [](Content& c) {
                  auto& scale = *c.mutable_likelihood_scale();
                  *scale.mutable_steps(1)->mutable_probability() = Number(2);
                },
                "at most 1"},
        Refusal{"CurrencyInItself",
                [](Content& c) { c.mutable_currency_rates(0)->set_to("EUR"); },
                "two different currencies"},
        Refusal{"CurrencyRateOf0",
                [](Content& c) {
                  *c.mutable_currency_rates(0)->mutable_rate() = Number(0);
                },
                "more than 0"},
        Refusal{"DecimalBeyondItsBounds",
                [](Content& c) { *c.mutable_equity_band() = Number(25, 40); },
                "the equity band"},
        Refusal{"EquityBandOf0",
                [](Content& c) { *c.mutable_equity_band() = Number(0); },
                "more than 0"},
        Refusal{"PositionWithALineFeed",
                [](Content& c) { c.set_position("a\nverdict: approve"); },
                "a position or stage"}),
    [](const ::testing::TestParamInfo<Refusal>& term) {
      return term.param.name;
    });

// Compared byte for byte when a verdict is folded, so it may never change.
TEST(TermsTextTest, IsVersion1) {
  EXPECT_EQ(TermsText(Full(), "north.example", "quill.example"),
            "target: inputs = north.example 0.45, quill.example 0.55, band "
            "0.1\n"
            "rate table: version 2 in EUR from 2025-04-01\n"
            "rate: researcher_day = 620.25 EUR per day\n"
            "monitor: people_present@quill.example = 20, sigma 1.5, h 4, "
            "higher is better, every 30 days\n"
            "likelihood: rare = 0.05\n"
            "likelihood: likely = 0.65\n"
            "currency rate: 1 EUR = 1.08 USD\n"
            "position: innovative\n"
            "stage: deal\n"
            "equity band: 0.25\n");
}

VerdictSubject Subject(const v1::DecisionContent& content) {
  return {.alliance_uid = "aa",
          .log_origin = "a.example/tallystick/aa",
          .domain_a = "a.example",
          .domain_b = "b.example",
          .opened_by_domain = "a.example",
          .decision_uid = "dd",
          .terms = content,
          .principal = "alice@a.example"};
}

TEST(VerdictTextTest, OfADecisionWithoutTermsIsWhatItAlwaysWas) {
  v1::DecisionContent content = Bare();
  *content.mutable_due_on() = Day(2025, 4, 30);
  EXPECT_EQ(VerdictText(Subject(content)),
            "tallystick-verdict/v1\n"
            "alliance: aa\n"
            "parties: a.example and b.example\n"
            "log: a.example/tallystick/aa\n"
            "decision: dd opened by a.example\n"
            "type: commercial_terms\n"
            "title: Terms\n"
            "due on: 2025-04-30\n"
            "terms: sha256:"
            "00000000000000000000000000000000"
            "00000000000000000000000000000000\n"
            "verdict: approve\n"
            "signer: alice@a.example\n");
}

TEST(VerdictTextTest, ShowsTheTermsBetweenTitleAndDays) {
  v1::DecisionContent content = Bare();
  content.set_stage("deal");
  *content.mutable_due_on() = Day(2025, 4, 30);
  EXPECT_THAT(VerdictText(Subject(content)),
              HasSubstr("title: Terms\nstage: deal\ndue on: 2025-04-30\n"));
}

TEST(ContentTest, RefusesADayThatIsNotInTheCalendar) {
  v1::DecisionContent content = Bare();
  *content.mutable_effective_on() = Day(2025, 2, 30);
  EXPECT_FALSE(ParseContent(content.SerializeAsString()).ok());
}

}  // namespace
}  // namespace tallystick::decision
