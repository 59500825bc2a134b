// SPDX-License-Identifier: Apache-2.0
#include "node/peer/dialer.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "node/identity/address.h"
#include "node/peer/call_limits.h"
#include "node/peer/callback_threads.h"
#include "node/peer/stream_pump.h"
#include "tallystick/v1/peer.grpc.pb.h"

namespace tallystick::node {
namespace {

namespace ge = grpc::experimental;

constexpr size_t kForeignTextMax = 200;

// The message may be the partner's: short and printable is all it gets to be.
absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  return absl::Status(
      static_cast<absl::StatusCode>(status.error_code()),
      absl::Utf8SafeCEscape(status.error_message().substr(0, kForeignTextMax)));
}

std::shared_ptr<grpc::Channel> OpenChannel(
    absl::string_view address,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(std::string(kTlsName));
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  // This is also how long one attempt to connect may take.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectTimeoutMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTimeMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  // With the scheme spelled out, no host can be taken for one.
  return grpc::CreateCustomChannel(absl::StrCat("dns:///", address),
                                   credentials, arguments);
}

class DialReactor final : public grpc::ClientBidiReactor<v1::Frame, v1::Frame> {
 public:
  DialReactor(const std::shared_ptr<grpc::Channel>& channel,
              const StreamPump::Origin& origin,
              std::shared_ptr<StreamRegistry> streams, PeerHandler* handler)
      : stub_(v1::PeerService::NewStub(channel)),
        wire_(this),
        pump_(std::make_shared<StreamPump>(origin, std::move(streams), handler,
                                           &wire_)) {}

  const std::shared_ptr<StreamPump>& pump() const { return pump_; }

  void Begin() {
    stub_->async()->Sync(&context_, this);
    // The pump starts reads and writes from outside reactions.
    AddHold();
    StartCall();
  }

  void OnReadInitialMetadataDone(bool ok) override {
    pump_->OnOpened(ok &&
                    context_.GetServerInitialMetadata().count(kOpenedKey) > 0);
  }
  void OnReadDone(bool ok) override { pump_->OnReadDone(ok); }
  void OnWriteDone(bool ok) override { pump_->OnWriteDone(ok); }
  void OnDone(const grpc::Status& status) override {
    pump_->OnDone(FromGrpc(status));
    delete this;
  }

 private:
  class ClientWire final : public Wire {
   public:
    explicit ClientWire(DialReactor* reactor) : reactor_(reactor) {}
    void StartRead(v1::Frame* frame) override { reactor_->StartRead(frame); }
    void StartWrite(const v1::Frame* frame) override {
      reactor_->StartWrite(frame);
    }
    bool FinishWriting() override {
      reactor_->StartWritesDone();
      return true;
    }
    void Release() override { reactor_->RemoveHold(); }
    void Cancel() override { reactor_->context_.TryCancel(); }

   private:
    DialReactor* const reactor_;
  };

  const std::unique_ptr<v1::PeerService::Stub> stub_;
  grpc::ClientContext context_;
  ClientWire wire_;
  const std::shared_ptr<StreamPump> pump_;
};

// What the other end of a pairing connection showed. Written in the handshake,
// read after the call.
class Shown {
 public:
  void Set(absl::string_view pem, bool expected) {
    const std::lock_guard lock(mutex_);
    pem_ = std::string(pem);
    unexpected_ = !expected;
  }
  bool unexpected() const {
    const std::lock_guard lock(mutex_);
    return unexpected_;
  }
  std::string pem() const {
    const std::lock_guard lock(mutex_);
    return pem_;
  }

 private:
  mutable std::mutex mutex_;
  bool unexpected_ = false;
  std::string pem_;
};

// Takes one certificate only.
class PinVerifier final : public ge::ExternalCertificateVerifier {
 public:
  PinVerifier(const Fingerprint& pin, std::shared_ptr<Shown> shown)
      : pin_(pin), shown_(std::move(shown)) {}

  bool Verify(ge::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> /*later*/,
              grpc::Status* result) override {
    const absl::string_view pem(request->peer_cert().data(),
                                request->peer_cert().size());
    const auto fingerprint = FingerprintOfPem(pem);
    const bool expected = fingerprint.ok() && *fingerprint == pin_;
    shown_->Set(pem, expected);
    *result = expected ? grpc::Status::OK
                       : grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "");
    return true;
  }
  void Cancel(ge::TlsCustomVerificationCheckRequest* /*request*/) override {}

