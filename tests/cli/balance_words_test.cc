// SPDX-License-Identifier: Apache-2.0
#include "cli/balance_words.h"

#include <sstream>
#include <string>

#include "cli/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

v1::BalanceAmount Amount(const std::string& text) {
  v1::BalanceAmount amount;
  amount.set_text(text);
  amount.set_currency("USD");
  return amount;
}

v1::Balance Example() {
  v1::Balance balance;
  balance.set_own("cascadia");
  balance.set_partner("meridian");
  balance.set_as_of("2025-07-01");
  balance.set_currency("USD");
  v1::BalanceDimension& inputs = *balance.add_dimensions();
  inputs.set_dimension("inputs");
  inputs.set_basis(v1::BalanceDimension::CLAIMED);
  *inputs.mutable_own() = Amount("3745000.00");
  *inputs.mutable_partner() = Amount("6060000.00");
  inputs.set_target(0.45);
  inputs.set_share(0.3819);
  inputs.set_skew(-0.0681);
  inputs.set_state(v1::BalanceDimension::BALANCED);
  v1::BalanceDimension& risk = *balance.add_dimensions();
  risk.set_dimension("risk");
  risk.set_basis(v1::BalanceDimension::AGREED);
  risk.set_state(v1::BalanceDimension::NO_DATA);
  for (const auto basis :
       {v1::BalanceDimension::OWN, v1::BalanceDimension::PARTNER}) {
    v1::BalanceDimension& estimate = *balance.add_dimensions();
    estimate.set_dimension("risk");
    estimate.set_basis(basis);
    *estimate.mutable_own() = Amount("1250000.00");
    estimate.set_state(v1::BalanceDimension::WATCH);
  }
  return balance;
}

TEST(BalanceWordsTest, AmountsAreGroupedAndLoseZerosOnly) {
  EXPECT_EQ(AmountInWords(Amount("3745000.00")), "USD 3,745,000");
  EXPECT_EQ(AmountInWords(Amount("-1234567.89")), "USD -1,234,567.89");
  EXPECT_EQ(AmountInWords(Amount("999.50")), "USD 999.50");
  EXPECT_EQ(AmountInWords(Amount("-100")), "USD -100");
}

TEST(BalanceWordsTest, EveryLineFitsIntoEightyColumns) {
  v1::Balance balance = Example();
  v1::AcknowledgementGap& gap = *balance.add_acknowledgements();
  gap.set_giver("meridian");
  gap.set_kind("field_sales_day");
  gap.set_claimed("4200");
  gap.set_acknowledged("3360");
  gap.set_gap(0.2);
  *gap.mutable_difference_value() = Amount("546000.00");
  std::istringstream lines(
      RenderBalance(balance, BalanceView::kBoth, {.width = 80}));
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(DisplayWidth(line), 80) << line;
    all += line + " ";
  }
  EXPECT_THAT(all, AllOf(HasSubstr("3,745,000"), HasSubstr("38.2%"),
                         HasSubstr("45.0%"), HasSubstr("balanced"),
                         HasSubstr("a gap of 20.0%, worth USD 546,000")));
}

TEST(BalanceWordsTest, AFigureThatIsNotKnownIsADash) {
  v1::Balance balance = Example();
  balance.mutable_dimensions(0)->clear_partner();
  balance.mutable_dimensions(0)->clear_share();
  balance.mutable_dimensions(0)->set_state(v1::BalanceDimension::ONE_SIDED);
  EXPECT_THAT(RenderBalance(balance, BalanceView::kBoth, {}),
              HasSubstr("3,745,000         -      -"));
}

TEST(BalanceWordsTest, WhatIsNotInTheCurrencyOfTheRestSaysSo) {
  v1::Balance balance = Example();
  balance.mutable_dimensions(0)->mutable_own()->set_currency("points");
  EXPECT_THAT(RenderBalance(balance, BalanceView::kBoth, {}),
              HasSubstr("claimed, points"));
}

TEST(BalanceWordsTest, AViewLeavesTheEstimatesOfTheOtherOut) {
  EXPECT_THAT(RenderBalance(Example(), BalanceView::kOwn, {}),
              AllOf(HasSubstr("by us"), Not(HasSubstr("by them"))));
  EXPECT_THAT(RenderBalance(Example(), BalanceView::kPartner, {}),
              AllOf(HasSubstr("by them"), Not(HasSubstr("by us"))));
}

TEST(BalanceWordsTest, OnlyTheBasisThatComesFirstIsAnImbalance) {
  v1::Balance balance = Example();
  EXPECT_EQ(CountImbalances(balance), 0);
  balance.mutable_dimensions(0)->set_state(v1::BalanceDimension::BREACH);
  EXPECT_EQ(CountImbalances(balance), 1);
  balance.add_equity()->set_state(v1::BalanceEquity::FAVOURS_PARTNER);
  balance.mutable_better_off()->set_rule_one_met(false);
  EXPECT_EQ(CountImbalances(balance), 3);
}

TEST(BalanceWordsTest, WhatIsNotKnownOfEquityIsNamed) {
  v1::Balance balance = Example();
  v1::BalanceEquity& equity = *balance.add_equity();
  equity.set_basis(v1::BalanceDimension::AGREED);
  equity.set_state(v1::BalanceEquity::MISSING);
  equity.set_ratio_without_upkeep(2.3032);
  equity.add_missing("upkeep of meridian");
  EXPECT_THAT(RenderBalance(balance, BalanceView::kBoth, {}),
              AllOf(HasSubstr("not known yet; without upkeep 2.3032"),
                    HasSubstr("Not known: upkeep")));
}

TEST(BalanceWordsTest, TheWordOnBeingBetterOffComesWithoutFiguresOfTheOther) {
  v1::BalanceBetterOff better_off;
  better_off.set_own_stated(v1::BalanceBetterOff::YES);
  better_off.set_partner_stated(v1::BalanceBetterOff::NO);
  better_off.set_rule_one_met(false);
  EXPECT_THAT(RenderBetterOff(better_off, "cascadia", "meridian"),
              AllOf(HasSubstr("cascadia: yes; meridian: no"),
                    HasSubstr("worse off than alone")));
}

}  // namespace
}  // namespace tallystick::cli
