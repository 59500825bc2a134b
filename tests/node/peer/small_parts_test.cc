// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "node/peer/backoff.h"
#include "node/peer/pairing_limiter.h"
#include "node/peer/trust.h"

namespace tallystick::node {
namespace {

TEST(BackoffTest, DoublesFromAFifthOfASecondToHalfAMinute) {
  Backoff backoff([] { return 0.999999; });
  std::vector<int64_t> milliseconds;
  for (int i = 0; i < 10; ++i) {
    milliseconds.push_back(
        absl::ToInt64Milliseconds(backoff.Next() + absl::Microseconds(500)));
  }
  EXPECT_THAT(milliseconds,
              ::testing::ElementsAre(200, 400, 800, 1600, 3200, 6400, 12800,
                                     25600, 30000, 30000));
}

TEST(BackoffTest, WaitsAtLeastHalfAsLong) {
  Backoff backoff([] { return 0.0; });
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(100));
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(200));
}

TEST(BackoffTest, BeginsAgainAfterSuccess) {
  Backoff backoff([] { return 0.0; });
  for (int i = 0; i < 5; ++i) backoff.Next();
  backoff.Reset();
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(100));
}

TEST(PairingLimiterTest, LetsFourInAtATime) {
  PairingLimiter limiter(100, [] { return absl::UnixEpoch(); });
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limiter.Enter());
  EXPECT_FALSE(limiter.Enter());
  limiter.Leave();
  EXPECT_TRUE(limiter.Enter());
}

TEST(PairingLimiterTest, IsNotStuckWhenTheClockIsSetBack) {
  absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  PairingLimiter limiter(1, [&] { return now; });
  EXPECT_TRUE(limiter.Enter());
  limiter.Leave();
  EXPECT_FALSE(limiter.Enter());
  now -= absl::Hours(24);
  EXPECT_TRUE(limiter.Enter());
}

TEST(TrustTest, KnowsWhomItWasToldUntilToldOtherwise) {
  const Fingerprint partner = MakeTlsKeyPair()->fingerprint;
  Trust trust;
  EXPECT_FALSE(trust.Has(partner));
  trust.Add(partner);
  EXPECT_TRUE(trust.Has(partner));
  EXPECT_FALSE(trust.Has(Fingerprint()));
  trust.Remove(partner);
  EXPECT_FALSE(trust.Has(partner));
}

}  // namespace
}  // namespace tallystick::node
