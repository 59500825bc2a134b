// SPDX-License-Identifier: Apache-2.0
#include "cli/ssh_sign.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/process.h"
#include "cli/public_key.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

// A directory that only we can enter, gone when this is.
class PrivateDirectory {
 public:
  static absl::StatusOr<PrivateDirectory> Create() {
    const char* base = std::getenv("TMPDIR");
    std::string path = absl::StrCat(
        base == nullptr || *base == '\0' ? "/tmp" : base, "/tally-XXXXXX");
    if (mkdtemp(path.data()) == nullptr) {
      return absl::InternalError(absl::StrCat(
          "no directory ", path, ": ", std::strerror(errno), " (set TMPDIR)"));
    }
    return PrivateDirectory(path);
  }
  PrivateDirectory(PrivateDirectory&& other) noexcept
      : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  PrivateDirectory(const PrivateDirectory&) = delete;
  PrivateDirectory& operator=(const PrivateDirectory&) = delete;
  ~PrivateDirectory() {
    if (path_.empty()) return;
    for (const char* name : {"message", "message.sig", "key.pub"}) {
      unlink(File(name).c_str());
    }
    rmdir(path_.c_str());
  }

  std::string File(absl::string_view name) const {
    return absl::StrCat(path_, "/", name);
  }

 private:
  explicit PrivateDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

absl::Status WriteFile(const std::string& path, absl::string_view text) {
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    return absl::InternalError(
        absl::StrCat(path, ": ", std::strerror(errno), " (set TMPDIR)"));
  }
  while (!text.empty()) {
    const ssize_t size = write(fd, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) break;
    text.remove_prefix(static_cast<size_t>(size));
  }
  const int error = errno;
  if (close(fd) == 0 && text.empty()) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat(path, ": ", std::strerror(error), " (set TMPDIR)"));
}

// The public half of a private key file without a .pub beside it. It may ask
// for the passphrase.
absl::StatusOr<std::string> DerivePublicKey(const std::string& path) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Ended ended,
      RunProcess({"ssh-keygen", "-y", "-f", path}, Streams::kCapture));
  absl::StatusOr<std::string> key = ParsePublicKeyLine(ended.output);
  if (ended.status != 0 || !key.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " cannot be read as an SSH key (name your own with --key)"));
  }
  return key;
}

}  // namespace

absl::StatusOr<SigningKey> KeyFromFile(const std::string& path) {
  if (access(path.c_str(), R_OK) != 0) {
    return absl::NotFoundError(absl::StrCat(
        path, ": ", std::strerror(errno), " (name your key with --key FILE)"));
  }
  SigningKey key;
  key.file = path;
  const std::string beside = absl::StrCat(path, ".pub");
  if (absl::EndsWith(path, ".pub")) {
    TALLYSTICK_ASSIGN_OR_RETURN(key.public_key, ReadPublicKeyFile(path));
  } else if (access(beside.c_str(), R_OK) == 0) {
    TALLYSTICK_ASSIGN_OR_RETURN(key.public_key, ReadPublicKeyFile(beside));
  } else {
    TALLYSTICK_ASSIGN_OR_RETURN(key.public_key, DerivePublicKey(path));
  }
  return key;
}

std::vector<SigningKey> KeysOfAgent() {
  std::vector<SigningKey> keys;
  const absl::StatusOr<Ended> ended =
      RunProcess({"ssh-add", "-L"}, Streams::kCaptureQuietly);
  if (!ended.ok() || ended->status != 0) return keys;
  for (absl::string_view line :
       absl::StrSplit(ended->output, '\n', absl::SkipEmpty())) {
    absl::StatusOr<std::string> key = ParsePublicKeyLine(line);
    if (key.ok()) keys.push_back({*std::move(key), ""});
  }
  return keys;
}

absl::StatusOr<std::string> SignText(const SigningKey& key,
                                     absl::string_view text) {
  TALLYSTICK_ASSIGN_OR_RETURN(const PrivateDirectory directory,
                              PrivateDirectory::Create());
  const std::string message = directory.File("message");
  TALLYSTICK_RETURN_IF_ERROR(WriteFile(message, text));
  std::string key_file = key.file;
  if (key_file.empty()) {
    key_file = directory.File("key.pub");
    TALLYSTICK_RETURN_IF_ERROR(
        WriteFile(key_file, absl::StrCat(key.public_key, "\n")));
  }
  // -q: its own words about temporary files help nobody. It still asks for a
  // passphrase or a touch.
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Ended ended, RunProcess({"ssh-keygen", "-q", "-Y", "sign", "-n",
                                     "tallystick", "-f", key_file, message},
                                    Streams::kCapture));
  const absl::StatusOr<std::string> signature =
      ReadTextFile(absl::StrCat(message, ".sig"));
  if (ended.status != 0 || !signature.ok()) {
    return absl::FailedPreconditionError(
        "the text was not signed, and nothing was recorded (see what "
        "ssh-keygen says above; another key: --key FILE)");
  }
  return *signature;
}

}  // namespace tallystick::cli
