// SPDX-License-Identifier: Apache-2.0
#include "node/api/local_server.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "node/identity/files.h"

namespace tallystick::node {
namespace {

// A view or a file of records as one request; far above what people write.
constexpr int kRequestBytesMax = 8 << 20;
constexpr int kResponseBytesMax = 32 << 20;

}  // namespace

LocalServer::LocalServer(Engine& engine)
    : alliance_api_(engine),
      expectation_api_(engine),
      record_api_(engine),
      decision_api_(engine),
      alert_api_(engine),
      drift_api_(engine),
      explain_api_(engine),
      evidence_api_(engine),
      balance_api_(engine) {}

LocalServer::~LocalServer() { Shutdown(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<LocalServer>> LocalServer::Start(
    Engine& engine, const DataLock& lock, absl::string_view socket_path) {
  const std::string path(socket_path);
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("the socket needs a directory of its own: ", path));
  }
  TALLYSTICK_RETURN_IF_ERROR(MakePrivateDirectory(path.substr(0, slash)));
  TALLYSTICK_RETURN_IF_ERROR(lock.PrepareSocket(path));
  std::unique_ptr<LocalServer> server(new LocalServer(engine));
  TALLYSTICK_RETURN_IF_ERROR(server->Listen(path));
  return server;
}

absl::Status LocalServer::Listen(const std::string& socket_path) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddListeningPort("unix:" + socket_path,
                           grpc::experimental::LocalServerCredentials(UDS));
  builder.SetMaxReceiveMessageSize(kRequestBytesMax);
  builder.SetMaxSendMessageSize(kResponseBytesMax);
  const std::array<grpc::Service*, 9> services = {
      &alliance_api_, &expectation_api_, &record_api_,
      &decision_api_, &alert_api_,       &drift_api_,
      &evidence_api_, &balance_api_,     &explain_api_};
  for (grpc::Service* service : services) builder.RegisterService(service);
  server_ = builder.BuildAndStart();
  // The switch is the process's; other servers decide for themselves.
  grpc::EnableDefaultHealthCheckService(false);
  if (server_ == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", socket_path));
  }
  if (chmod(socket_path.c_str(), 0660) != 0) {
    return FileError(errno, "set the mode of", socket_path);
  }
  SetServing(true);
  return absl::OkStatus();
}

void LocalServer::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  if (health == nullptr) return;
  health->SetServingStatus(serving);
  const std::array<const char*, 9> services = {
      v1::AllianceService::service_full_name(),
      v1::ExpectationService::service_full_name(),
      v1::RecordService::service_full_name(),
      v1::DecisionService::service_full_name(),
      v1::AlertService::service_full_name(),
      v1::DriftService::service_full_name(),
      v1::ExplainService::service_full_name(),
      v1::EvidenceService::service_full_name(),
      v1::BalanceService::service_full_name()};
  for (const char* service : services) {
    health->SetServingStatus(service, serving);
  }
}

void LocalServer::Shutdown(absl::Duration grace) {
  if (server_ == nullptr) return;
  SetServing(false);
  alert_api_.EndWatches();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  server_->Wait();
  server_ = nullptr;
}

}  // namespace tallystick::node
