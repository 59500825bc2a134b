// SPDX-License-Identifier: Apache-2.0
#include "node/peer/peer_server.h"

#include <grpcpp/ext/health_check_service_server_builder_option.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/resource_quota.h>

#include <atomic>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "node/identity/address.h"
#include "node/peer/call_limits.h"
#include "node/peer/callback_threads.h"
#include "node/peer/pairing_limiter.h"
#include "node/peer/stream_pump.h"
#include "tallystick/v1/peer.grpc.pb.h"

namespace tallystick::node {
namespace {

// Always the same and without a word, so that a stranger learns nothing.
grpc::Status Refusal() {
  return grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "");
}

// Who proved to have the key of the certificate this call came with.
absl::StatusOr<Fingerprint> Caller(const grpc::ServerContextBase& context) {
  const auto auth = context.auth_context();
  const auto certificates =
      auth == nullptr
          ? std::vector<grpc::string_ref>()
          : auth->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  if (certificates.size() != 1) return absl::UnauthenticatedError("");
  return FingerprintOfPem(
      absl::string_view(certificates[0].data(), certificates[0].size()));
}

class RefusingReactor final
    : public grpc::ServerBidiReactor<v1::Frame, v1::Frame> {
 public:
  explicit RefusingReactor(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

class SyncReactor final : public grpc::ServerBidiReactor<v1::Frame, v1::Frame> {
 public:
  SyncReactor(grpc::CallbackServerContext* context, const Fingerprint& caller,
              std::shared_ptr<StreamRegistry> streams, PeerHandler* handler)
      : context_(context),
        wire_(this),
        pump_(std::make_shared<StreamPump>(
            StreamPump::Origin{caller, /*dialled=*/false, /*tag=*/0},
            std::move(streams), handler, &wire_)) {}

  const std::shared_ptr<StreamPump>& pump() const { return pump_; }

  void Begin() {
    context_->AddInitialMetadata(kOpenedKey, "1");
    StartSendInitialMetadata();
  }

  void OnSendInitialMetadataDone(bool ok) override { pump_->OnOpened(ok); }
  void OnReadDone(bool ok) override { pump_->OnReadDone(ok); }
  void OnWriteDone(bool ok) override { pump_->OnWriteDone(ok); }
  void OnCancel() override { pump_->OnLost(); }
  void OnDone() override {
    pump_->OnDone(context_->IsCancelled()
                      ? absl::UnavailableError("the partner's connection ended")
                      : absl::OkStatus());
    delete this;
  }

 private:
  class ServerWire final : public Wire {
   public:
    explicit ServerWire(SyncReactor* reactor) : reactor_(reactor) {}
    void StartRead(v1::Frame* frame) override { reactor_->StartRead(frame); }
    void StartWrite(const v1::Frame* frame) override {
      reactor_->StartWrite(frame);
    }
    bool FinishWriting() override {
      reactor_->Finish(grpc::Status::OK);
      return false;
    }
    void Release() override { reactor_->Finish(grpc::Status::OK); }
    void Cancel() override { reactor_->context_->TryCancel(); }

   private:
    SyncReactor* const reactor_;
  };

  grpc::CallbackServerContext* const context_;
  ServerWire wire_;
  const std::shared_ptr<StreamPump> pump_;
};

// Answers one Pair call exactly once, with a refusal if the handler forgets.
class PairCall {
 public:
  PairCall(grpc::ServerUnaryReactor* reactor, v1::PairResponse* response,
           std::shared_ptr<PairingLimiter> limiter)
      : reactor_(reactor), response_(response), limiter_(std::move(limiter)) {}
  PairCall(const PairCall&) = delete;
  PairCall& operator=(const PairCall&) = delete;
  ~PairCall() {
    Reply(absl::UnauthenticatedError(""));
    limiter_->Leave();
  }

  void Reply(absl::StatusOr<v1::PairResponse> response) {
    if (replied_.exchange(true)) return;
    if (!response.ok()) return reactor_->Finish(Refusal());
    *response_ = *std::move(response);
    reactor_->Finish(grpc::Status::OK);
  }

 private:
  grpc::ServerUnaryReactor* const reactor_;
  v1::PairResponse* const response_;
  const std::shared_ptr<PairingLimiter> limiter_;
  std::atomic<bool> replied_ = false;
};

class Service final : public v1::PeerService::CallbackService {
 public:
  Service(std::shared_ptr<Trust> trust, std::shared_ptr<StreamRegistry> streams,
          PeerHandler* handler, const PeerServerOptions& options)
      : trust_(std::move(trust)),
        streams_(std::move(streams)),
        handler_(handler),
        streams_per_peer_max_(options.streams_per_peer_max),
        limiter_(std::make_shared<PairingLimiter>(
            options.pair_attempts_per_minute, options.now)) {}

  grpc::ServerBidiReactor<v1::Frame, v1::Frame>* Sync(
      grpc::CallbackServerContext* context) override {
    const auto caller = Caller(*context);
    if (!caller.ok() || !trust_->Has(*caller)) {
      return new RefusingReactor(Refusal());
    }
    auto* reactor = new SyncReactor(context, *caller, streams_, handler_);
    const uint64_t id = reactor->pump()->id();
    if (!streams_->Add(reactor->pump(), streams_per_peer_max_)) {
      delete reactor;
      return new RefusingReactor(grpc::Status(
          grpc::StatusCode::RESOURCE_EXHAUSTED, "too many streams"));
    }
    // Again, now that revoking would find the stream: see CancelPeer.
    if (!trust_->Has(*caller)) {
      streams_->Remove(id);
      delete reactor;
      return new RefusingReactor(Refusal());
    }
    reactor->Begin();
    return reactor;
  }

  grpc::ServerUnaryReactor* Pair(grpc::CallbackServerContext* context,
                                 const v1::PairRequest* request,
                                 v1::PairResponse* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const auto caller = Caller(*context);
    if (!caller.ok() || request->ByteSizeLong() > kPairBytesMax ||
        !MayPair(*caller) || !limiter_->Enter()) {
      reactor->Finish(Refusal());
      return reactor;
    }
    const auto call = std::make_shared<PairCall>(reactor, response, limiter_);
    handler_->OnPair(*caller, *request,
                     [call](absl::StatusOr<v1::PairResponse> reply) {
                       call->Reply(std::move(reply));
                     });
    return reactor;
  }

 private:
  // A partner may ask again, as the answer to it may have been lost.
  bool MayPair(const Fingerprint& caller) const {
    return trust_->pairing_open() || trust_->Has(caller);
  }

  const std::shared_ptr<Trust> trust_;
  const std::shared_ptr<StreamRegistry> streams_;
  PeerHandler* const handler_;
  const size_t streams_per_peer_max_;
  const std::shared_ptr<PairingLimiter> limiter_;
};

// Answers every method that does not exist, so that a stranger cannot tell it
// from those that do.
class UnknownMethods final : public grpc::CallbackGenericService {
 public:
  explicit UnknownMethods(std::shared_ptr<Trust> trust)
      : trust_(std::move(trust)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    const auto caller = Caller(*context);
    const bool partner = caller.ok() && trust_->Has(*caller);
    return new Reactor(partner
                           ? grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "")
                           : Refusal());
  }

 private:
  class Reactor final : public grpc::ServerGenericBidiReactor {
   public:
    explicit Reactor(const grpc::Status& status) { Finish(status); }
    void OnDone() override { delete this; }
  };

  const std::shared_ptr<Trust> trust_;
};

// Any certificate gets through the handshake, if its key is there; the methods
// decide, because a partner that joins is not known yet.
std::shared_ptr<grpc::ServerCredentials> Credentials(const TlsKeyPair& own) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
  options.pem_key_cert_pairs.push_back({own.key_pem, own.certificate_pem});
  return grpc::SslServerCredentials(options);
}

void SetLimits(const PeerServerOptions& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(kMessageBytesMax);
  grpc::ResourceQuota quota("tallystick-peer");
  quota.Resize(options.memory_bytes_max);
  builder->SetResourceQuota(quota);
  for (const auto& [name, value] : std::map<std::string, int>{
           // Two nodes must not share a port by accident.
           {GRPC_ARG_ALLOW_REUSEPORT, 0},
           {GRPC_ARG_MAX_CONCURRENT_STREAMS,
            static_cast<int>(options.streams_per_peer_max) + 16},
           {GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeTimeoutMs},
           // Idle means without any call: strangers are shown out.
           {GRPC_ARG_MAX_CONNECTION_IDLE_MS, kConnectionIdleMs},
           {GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTimeMs},
           {GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs},
           {GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0},
           {GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
            kKeepaliveTimeMs / 2}}) {
    builder->AddChannelArgument(name, value);
  }
}

class GrpcPeerServer final : public PeerServer {
 public:
  GrpcPeerServer(std::unique_ptr<Service> service,
                 std::unique_ptr<UnknownMethods> unknown_methods,
                 std::unique_ptr<grpc::Server> server, int port)
      : service_(std::move(service)),
        unknown_methods_(std::move(unknown_methods)),
        server_(std::move(server)),
        port_(port) {}
  ~GrpcPeerServer() override { Shutdown(absl::ZeroDuration()); }

