// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/party_name.h"

#include <string>

#include "core/evidence/digest.h"
#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "tests/status_matchers.h"

namespace tallystick::evidence {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;

TEST(DomainTest, IsALowercaseDnsName) {
  EXPECT_THAT(CheckDomain("cascadia.example"), IsOk());
  EXPECT_THAT(CheckDomain("x-1.a.example"), IsOk());
  const std::string longest = std::string(63, 'a') + "." + std::string(36, 'b');
  EXPECT_THAT(CheckDomain(longest), IsOk());
  for (const std::string& domain :
       {std::string(), longest + "b", std::string("Cascadia.example"),
        std::string("a..b"), std::string("a."), std::string("-a.example"),
        std::string("a-.example"), std::string("a_b"), std::string("a/b"),
        std::string("a.example\nlog: b"), std::string(64, 'a')}) {
    EXPECT_THAT(CheckDomain(domain),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << domain;
  }
}

TEST(DisplayNameTest, IsOneLineOfUtf8) {
  EXPECT_THAT(CheckDisplayName("Caf\xc3\xa9 \"Meridian\""), IsOk());
  for (const std::string& name :
       {std::string(), std::string(201, 'a'), std::string("a\nb"),
        std::string("a\0b", 3), std::string("\xc3"), std::string("\xc0\x80"),
        std::string("\xed\xa0\x80"), std::string("\xc2\x85"),
        std::string("\xe2\x80\xae")}) {
    EXPECT_THAT(CheckDisplayName(name),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

constexpr char kDomain[] = "a.example";
constexpr char kUid[] = "0a1b";

PublicKey KeyOf(absl::string_view label) {
  return SigningKey::FromSeed(AsBytes(Sha256(label)))->public_key();
}

std::string Log(const std::string& domain, absl::string_view key = "log") {
  return VerifierKey::ForLog(OriginOf(domain, kUid), KeyOf(key)).ToString();
}

std::string Witness(const std::string& domain,
                    absl::string_view key = "witness") {
  return VerifierKey::ForWitness(WitnessNameOf(domain, kUid), KeyOf(key))
      .ToString();
}

// Why the keys cannot be those of kDomain in the alliance kUid.
std::string WhyNot(const std::string& log_key, const std::string& witness_key) {
  return ReasonOf(ReadPartyKeys(kDomain, kUid, log_key, witness_key).status());
}

TEST(PartyKeysTest, AreNamedForTheirPartyAndAlliance) {
  EXPECT_EQ(OriginOf(kDomain, kUid), "a.example/tallystick/0a1b");
  EXPECT_EQ(WitnessNameOf(kDomain, kUid), "a.example/tallystick/witness/0a1b");
  const auto keys =
      ReadPartyKeys(kDomain, kUid, Log(kDomain), Witness(kDomain));
  ASSERT_THAT(keys, IsOk());
  EXPECT_EQ(keys->log_key.public_key, KeyOf("log"));
  EXPECT_EQ(keys->witness_key.public_key, KeyOf("witness"));
}

TEST(PartyKeysTest, OfAnotherPartyTypeOrTextAreRefused) {
  EXPECT_EQ(WhyNot("", Witness(kDomain)), "bad_vkey");
  EXPECT_EQ(WhyNot(Log(kDomain), "x"), "bad_vkey");
  EXPECT_EQ(WhyNot(Witness(kDomain), Witness(kDomain)), "wrong_key_type");
  EXPECT_EQ(WhyNot(Log(kDomain), Log(kDomain)), "wrong_key_type");
  EXPECT_EQ(WhyNot(Log("b.example"), Witness(kDomain)), "origin_mismatch");
  EXPECT_EQ(WhyNot(Log(kDomain), Witness("b.example")), "origin_mismatch");
}

TEST(PartyKeysTest, OfLogAndWitnessDiffer) {
  EXPECT_EQ(WhyNot(Log(kDomain, "one"), Witness(kDomain, "one")), "same_key");
}

}  // namespace
}  // namespace tallystick::evidence
