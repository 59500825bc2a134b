// SPDX-License-Identifier: Apache-2.0
#include "core/record/amount.h"

#include <openssl/bn.h>

#include <memory>
#include <random>
#include <string>

#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::record {
namespace {

using expectation::Decimal;
using testing::IsOkAndHolds;

Decimal Number(const char* text) { return *expectation::ParseDecimal(text); }

// measures.md b.4.
TEST(AmountTest, ALineIsRoundedHalfToEvenOnce) {
  EXPECT_THAT(Multiply({Number("12.5"), Number("870.25")}, 2),
              IsOkAndHolds(1'087'812));
  EXPECT_THAT(Multiply({Number("0.5"), Number("0.25")}, 2), IsOkAndHolds(12));
  EXPECT_THAT(Multiply({Number("1.5"), Number("0.25")}, 2), IsOkAndHolds(38));
}

TEST(AmountTest, NegativeAmountsRoundAsPositiveOnes) {
  EXPECT_THAT(Multiply({Number("-0.5"), Number("0.25")}, 2), IsOkAndHolds(-12));
  EXPECT_THAT(Multiply({Number("-1.5"), Number("-0.25")}, 2), IsOkAndHolds(38));
}

TEST(AmountTest, WhatMoneyDoesNotHoldIsRefusedByName) {
  const Decimal most = {expectation::kUnscaledMax, 0};
  EXPECT_THAT(Multiply({most}, 0), IsOkAndHolds(expectation::kUnscaledMax));
  for (const auto& too_much : {Multiply({most}, 2), Multiply({most, most}, 0),
                               Multiply({most, most, most}, 4)}) {
    EXPECT_EQ(evidence::ReasonOf(too_much.status()), "amount_overflow");
  }
}

TEST(AmountTest, UnitsAreWrittenExactly) {
  EXPECT_EQ(ToText(374'500'000, 2), "3745000.00");
  EXPECT_EQ(ToText(-5, 2), "-0.05");
  EXPECT_EQ(ToText(0, 2), "0.00");
  EXPECT_EQ(ToText(1200, 0), "1200");
  EXPECT_EQ(ToText(Units(expectation::kUnscaledMax) * 1'000'000, 3),
            "1000000000000000000.000");
}

TEST(AmountTest, MajorUnitsAndMinorUnitsGoBothWays) {
  EXPECT_EQ(ToDecimal(-1250, 2), Number("-12.5"));
  EXPECT_THAT(ToUnits(Number("-12.5"), 2), IsOkAndHolds(-1250));
}

// The same computed by OpenSSL's integers of any size, along another way: the
// nearest integer is found from twice the remainder.
class Exact {
 public:
  std::string Multiply(const std::vector<Decimal>& factors, int digits) {
    Number product = One();
    Number divisor = One();
    for (const Decimal& factor : factors) {
      Scale(product, BN_mul_word,
            static_cast<BN_ULONG>(std::abs(factor.unscaled)));
      BN_set_negative(product.get(),
                      BN_is_negative(product.get()) != (factor.unscaled < 0));
      for (uint32_t i = 0; i < factor.scale; ++i)
        Scale(divisor, BN_mul_word, 10);
    }
    for (int i = 0; i < digits; ++i) Scale(product, BN_mul_word, 10);
    Number quotient(BN_new(), BN_free);
    Number rest(BN_new(), BN_free);
    BN_div(quotient.get(), rest.get(), product.get(), divisor.get(),
           context_.get());
    BN_lshift1(rest.get(), rest.get());
    const int half = BN_ucmp(rest.get(), divisor.get());
    if (half > 0 || (half == 0 && BN_is_odd(quotient.get()))) {
      const bool negative = BN_is_negative(product.get()) != 0;
      negative ? BN_sub_word(quotient.get(), 1)
               : BN_add_word(quotient.get(), 1);
    }
    char* text = BN_bn2dec(quotient.get());
    std::string result = BN_is_zero(quotient.get()) ? "0" : text;
    OPENSSL_free(text);
    return result;
  }

 private:
  using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

  static Number One() {
    Number one(BN_new(), BN_free);
    BN_one(one.get());
    return one;
  }
  static void Scale(Number& number, int (*multiply)(BIGNUM*, BN_ULONG),
                    BN_ULONG by) {
    multiply(number.get(), by);
  }

  std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context_{BN_CTX_new(),
                                                           BN_CTX_free};
};

Decimal RandomDecimal(std::mt19937_64& random) {
  // All magnitudes alike, and ties often.
  int64_t size = 1;
  for (uint64_t i = random() % 10; i > 0; --i) size *= 10;
  const auto unscaled = static_cast<int64_t>(random() % 2000) * size / 8;
  return expectation::MakeDecimal(random() % 4 == 0 ? -unscaled : unscaled,
                                  static_cast<uint32_t>(random() % 10));
}

TEST(AmountPropertyTest, EveryProductIsWhatExactArithmeticGives) {
  Exact exact;
  std::mt19937_64 random(4);
  int fitting = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<Decimal> factors = {RandomDecimal(random),
                                    RandomDecimal(random)};
    if (i % 2 == 0) factors.push_back(RandomDecimal(random));
    const int digits = static_cast<int>(random() % 5);
    const auto product =
        i % 2 == 0 ? Multiply({factors[0], factors[1], factors[2]}, digits)
                   : Multiply({factors[0], factors[1]}, digits);
    const std::string expected = exact.Multiply(factors, digits);
    if (product.ok()) {
      ++fitting;
      ASSERT_EQ(std::to_string(*product), expected);
    } else {
      ASSERT_EQ(evidence::ReasonOf(product.status()), "amount_overflow");
      ASSERT_GE(expected.size(), 16u) << expected;
    }
  }
  EXPECT_GT(fitting, 10'000);
}

}  // namespace
}  // namespace tallystick::record
