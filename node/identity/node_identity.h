// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_NODE_IDENTITY_H_
#define TALLYSTICK_NODE_IDENTITY_NODE_IDENTITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/ed25519.h"
#include "node/identity/certificate.h"
#include "node/identity/config.h"
#include "node/identity/random.h"

// Who this node is, in its data directory:
//
//   tallyd.yaml        configuration, for people to edit
//   keys/log.key       Ed25519 seed that signs our log, 64 hex digits
//   keys/witness.key   Ed25519 seed that cosigns the partner's log, the same
//   keys/tls.key       ECDSA P-256 private key, PEM
//   keys/tls.crt       its certificate, PEM
//
// Directories are 0700 and files 0600 from the moment they exist.
namespace tallystick::node {

struct NodeIdentity {
  std::string domain;
  std::string display_name;
  evidence::SigningKey log_key;
  evidence::SigningKey witness_key;
  TlsKeyPair tls;

  const Fingerprint& fingerprint() const { return tls.fingerprint; }
};

// Makes an identity and, all of it durable, the configuration that names it.
// Everything appears at once or not at all. `listen_address` may be empty.
// ALREADY_EXISTS if the directory has an identity or a configuration,
// FAILED_PRECONDITION if others may enter it, INVALID_ARGUMENT for a bad name.
absl::StatusOr<NodeIdentity> CreateIdentity(
    absl::string_view data_dir, absl::string_view domain,
    absl::string_view display_name, absl::string_view listen_address,
    const RandomBytes& random = SystemRandom());

// NOT_FOUND if the directory has none, FAILED_PRECONDITION if a key can be
// read by others, DATA_LOSS if one is damaged. `config` says the names.
absl::StatusOr<NodeIdentity> LoadIdentity(absl::string_view data_dir,
                                          const Config& config);

// The same with `<data_dir>/tallyd.yaml`.
absl::StatusOr<NodeIdentity> LoadIdentity(absl::string_view data_dir);

// `<data_dir>/tallyd.yaml`.
std::string ConfigPath(absl::string_view data_dir);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_NODE_IDENTITY_H_
