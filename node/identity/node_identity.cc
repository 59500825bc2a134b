// SPDX-License-Identifier: Apache-2.0
#include "node/identity/node_identity.h"

#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "node/identity/address.h"
#include "node/identity/files.h"

namespace tallystick::node {
namespace {

constexpr absl::string_view kLogKey = "log.key";
constexpr absl::string_view kWitnessKey = "witness.key";
constexpr absl::string_view kTlsKey = "tls.key";
constexpr absl::string_view kTlsCertificate = "tls.crt";

std::string KeysPath(absl::string_view data_dir) {
  return absl::StrCat(data_dir, "/keys");
}

std::string In(absl::string_view directory, absl::string_view name) {
  return absl::StrCat(directory, "/", name);
}

void Wipe(std::string* secret) {
  OPENSSL_cleanse(secret->data(), secret->size());
}

bool Exists(const std::string& path) {
  struct stat info = {};
  return lstat(path.c_str(), &info) == 0;
}

absl::Status WriteSeed(const std::string& path, const RandomBytes& random) {
  std::array<uint8_t, evidence::kSeedSize> seed;
  random(seed);
  std::string line = absl::StrCat(
      absl::BytesToHexString(absl::string_view(
          reinterpret_cast<const char*>(seed.data()), seed.size())),
      "\n");
  const absl::Status status = WriteNewFile(path, line);
  Wipe(&line);
  OPENSSL_cleanse(seed.data(), seed.size());
  return status;
}

absl::StatusOr<evidence::SigningKey> ReadSeed(const std::string& path) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::string text, ReadSecretFile(path));
  const absl::string_view hex = absl::StripAsciiWhitespace(text);
  std::string seed;
  bool sound = hex.size() == 2 * evidence::kSeedSize;
  for (const char c : hex) {
    sound = sound && absl::ascii_isxdigit(static_cast<unsigned char>(c));
  }
  if (sound) seed = absl::HexStringToBytes(hex);
  Wipe(&text);
  if (!sound) {
    return absl::DataLossError(
        absl::StrCat(path, " is damaged: a key is one line of 64 hex digits"));
  }
  auto key = evidence::SigningKey::FromSeed(seed);
  Wipe(&seed);
  return key;
}

// A try at `tally init` that was interrupted leaves this behind; nothing has
// ever used the keys in it.
absl::Status RemoveLeftover(const std::string& directory) {
  for (const absl::string_view name :
       {kLogKey, kWitnessKey, kTlsKey, kTlsCertificate}) {
    const std::string path = In(directory, name);
    if (unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
      return FileError(errno, "remove", path);
    }
  }
  if (rmdir(directory.c_str()) != 0 && errno != ENOENT) {
    return FileError(errno, "remove", directory);
  }
  return absl::OkStatus();
}

absl::Status WriteKeys(const std::string& directory,
                       const RandomBytes& random) {
  TALLYSTICK_RETURN_IF_ERROR(RemoveLeftover(directory));
  TALLYSTICK_RETURN_IF_ERROR(MakePrivateDirectory(directory));
  TALLYSTICK_RETURN_IF_ERROR(WriteSeed(In(directory, kLogKey), random));
  TALLYSTICK_RETURN_IF_ERROR(WriteSeed(In(directory, kWitnessKey), random));
  TALLYSTICK_ASSIGN_OR_RETURN(TlsKeyPair tls, MakeTlsKeyPair());
  TALLYSTICK_RETURN_IF_ERROR(WriteNewFile(In(directory, kTlsKey), tls.key_pem));
  Wipe(&tls.key_pem);
  TALLYSTICK_RETURN_IF_ERROR(
      WriteNewFile(In(directory, kTlsCertificate), tls.certificate_pem));
  return SyncDirectory(directory);
}

absl::Status CheckFree(absl::string_view data_dir) {
  for (const std::string& path : {KeysPath(data_dir), ConfigPath(data_dir)}) {
    if (Exists(path)) {
      return absl::AlreadyExistsError(absl::StrCat(
          path, " exists: this data directory belongs to a node already"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::string ConfigPath(absl::string_view data_dir) {
  return absl::StrCat(data_dir, "/tallyd.yaml");
}

absl::StatusOr<NodeIdentity> CreateIdentity(absl::string_view data_dir,
                                            absl::string_view domain,
                                            absl::string_view display_name,
                                            absl::string_view listen_address,
                                            const RandomBytes& random) {
  TALLYSTICK_RETURN_IF_ERROR(CheckDomain(domain));
  TALLYSTICK_RETURN_IF_ERROR(CheckDisplayName(display_name));
  if (!listen_address.empty()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckAddress(listen_address, /*any_port=*/true));
  }
  const std::string directory(data_dir);
  TALLYSTICK_RETURN_IF_ERROR(MakePrivateDirectory(directory));
  TALLYSTICK_RETURN_IF_ERROR(CheckFree(data_dir));
  Config config;
  config.party = std::string(domain);
  config.name = std::string(display_name);
  config.listen = std::string(listen_address);
  const std::string new_keys = KeysPath(data_dir) + ".new";
  TALLYSTICK_RETURN_IF_ERROR(WriteKeys(new_keys, random));
  // The configuration alone is no identity; the keys' new name makes it one.
  const std::string config_path = ConfigPath(data_dir);
  absl::Status status = WriteNewFile(config_path, FormatConfig(config));
  if (status.ok() &&
      rename(new_keys.c_str(), KeysPath(data_dir).c_str()) != 0) {
    status = FileError(errno, "create", KeysPath(data_dir));
  }
  if (!status.ok()) {
    unlink(config_path.c_str());
    return status;
  }
  TALLYSTICK_RETURN_IF_ERROR(SyncDirectory(directory));
  return LoadIdentity(data_dir);
}

absl::StatusOr<NodeIdentity> LoadIdentity(absl::string_view data_dir,
                                          const Config& config) {
  const std::string keys = KeysPath(data_dir);
  if (!Exists(keys)) {
    return absl::NotFoundError(
        absl::StrCat("no node in ", data_dir, "; make one with: tally init"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(evidence::SigningKey log_key,
                              ReadSeed(In(keys, kLogKey)));
  TALLYSTICK_ASSIGN_OR_RETURN(evidence::SigningKey witness_key,
                              ReadSeed(In(keys, kWitnessKey)));
  if (log_key.public_key() == witness_key.public_key()) {
    return absl::FailedPreconditionError(
        absl::StrCat(keys, " has the same key for log and witness"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string certificate_pem,
                              ReadFile(In(keys, kTlsCertificate)));
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string key_pem,
                              ReadSecretFile(In(keys, kTlsKey)));
  auto tls = ParseTlsKeyPair(certificate_pem, key_pem);
  if (!tls.ok()) {
    return absl::DataLossError(
        absl::StrCat(keys, ": ", tls.status().message()));
  }
  return NodeIdentity{config.party, config.name, std::move(log_key),
                      std::move(witness_key), *std::move(tls)};
}

absl::StatusOr<NodeIdentity> LoadIdentity(absl::string_view data_dir) {
  if (!Exists(KeysPath(data_dir))) return LoadIdentity(data_dir, Config());
  TALLYSTICK_ASSIGN_OR_RETURN(const Config config,
                              LoadConfig(ConfigPath(data_dir)));
  return LoadIdentity(data_dir, config);
}

}  // namespace tallystick::node
