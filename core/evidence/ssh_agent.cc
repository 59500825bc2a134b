// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/ssh_agent.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/evidence/refusal.h"
#include "core/evidence/ssh_wire.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr uint8_t kFailure = 5;
constexpr uint8_t kListRequest = 11;
constexpr uint8_t kListReply = 12;
constexpr uint8_t kSignRequest = 13;
constexpr uint8_t kSignReply = 14;
constexpr uint32_t kNoFlags = 0;

std::string Message(uint8_t type, absl::string_view body) {
  return SshString(absl::StrCat(BigEndian(type), body));
}

absl::Status Malformed() {
  return Refuse("malformed", "the agent's answer cannot be read");
}

absl::Status ExpectType(uint8_t expected, absl::string_view reply,
                        SshReader& reader) {
  if (reply.size() > kAgentReplySizeMax) return Malformed();
  const uint8_t type = reader.Byte();
  if (type == kFailure && !reader.failed()) {
    return Refuse("agent_failure", "the agent has refused");
  }
  return type == expected ? absl::OkStatus() : Malformed();
}

}  // namespace

std::string EncodeAgentListRequest() { return Message(kListRequest, ""); }

absl::StatusOr<std::vector<AgentIdentity>> DecodeAgentListReply(
    absl::string_view reply) {
  SshReader reader(reply);
  TALLYSTICK_RETURN_IF_ERROR(ExpectType(kListReply, reply, reader));
  std::vector<AgentIdentity> identities;
  const uint32_t count = reader.Uint32();
  for (uint32_t i = 0; i < count && !reader.failed(); ++i) {
    const absl::string_view blob = reader.String();
    const absl::string_view comment = reader.String();
    auto key = SshPublicKey::FromBlob(blob);
    if (!key.ok()) continue;
    identities.push_back(
        {.key = *std::move(key), .comment = std::string(comment)});
  }
  if (!reader.Done()) return Malformed();
  return identities;
}

std::string EncodeAgentSignRequest(const SshPublicKey& key,
                                   absl::string_view data) {
  return Message(kSignRequest,
                 absl::StrCat(SshString(key.Blob()), SshString(data),
                              BigEndian(kNoFlags)));
}

absl::StatusOr<std::string> DecodeAgentSignReply(absl::string_view reply) {
  SshReader reader(reply);
  TALLYSTICK_RETURN_IF_ERROR(ExpectType(kSignReply, reply, reader));
  const absl::string_view signature = reader.String();
  if (!reader.Done()) return Malformed();
  return std::string(signature);
}

}  // namespace tallystick::evidence
