// SPDX-License-Identifier: Apache-2.0
#include "node/identity/certificate.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;

// `openssl ecparam -name prime256v1 -genkey | openssl req -x509` with the
// default extensions, that is, an authority; and the fingerprint that
// `openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | sha256sum`
// gives for it.
constexpr char kAuthorityPem[] = R"(-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIULVyWz/GaRx6RhXh3baWH6Dj2PFUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJYXV0aG9yaXR5MB4XDTI2MTEyNDAzMDIwN1oXDTM2MTEyMTAz
MDIwN1owFDESMBAGA1UEAwwJYXV0aG9yaXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEQMSHc+OyRWgdSgMVJ25Ty7SRt0hbk4NmkTwihbOC6Qu4yVCCleb+RNci
mlQwjdT3vHYZLNLQ7VpO/xkdWI8XOaNTMFEwHQYDVR0OBBYEFAr8XD5LjHiSaaby
fYYNGd4RhwOvMB8GA1UdIwQYMBaAFAr8XD5LjHiSaabyfYYNGd4RhwOvMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhANVmq/WBVh5nOO3/WwhTm8YT
PVyyzlbGvIp2IYZGlh5OAiBP9FOL1p/JM9NZYu7JgceoFTXboFe2PnoA0gYASIKW
6A==
-----END CERTIFICATE-----
)";
constexpr char kAuthorityFingerprint[] =
    "5317b674ab79bbb90540d15f050f88d2ee5a1cad2b112d385a6cc839df12202e";

TEST(CertificateTest, FingerprintIsTheHashOfThePublicKeyAsOpensslHasIt) {
  const auto fingerprint = FingerprintOfPem(kAuthorityPem);
  ASSERT_THAT(fingerprint, IsOk());
  EXPECT_EQ(fingerprint->ToHex(), kAuthorityFingerprint);
}

TEST(CertificateTest, ReadsBackWhatItMade) {
  const auto made = MakeTlsKeyPair();
  ASSERT_THAT(made, IsOk());
  const auto own = ParseTlsKeyPair(made->certificate_pem, made->key_pem);
  ASSERT_THAT(own, IsOk());
  EXPECT_EQ(own->fingerprint, made->fingerprint);
  const auto partner = ParseCertificate(made->certificate_pem);
  ASSERT_THAT(partner, IsOk());
  EXPECT_EQ(partner->pem, made->certificate_pem);
  EXPECT_EQ(partner->fingerprint, made->fingerprint);
}

TEST(CertificateTest, EveryOneIsNew) {
  EXPECT_NE(MakeTlsKeyPair()->fingerprint, MakeTlsKeyPair()->fingerprint);
}

TEST(CertificateTest, AKeyOfAnotherCertificateIsRefused) {
  EXPECT_THAT(ParseTlsKeyPair(MakeTlsKeyPair()->certificate_pem,
                              MakeTlsKeyPair()->key_pem),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(CertificateTest, APartnersCertificateComesAloneAndIsNoAuthority) {
  const std::string sound = MakeTlsKeyPair()->certificate_pem;
  for (const std::string& pem :
       {std::string(), std::string("nothing"), sound + kAuthorityPem,
        std::string(kAuthorityPem), sound + std::string(20'000, '\n')}) {
    EXPECT_THAT(ParseCertificate(pem),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(CertificateTest, TextAroundThePartnersCertificateIsNotKept) {
  const std::string sound = MakeTlsKeyPair()->certificate_pem;
  const auto read = ParseCertificate(absl::StrCat("hello\n", sound, "there\n"));
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->pem, sound);
}

TEST(FingerprintTest, HasThirtyTwoBytes) {
  EXPECT_THAT(Fingerprint::FromBytes(std::string(32, 'x')), IsOk());
  EXPECT_THAT(Fingerprint::FromBytes(std::string(31, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace tallystick::node
