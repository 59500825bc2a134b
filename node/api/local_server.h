// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_LOCAL_SERVER_H_
#define TALLYSTICK_NODE_API_LOCAL_SERVER_H_

#include <grpcpp/server.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/api/alert_api.h"
#include "node/api/alliance_api.h"
#include "node/api/balance_api.h"
#include "node/api/decision_api.h"
#include "node/api/drift_api.h"
#include "node/api/evidence_api.h"
#include "node/api/expectation_api.h"
#include "node/api/explain_api.h"
#include "node/api/record_api.h"
#include "node/engine/engine.h"
#include "node/identity/data_lock.h"

// The node's API for the company's own people and tools: all services, and
// grpc.health.v1, on a Unix socket (mode 0660) in a directory that only its
// owner may enter.
namespace tallystick::node {

class LocalServer {
 public:
  // Listens on `socket_path`. Whoever holds `lock` may take over a socket that
  // was left behind. Errors of DataLock::PrepareSocket and
  // MakePrivateDirectory; UNAVAILABLE if nothing can listen there. `engine`
  // must outlive the server.
  static absl::StatusOr<std::unique_ptr<LocalServer>> Start(
      Engine& engine, const DataLock& lock, absl::string_view socket_path);

  ~LocalServer();

  // Takes no more calls, ends the watches, lets other calls finish for as long
  // as `grace` and cancels them then. Returns when none is left. Safe to call
  // twice; before Engine::Stop, so that calls under way get their answers.
  void Shutdown(absl::Duration grace);

 private:
  explicit LocalServer(Engine& engine);

  absl::Status Listen(const std::string& socket_path);
  void SetServing(bool serving);

  AllianceApi alliance_api_;
  ExpectationApi expectation_api_;
  RecordApi record_api_;
  DecisionApi decision_api_;
  AlertApi alert_api_;
  DriftApi drift_api_;
  ExplainApi explain_api_;
  EvidenceApi evidence_api_;
  BalanceApi balance_api_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_LOCAL_SERVER_H_
