// SPDX-License-Identifier: Apache-2.0
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <future>

#include "gmock/gmock.h"
#include "tests/node/peer/peer_fixture.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

class PeerTlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // As in the daemon, whose local socket has it.
    grpc::EnableDefaultHealthCheckService(true);
    callee_.Listen();
  }

  // What `caller` gets for any method at all, as code, message and details.
  std::string AnswerTo(const TestNode& caller, const std::string& method) {
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride(std::string(kTlsName));
    const auto channel = grpc::CreateCustomChannel(
        callee_.address(),
        grpc::SslCredentials({callee_.own.certificate_pem, caller.own.key_pem,
                              caller.own.certificate_pem}),
        arguments);
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    const grpc::Slice nothing;
    const grpc::ByteBuffer request(&nothing, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, method, {}, &request, &response,
                   [&](grpc::Status status) { done.set_value(status); });
    const grpc::Status status = done.get_future().get();
    return absl::StrCat(status.error_code(), "|", status.error_message(), "|",
                        status.error_details(), "|",
                        context.GetServerInitialMetadata().size(), "|",
                        context.GetServerTrailingMetadata().size());
  }

  TestNode callee_;
};

TEST_F(PeerTlsTest, AStrangerGetsTheSameAnswerWhateverItAsks) {
  TestNode stranger;
  const std::string plain =
      absl::StrCat(grpc::StatusCode::UNAUTHENTICATED, "|||0|0");
  for (const char* method :
       {"/tallystick.v1.PeerService/Sync", "/tallystick.v1.PeerService/Pair",
        "/tallystick.v1.PeerService/None", "/grpc.health.v1.Health/Check"}) {
    EXPECT_EQ(AnswerTo(stranger, method), plain) << method;
  }
  // With an invitation out, an attempt to pair that fails looks the same, too.
  callee_.trust->SetPairingOpen(true);
  for (const char* method :
       {"/tallystick.v1.PeerService/Sync", "/tallystick.v1.PeerService/Pair",
        "/tallystick.v1.PeerService/None", "/grpc.health.v1.Health/Check"}) {
    EXPECT_EQ(AnswerTo(stranger, method), plain) << method;
  }
  EXPECT_EQ(callee_.recorder.opened(), 0u);
}

// A private key file whose private half is its own and whose public half is
// that of `certificate_pem`: what a thief of the certificate can make.
std::string KeyWithPublicHalfOf(const std::string& certificate_pem) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  BIO* text = BIO_new_mem_buf(certificate_pem.data(),
                              static_cast<int>(certificate_pem.size()));
  X509* certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  EC_KEY* victim = EVP_PKEY_get1_EC_KEY(X509_get0_pubkey(certificate));
  EC_KEY* forged = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);
  EXPECT_EQ(EC_KEY_generate_key(forged), 1);
  EXPECT_EQ(EC_KEY_set_public_key(forged, EC_KEY_get0_public_key(victim)), 1);
  BIO* out = BIO_new(BIO_s_mem());
  EXPECT_EQ(PEM_write_bio_ECPrivateKey(out, forged, nullptr, nullptr, 0,
                                       nullptr, nullptr),
            1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string pem(data, static_cast<size_t>(size));
  EC_KEY_free(victim);
  EC_KEY_free(forged);
  X509_free(certificate);
  BIO_free(text);
  BIO_free(out);
  return pem;
#pragma GCC diagnostic pop
}

TEST_F(PeerTlsTest, ACertificateWithoutItsKeyDoesNotPassTheHandshake) {
  TestNode partner;
  callee_.trust->Add(partner.own.fingerprint);
  TestNode thief;
  thief.own = partner.own;
  thief.own.key_pem = KeyWithPublicHalfOf(partner.own.certificate_pem);
  const auto stolen = thief.Call(callee_);
  EXPECT_THAT(thief.recorder.WaitClosed(stolen->id()),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(callee_.recorder.opened(), 0u);
  // It is the key that was missing: with it, the same certificate gets in.
  partner.Call(callee_);
  callee_.recorder.WaitOpened();
}

TEST_F(PeerTlsTest, NeitherDoesAServerWithAStolenCertificate) {
  TestNode impostor;
  impostor.own = callee_.own;
  impostor.own.key_pem = KeyWithPublicHalfOf(callee_.own.certificate_pem);
  impostor.Listen();
  TestNode caller;
  impostor.trust->Add(caller.own.fingerprint);
  const auto out = caller.Call(impostor);
  EXPECT_THAT(caller.recorder.WaitClosed(out->id()),
              StatusIs(absl::StatusCode::kUnavailable));
  std::promise<absl::StatusOr<Paired>> result;
  impostor.trust->SetPairingOpen(true);
  PairWith(impostor.address(), callee_.own.fingerprint, caller.own, {},
           absl::Seconds(60), [&](absl::StatusOr<Paired> paired) {
             result.set_value(std::move(paired));
           });
  EXPECT_THAT(result.get_future().get(),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(impostor.recorder.pair_calls(), 0);
}

TEST_F(PeerTlsTest, AnotherCertificateThanThePinnedOneIsNotDialled) {
  TestNode caller;
  TestNode other;
  callee_.trust->Add(caller.own.fingerprint);
  const auto out = Dial(callee_.address(), other.own.certificate_pem,
                        caller.own, caller.streams, &caller.recorder, 1);
  ASSERT_THAT(out, IsOk());
  EXPECT_THAT(caller.recorder.WaitClosed((*out)->id()),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(callee_.recorder.opened(), 0u);
}

// Whether a plain OpenSSL client with `own` gets through a handshake of exactly
// this version.
bool HandshakeWorks(const std::string& address, const TlsKeyPair& own,
                    int version) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, version);
  SSL_CTX_set_max_proto_version(context, version);
  const unsigned char alpn[] = {2, 'h', '2'};
  SSL_CTX_set_alpn_protos(context, alpn, sizeof(alpn));
  BIO* text = BIO_new_mem_buf(own.certificate_pem.data(), -1);
  X509* certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  text = BIO_new_mem_buf(own.key_pem.data(), -1);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  SSL* ssl = SSL_new(context);
  BIO* connection = BIO_new_connect(address.c_str());
  EXPECT_EQ(BIO_do_connect(connection), 1);
  SSL_set_bio(ssl, connection, connection);
  const bool works = SSL_connect(ssl) == 1 && SSL_version(ssl) == version;
  SSL_free(ssl);
  X509_free(certificate);
  EVP_PKEY_free(key);
  SSL_CTX_free(context);
  return works;
}

TEST_F(PeerTlsTest, SpeaksTls13AndNothingOlder) {
  TestNode partner;
  callee_.trust->Add(partner.own.fingerprint);
  EXPECT_TRUE(HandshakeWorks(callee_.address(), partner.own, TLS1_3_VERSION));
  EXPECT_FALSE(HandshakeWorks(callee_.address(), partner.own, TLS1_2_VERSION));
}

TEST_F(PeerTlsTest, ASecondNodeOnThePortIsRefused) {
  TestNode second;
  EXPECT_THAT(
      PeerServer::Start(callee_.address(), second.own, second.trust,
                        second.streams, &second.recorder),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr(callee_.address())));
}

}  // namespace
}  // namespace tallystick::node