  int port() const override { return port_; }

  void Shutdown(absl::Duration grace) override {
    server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  }

 private:
  // The server refers to the services and goes first.
  const std::unique_ptr<Service> service_;
  const std::unique_ptr<UnknownMethods> unknown_methods_;
  const std::unique_ptr<grpc::Server> server_;
  const int port_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<PeerServer>> PeerServer::Start(
    absl::string_view address, const TlsKeyPair& own,
    std::shared_ptr<Trust> trust, std::shared_ptr<StreamRegistry> streams,
    PeerHandler* handler, const PeerServerOptions& options) {
  KeepCallbackThreads();
  TALLYSTICK_RETURN_IF_ERROR(CheckAddress(address, /*any_port=*/true));
  auto service =
      std::make_unique<Service>(trust, std::move(streams), handler, options);
  auto unknown_methods = std::make_unique<UnknownMethods>(std::move(trust));
  grpc::ServerBuilder builder;
  int port = 0;
  SetLimits(options, &builder);
  // The health service is for the local socket; a process may have it on.
  builder.SetOption(
      std::make_unique<grpc::HealthCheckServiceServerBuilderOption>(nullptr));
  builder.AddListeningPort(std::string(address), Credentials(own), &port);
  builder.RegisterService(service.get());
  builder.RegisterCallbackGenericService(unknown_methods.get());
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return absl::UnavailableError(absl::StrCat(
        "cannot take calls on ", address,
        ": another program, perhaps another node, has this port, or the "
        "address is not one of this machine"));
  }
  return std::make_unique<GrpcPeerServer>(
      std::move(service), std::move(unknown_methods), std::move(server), port);
}

}  // namespace tallystick::node