 private:
  const Fingerprint pin_;
  const std::shared_ptr<Shown> shown_;
};

// There is no root to check against yet; the verifier does all there is to do.
// That the other end has the certificate's key, TLS itself proves.
std::shared_ptr<grpc::ChannelCredentials> PairingCredentials(
    const TlsKeyPair& own, const Fingerprint& pin,
    const std::shared_ptr<Shown>& shown) {
  ge::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(
      std::make_shared<ge::StaticDataCertificateProvider>(
          "", std::vector<ge::IdentityKeyCertPair>{
                  {own.key_pem, own.certificate_pem}}));
  options.watch_identity_key_cert_pairs();
  options.set_verify_server_certs(false);
  options.set_check_call_host(false);
  options.set_certificate_verifier(
      ge::ExternalCertificateVerifier::Create<PinVerifier>(pin, shown));
  return ge::TlsCredentials(options);
}

struct PairAttempt {
  std::string address;
  std::shared_ptr<Shown> shown;
  std::unique_ptr<v1::PeerService::Stub> stub;
  grpc::ClientContext context;
  v1::PairRequest request;
  v1::PairResponse response;
  std::function<void(absl::StatusOr<Paired>)> done;
};

absl::StatusOr<Paired> ResultOf(const PairAttempt& attempt,
                                const grpc::Status& status) {
  const std::string& address = attempt.address;
  if (attempt.shown->unexpected()) {
    return absl::PermissionDeniedError(absl::StrCat(
        "the node at ", address,
        " is not the one that made the invitation: it shows another "
        "certificate. Nothing was sent; ask your partner"));
  }
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
      break;
    case grpc::StatusCode::UNAUTHENTICATED:
      return absl::UnauthenticatedError(absl::StrCat(
          "the node at ", address,
          " refused: the invitation was used, has expired or was withdrawn"));
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return absl::DeadlineExceededError(
          absl::StrCat("the node at ", address, " did not answer in time"));
    default:
      return absl::UnavailableError(absl::StrCat("cannot reach ", address, ": ",
                                                 FromGrpc(status).message()));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(Certificate inviter,
                              ParseCertificate(attempt.shown->pem()));
  return Paired{attempt.response, std::move(inviter)};
}

}  // namespace

absl::StatusOr<std::shared_ptr<PeerStream>> Dial(
    absl::string_view address, absl::string_view partner_certificate_pem,
    const TlsKeyPair& own, const std::shared_ptr<StreamRegistry>& streams,
    PeerHandler* handler, int64_t tag) {
  KeepCallbackThreads();
  TALLYSTICK_RETURN_IF_ERROR(CheckAddress(address));
  TALLYSTICK_ASSIGN_OR_RETURN(const Certificate partner,
                              ParseCertificate(partner_certificate_pem));
  const auto credentials =
      grpc::SslCredentials({partner.pem, own.key_pem, own.certificate_pem});
  auto reactor = std::make_unique<DialReactor>(
      OpenChannel(address, credentials),
      StreamPump::Origin{partner.fingerprint, /*dialled=*/true, tag}, streams,
      handler);
  std::shared_ptr<StreamPump> pump = reactor->pump();
  if (!streams->Add(pump, std::numeric_limits<size_t>::max())) {
    return absl::FailedPreconditionError("the node is going down");
  }
  // From here on the reactor belongs to itself.
  reactor.release()->Begin();
  return pump;
}

void PairWith(absl::string_view address, const Fingerprint& expected,
              const TlsKeyPair& own, const v1::PairRequest& request,
              absl::Duration timeout,
              std::function<void(absl::StatusOr<Paired>)> done) {
  KeepCallbackThreads();
  if (const absl::Status status = CheckAddress(address); !status.ok()) {
    return done(status);
  }
  auto attempt = std::make_shared<PairAttempt>();
  attempt->address = std::string(address);
  attempt->shown = std::make_shared<Shown>();
  attempt->stub = v1::PeerService::NewStub(
      OpenChannel(address, PairingCredentials(own, expected, attempt->shown)));
  attempt->context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  attempt->request = request;
  attempt->done = std::move(done);
  attempt->stub->async()->Pair(&attempt->context, &attempt->request,
                               &attempt->response,
                               [attempt](const grpc::Status& status) {
                                 attempt->done(ResultOf(*attempt, status));
                               });
}

}  // namespace tallystick::node
