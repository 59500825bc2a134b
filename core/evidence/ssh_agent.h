// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_SSH_AGENT_H_
#define TALLYSTICK_CORE_EVIDENCE_SSH_AGENT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/ssh_public_key.h"

// The messages of the SSH agent protocol (RFC 9987) that signing needs. Every
// message is a uint32 length, a type, and a body; the caller has the socket.
// A signature may take minutes: somebody looks for their security key.
namespace tallystick::evidence {

// The longest reply to accept, without the four bytes of its length.
inline constexpr size_t kAgentReplySizeMax = 256 * 1024;

struct AgentIdentity {
  SshPublicKey key;
  std::string comment;
};

// Asks for the keys of the agent; complete with its length.
std::string EncodeAgentListRequest();

// Reads the answer, from its type on. Keys of types we do not allow are left
// out. Refuses with "agent_failure" or "malformed".
absl::StatusOr<std::vector<AgentIdentity>> DecodeAgentListReply(
    absl::string_view reply);

// Asks `key` to sign `data`; complete with its length.
std::string EncodeAgentSignRequest(const SshPublicKey& key,
                                   absl::string_view data);

// Reads the answer, from its type on; returns the signature for
// ArmourSignature. Verify the result before use. Refuses with "agent_failure"
// (which includes a person saying no) or "malformed".
absl::StatusOr<std::string> DecodeAgentSignReply(absl::string_view reply);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_SSH_AGENT_H_
