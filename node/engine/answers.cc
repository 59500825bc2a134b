// SPDX-License-Identifier: Apache-2.0
// What the node remembers of calls that changed something, so that a retry is
// harmless.
#include <utility>

#include "core/status_macros.h"
#include "node/engine/node.h"
#include "node/engine/spaces.h"

namespace tallystick::node {
namespace {

// Answers to old requests are kept this long.
constexpr absl::Duration kRequestKept = absl::Hours(24);

}  // namespace

absl::StatusOr<std::optional<std::string>> Node::FindAnswer(
    absl::string_view method, absl::string_view request_id,
    absl::string_view request_hash) const {
  if (request_id.empty()) return std::nullopt;
  absl::StatusOr<std::string> stored =
      services_.store->ReadDocument(kRequestSpace, request_id);
  // A retry may come before the first answer has been committed.
  for (const Document& document : documents_) {
    if (document.space == kRequestSpace && document.key == request_id &&
        document.value) {
      stored = *document.value;
    }
  }
  if (absl::IsNotFound(stored.status())) return std::nullopt;
  TALLYSTICK_RETURN_IF_ERROR(stored.status());
  storage::v1::RequestRecord record;
  if (!record.ParseFromString(*stored)) {
    return absl::DataLossError("a stored answer cannot be read");
  }
  // The first nodes kept no hash.
  const bool same = record.request_sha256().empty() ||
                    record.request_sha256() == request_hash;
  if (record.method() != method || !same) {
    return absl::InvalidArgumentError(
        "this request id was used for a call with other content, whose answer "
        "stands; use a new id for a new call");
  }
  return std::move(*record.mutable_response());
}

void Node::RememberAnswer(absl::string_view method,
                          absl::string_view request_id,
                          absl::string_view request_hash,
                          std::string response) {
  if (request_id.empty()) return;
  storage::v1::RequestRecord record;
  record.set_at_us(NowMicros());
  record.set_method(std::string(method));
  record.set_request_sha256(std::string(request_hash));
  record.set_response(std::move(response));
  Put({std::string(kRequestSpace), std::string(request_id),
       record.SerializeAsString()});
}

void Node::ForgetOldAnswers() {
  const auto requests = store().ListDocuments(kRequestSpace, "");
  if (!requests.ok()) return;
  const int64_t oldest = absl::ToUnixMicros(Now() - kRequestKept);
  for (const auto& [key, bytes] : *requests) {
    storage::v1::RequestRecord record;
    if (record.ParseFromString(bytes) && record.at_us() >= oldest) continue;
    Put({std::string(kRequestSpace), key, std::nullopt});
  }
}

}  // namespace tallystick::node
