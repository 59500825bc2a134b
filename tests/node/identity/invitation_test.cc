// SPDX-License-Identifier: Apache-2.0
#include "node/identity/invitation.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

void Count(std::span<uint8_t> out) {
  uint8_t next = 0;
  for (uint8_t& byte : out) byte = next++;
}

Invitation Sample() {
  Invitation invitation;
  invitation.address = "node.cascadia.example:7411";
  Count(invitation.alliance_uid);
  std::array<uint8_t, 32> fingerprint;
  fingerprint.fill(0xaa);
  invitation.inviter = Fingerprint(fingerprint);
  invitation.secret = MakeSecret(Count);
  invitation.expires = absl::FromUnixSeconds(1'800'000'000);
  invitation.alliance_name = "rtd-coffee";
  invitation.inviter_domain = "cascadia.example";
  return invitation;
}

TEST(InvitationTest, ReadsBackWhatItWrote) {
  const auto token = FormatInvitation(Sample());
  ASSERT_THAT(token, IsOk());
  EXPECT_THAT(*token, ::testing::MatchesRegex("tally1-[A-Za-z0-9_-]+"));
  const auto read = ParseInvitation(absl::StrCat("  ", *token, "\n"));
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->address, Sample().address);
  EXPECT_EQ(read->alliance_uid, Sample().alliance_uid);
  EXPECT_EQ(read->inviter, Sample().inviter);
  EXPECT_EQ(read->secret, Sample().secret);
  EXPECT_EQ(read->expires, Sample().expires);
  EXPECT_EQ(read->alliance_name, Sample().alliance_name);
  EXPECT_EQ(read->inviter_domain, Sample().inviter_domain);
}

TEST(InvitationTest, EveryShorterTokenIsCutOffOrNone) {
  const std::string token = *FormatInvitation(Sample());
  for (size_t size = 0; size < token.size(); ++size) {
    const auto read = ParseInvitation(token.substr(0, size));
    // The rest of a byte that is cut through has bits nobody wrote.
    EXPECT_THAT(read, StatusIs(absl::StatusCode::kInvalidArgument)) << size;
    if (size >= 8 && (size - 7) % 4 == 0) {
      EXPECT_THAT(std::string(read.status().message()), HasSubstr("cut off"));
    }
  }
}

TEST(InvitationTest, EveryAlteredCharacterIsNoticed) {
  const std::string token = *FormatInvitation(Sample());
  for (size_t i = 0; i < token.size(); ++i) {
    for (const char c : {'A', 'B', '-', '=', '/', '\n', '\xff'}) {
      std::string altered = token;
      altered[i] = c;
      if (altered == token || (i + 1 == token.size() && c == '\n')) continue;
      EXPECT_THAT(ParseInvitation(altered),
                  StatusIs(absl::StatusCode::kInvalidArgument))
          << i << " " << c;
    }
  }
  std::string altered = token;
  altered[60] = altered[60] == 'A' ? 'B' : 'A';
  EXPECT_THAT(
      ParseInvitation(altered),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("altered")));
  EXPECT_THAT(
      ParseInvitation(token + "AAAA"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("altered")));
}

TEST(InvitationTest, SaysWhatIsNoInvitationAtAll) {
  EXPECT_THAT(
      ParseInvitation("hello"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no invitation")));
}

TEST(InvitationTest, ExpiresAtItsMoment) {
  const Invitation invitation = Sample();
  EXPECT_THAT(
      CheckNotExpired(invitation, invitation.expires - absl::Nanoseconds(1)),
      IsOk());
  EXPECT_THAT(CheckNotExpired(invitation, invitation.expires),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("expired on 2027-01-15")));
}

TEST(InvitationTest, IsNotMadeOutOfBadFields) {
  Invitation bad_address = Sample();
  bad_address.address = "unix:/run/node.sock";
  Invitation bad_name = Sample();
  bad_name.alliance_name = std::string(65, 'a');
  Invitation bad_domain = Sample();
  bad_domain.inviter_domain = "Cascadia";
  Invitation no_end = Sample();
  no_end.expires = absl::InfiniteFuture();
  for (const Invitation& bad : {bad_address, bad_name, bad_domain, no_end}) {
    EXPECT_THAT(FormatInvitation(bad),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(PairingProofTest, DependsOnEverythingItBinds) {
  const Fingerprint a = MakeTlsKeyPair()->fingerprint;
  const Fingerprint b = MakeTlsKeyPair()->fingerprint;
  const std::string uid(16, 'u');
  const std::string secret(16, 's');
  const auto proof = [](PairRole role, absl::string_view key,
                        absl::string_view alliance, const Fingerprint& inviter,
                        const Fingerprint& joiner, absl::string_view card) {
    return PairingProof(role, key, alliance, inviter, joiner, card);
  };
  const std::string base = proof(PairRole::kJoin, secret, uid, a, b, "card");
  EXPECT_EQ(base.size(), 32u);
  EXPECT_TRUE(
      SameProof(base, proof(PairRole::kJoin, secret, uid, a, b, "card")));
  for (const std::string& other :
       {proof(PairRole::kInvite, secret, uid, a, b, "card"),
        proof(PairRole::kJoin, std::string(16, 't'), uid, a, b, "card"),
        proof(PairRole::kJoin, secret, std::string(16, 'v'), a, b, "card"),
        proof(PairRole::kJoin, secret, uid, b, a, "card"),
        proof(PairRole::kJoin, secret, uid, a, a, "card"),
        proof(PairRole::kJoin, secret, uid, a, b, "cards"), base.substr(0, 31),
        std::string()}) {
    EXPECT_FALSE(SameProof(base, other));
  }
}

TEST(PairingProofTest, IsTheHmacThePythonStandardLibraryComputes) {
  const Fingerprint zero;
  EXPECT_EQ(absl::BytesToHexString(
                PairingProof(PairRole::kJoin, std::string(16, 's'),
                             std::string(16, 'u'), zero, zero, "card")),
            "429687556bc6e0df54b6076c1c616d9e057dad923f3fa5ee3ee853cc658afa90");
}

}  // namespace
}  // namespace tallystick::node
