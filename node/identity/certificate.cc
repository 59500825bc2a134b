// SPDX-License-Identifier: Apache-2.0
#include "node/identity/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/status_macros.h"

namespace tallystick::node {
namespace {

constexpr size_t kCertificateBytesMax = 16 << 10;

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using BioPtr = std::unique_ptr<BIO, Free<BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Free<X509_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

BioPtr Reader(absl::string_view text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string TakeText(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<size_t>(size));
}

// Encrypted PEM makes OpenSSL ask on the terminal; a node never does.
int NoPassword(char*, int, int, void*) { return -1; }

CertificatePtr ReadCertificate(BIO* bio) {
  CertificatePtr certificate(
      PEM_read_bio_X509(bio, nullptr, NoPassword, nullptr));
  ERR_clear_error();
  return certificate;
}

absl::StatusOr<std::string> ToPem(X509* certificate) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(bio.get(), certificate) != 1) {
    return absl::InternalError("cannot write a certificate");
  }
  return TakeText(bio.get());
}

absl::StatusOr<Fingerprint> FingerprintOf(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  if (size <= 0) {
    return absl::InvalidArgumentError("the certificate has no public key");
  }
  std::array<uint8_t, Fingerprint::kSize> digest;
  SHA256(der, static_cast<size_t>(size), digest.data());
  OPENSSL_free(der);
  return Fingerprint(digest);
}

bool IsP256(EVP_PKEY* key) {
  char group[64] = {};
  return key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
         EVP_PKEY_get_group_name(key, group, sizeof(group), nullptr) == 1 &&
         absl::string_view(group) == "prime256v1";
}

bool AddExtension(X509* certificate, int kind, const std::string& value) {
  const ExtensionPtr extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
  return extension != nullptr &&
         X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool SetSerialNumber(X509* certificate) {
  uint64_t serial = 0;
  return RAND_bytes(reinterpret_cast<unsigned char*>(&serial),
                    sizeof(serial)) == 1 &&
         ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate),
                                 (serial >> 1) | 1) == 1;
}

bool FillCertificate(X509* certificate, EVP_PKEY* key) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const std::string tls_name(kTlsName);
  return X509_set_version(certificate, X509_VERSION_3) == 1 &&
         SetSerialNumber(certificate) &&
         X509_NAME_add_entry_by_txt(
             name, "CN", MBSTRING_ASC,
             reinterpret_cast<const unsigned char*>(tls_name.data()),
             static_cast<int>(tls_name.size()), -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 &&
         // Well in the past: clocks of two companies differ.
         ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate),
                                   "20200101000000Z") == 1 &&
         ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate),
                                   "99991231235959Z") == 1 &&
         X509_set_pubkey(certificate, key) == 1 &&
         AddExtension(certificate, NID_basic_constraints,
                      "critical,CA:FALSE") &&
         AddExtension(certificate, NID_subject_alt_name,
                      absl::StrCat("DNS:", kTlsName)) &&
         AddExtension(certificate, NID_key_usage,
                      "critical,digitalSignature") &&
         AddExtension(certificate, NID_ext_key_usage,
                      "serverAuth,clientAuth") &&
         X509_sign(certificate, key, EVP_sha256()) > 0;
}

}  // namespace

absl::StatusOr<Fingerprint> Fingerprint::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kSize) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a fingerprint has ", kSize, " bytes, not ", bytes.size()));
  }
  std::array<uint8_t, kSize> array;
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return Fingerprint(array);
}

std::string Fingerprint::ToHex() const {
  return absl::BytesToHexString(AsBytes());
}

absl::StatusOr<TlsKeyPair> MakeTlsKeyPair() {
  const KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  const CertificatePtr certificate(X509_new());
  const BioPtr key_text(BIO_new(BIO_s_mem()));
  if (key == nullptr || certificate == nullptr || key_text == nullptr ||
      !FillCertificate(certificate.get(), key.get()) ||
      PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0,
                               nullptr, nullptr) != 1) {
    ERR_clear_error();
    return absl::InternalError("OpenSSL cannot make a certificate");
  }
  TlsKeyPair pair;
  pair.key_pem = TakeText(key_text.get());
  TALLYSTICK_ASSIGN_OR_RETURN(pair.certificate_pem, ToPem(certificate.get()));
  TALLYSTICK_ASSIGN_OR_RETURN(pair.fingerprint,
                              FingerprintOf(certificate.get()));
  return pair;
}

absl::StatusOr<TlsKeyPair> ParseTlsKeyPair(absl::string_view certificate_pem,
                                           absl::string_view key_pem) {
  const BioPtr certificate_text = Reader(certificate_pem);
  const BioPtr key_text = Reader(key_pem);
  const CertificatePtr certificate = ReadCertificate(certificate_text.get());
  const KeyPtr key(
      PEM_read_bio_PrivateKey(key_text.get(), nullptr, NoPassword, nullptr));
  const bool match = certificate != nullptr && key != nullptr &&
                     X509_check_private_key(certificate.get(), key.get()) == 1;
  ERR_clear_error();
  if (!match) {
    return absl::InvalidArgumentError(
        "the TLS key and certificate cannot be read or do not belong together");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const Fingerprint fingerprint,
                              FingerprintOf(certificate.get()));
  return TlsKeyPair{std::string(certificate_pem), std::string(key_pem),
                    fingerprint};
}

absl::StatusOr<Certificate> ParseCertificate(absl::string_view pem) {
  if (pem.size() > kCertificateBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("a certificate of ", pem.size(), " bytes is too large"));
  }
  const BioPtr text = Reader(pem);
  const CertificatePtr certificate = ReadCertificate(text.get());
  if (certificate == nullptr) {
    return absl::InvalidArgumentError("this is no certificate in PEM");
  }
  if (ReadCertificate(text.get()) != nullptr) {
    return absl::InvalidArgumentError("more than one certificate");
  }
  const bool p256 = IsP256(X509_get0_pubkey(certificate.get()));
  const bool authority = X509_check_ca(certificate.get()) != 0;
  ERR_clear_error();
  if (!p256) {
    return absl::InvalidArgumentError(
        "the certificate is not for an ECDSA P-256 key");
  }
  if (authority) {
    return absl::InvalidArgumentError("the certificate could vouch for others");
  }
  Certificate result;
  TALLYSTICK_ASSIGN_OR_RETURN(result.pem, ToPem(certificate.get()));
  TALLYSTICK_ASSIGN_OR_RETURN(result.fingerprint,
                              FingerprintOf(certificate.get()));
  return result;
}

absl::StatusOr<Fingerprint> FingerprintOfPem(absl::string_view pem) {
  const BioPtr text = Reader(pem);
  const CertificatePtr certificate = ReadCertificate(text.get());
  if (certificate == nullptr) {
    return absl::InvalidArgumentError("this is no certificate in PEM");
  }
  return FingerprintOf(certificate.get());
}

}  // namespace tallystick::node
