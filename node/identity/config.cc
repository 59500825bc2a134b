// SPDX-License-Identifier: Apache-2.0
#include "node/identity/config.h"

#include <yaml-cpp/yaml.h>

#include <functional>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "core/status_macros.h"
#include "node/identity/address.h"
#include "node/identity/files.h"

namespace tallystick::node {
namespace {

const std::map<std::string, Config::LogLevel>& LogLevels() {
  static const auto* const levels = new std::map<std::string, Config::LogLevel>{
      {"error", Config::LogLevel::kError},
      {"warning", Config::LogLevel::kWarning},
      {"info", Config::LogLevel::kInfo},
      {"debug", Config::LogLevel::kDebug}};
  return *levels;
}

// Reads one scalar into the configuration, or says what is wrong with it.
using Setter = std::function<absl::Status(const std::string&)>;
// What stands under a key: a scalar, or more keys.
struct Field {
  Setter set;
  std::map<std::string, Field> fields;
};
using Fields = std::map<std::string, Field>;

class Reader {
 public:
  explicit Reader(absl::string_view file_name) : file_(file_name) {}

  absl::Status ReadMap(const YAML::Node& node, const Fields& fields) {
    if (!node.IsMap()) return Error(node, "expected `key: value` lines");
    std::set<std::string> seen;
    for (const auto& entry : node) {
      TALLYSTICK_RETURN_IF_ERROR(
          ReadEntry(entry.first, entry.second, fields, &seen));
    }
    return absl::OkStatus();
  }

  absl::Status Error(int line, absl::string_view message) const {
    return absl::InvalidArgumentError(
        absl::StrCat(file_, ":", line, ": ", message));
  }

 private:
  absl::Status Error(const YAML::Node& node, absl::string_view message) const {
    return Error(node.Mark().line + 1, message);
  }

  absl::Status ReadEntry(const YAML::Node& key, const YAML::Node& value,
                         const Fields& fields, std::set<std::string>* seen) {
    if (!key.IsScalar()) return Error(key, "a key must be a word");
    const std::string& name = key.Scalar();
    const auto field = fields.find(name);
    if (field == fields.end()) {
      const auto key_of = [](std::string* out, const auto& known) {
        out->append(known.first);
      };
      return Error(
          key, absl::StrCat(
                   "unknown key \"", absl::Utf8SafeCEscape(name),
                   "\"; known here: ", absl::StrJoin(fields, ", ", key_of)));
    }
    if (!seen->insert(name).second) {
      return Error(key, absl::StrCat("\"", name, "\" is given twice"));
    }
    // A key with nothing behind it keeps its default.
    if (value.IsNull()) return absl::OkStatus();
    if (!field->second.set) return ReadMap(value, field->second.fields);
    if (!value.IsScalar()) {
      return Error(value, absl::StrCat("\"", name, "\" takes one value"));
    }
    if (const absl::Status status = field->second.set(value.Scalar());
        !status.ok()) {
      return Error(value, absl::StrCat(name, ": ", status.message()));
    }
    return absl::OkStatus();
  }

  std::string file_;
};

Setter Text(std::string* out,
            std::function<absl::Status(absl::string_view)> check) {
  return [out, check = std::move(check)](const std::string& value) {
    TALLYSTICK_RETURN_IF_ERROR(check(value));
    *out = value;
    return absl::OkStatus();
  };
}

Setter Number(int64_t* out, int64_t min, int64_t max) {
  return [=](const std::string& value) {
    if (!absl::SimpleAtoi(value, out) || *out < min || *out > max) {
      return absl::InvalidArgumentError(
          absl::StrCat("expected a whole number from ", min, " to ", max));
    }
    return absl::OkStatus();
  };
}

Setter Level(Config::LogLevel* out) {
  return [out](const std::string& value) {
    const auto level = LogLevels().find(value);
    if (level == LogLevels().end()) {
      return absl::InvalidArgumentError(
          "expected error, warning, info or debug");
    }
    *out = level->second;
    return absl::OkStatus();
  };
}

Fields FieldsOf(Config* config) {
  const auto optional = [](bool any_port) {
    return [any_port](absl::string_view address) {
      return address.empty() ? absl::OkStatus()
                             : CheckAddress(address, any_port);
    };
  };
  Config::Limits* limits = &config->limits;
  return {
      {"party", {Text(&config->party, CheckDomain), {}}},
      {"name", {Text(&config->name, CheckDisplayName), {}}},
      {"listen", {Text(&config->listen, optional(true)), {}}},
      {"advertise", {Text(&config->advertise, optional(false)), {}}},
      {"log_level", {Level(&config->log_level), {}}},
      {"limits",
       {nullptr,
        {{"streams_per_partner",
          {Number(&limits->streams_per_partner, 1, 1000), {}}},
         {"pairing_attempts_per_minute",
          {Number(&limits->pairing_attempts_per_minute, 1, 1000), {}}},
         {"network_memory_mib",
          {Number(&limits->network_memory_mib, 16, 4096), {}}}}}},
  };
}

// In double quotes, so that no name can be taken for something else.
std::string YamlQuoted(absl::string_view text) {
  return absl::StrCat(
      "\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

std::string LevelName(Config::LogLevel level) {
  for (const auto& [name, value] : LogLevels()) {
    if (value == level) return name;
  }
  return "info";
}

constexpr absl::string_view kTemplate =
    R"(# Configuration of this Tallystick node. Unknown keys are errors. The node reads
# the file when it starts.

# Our company: the domain partners know it by, and its name for people. The
# domain is part of everything we have signed; do not change it.
party: $PARTY
name: $NAME

# Where partners can call this node, as host:port; 0.0.0.0 and [::] stand for
# every interface. Empty: take no calls, only call out.
listen: $LISTEN

# The address put into invitations, if partners reach us under another one than
# `listen`, for example a DNS name.
advertise: $ADVERTISE

# error, warning, info or debug.
log_level: $LEVEL

limits:
  # Streams one partner may hold open at a time; one is used per alliance.
  streams_per_partner: $STREAMS
  # Attempts to redeem an invitation that are looked at.
  pairing_attempts_per_minute: $PAIRING
  # Memory for network buffers, in MiB.
  network_memory_mib: $MEMORY
)";

}  // namespace

absl::StatusOr<Config> ParseConfig(absl::string_view yaml,
                                   absl::string_view file_name) {
  Config config;
  Reader reader(file_name);
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (!root.IsNull()) {
      TALLYSTICK_RETURN_IF_ERROR(reader.ReadMap(root, FieldsOf(&config)));
    }
  } catch (const YAML::Exception& error) {
    return reader.Error(error.mark.line + 1, error.msg);
  }
  for (const auto& [key, value] :
       {std::pair("party", &config.party), std::pair("name", &config.name)}) {
    if (value->empty()) {
      return reader.Error(1, absl::StrCat("the key \"", key, "\" is missing"));
    }
  }
  return config;
}

absl::StatusOr<Config> LoadConfig(absl::string_view path) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string yaml,
                              ReadFile(std::string(path)));
  return ParseConfig(yaml, path);
}

std::string FormatConfig(const Config& config) {
  return absl::StrReplaceAll(
      kTemplate,
      {{"$PARTY", YamlQuoted(config.party)},
       {"$NAME", YamlQuoted(config.name)},
       {"$LISTEN", YamlQuoted(config.listen)},
       {"$ADVERTISE", YamlQuoted(config.advertise)},
       {"$LEVEL", LevelName(config.log_level)},
       {"$STREAMS", absl::StrCat(config.limits.streams_per_partner)},
       {"$PAIRING", absl::StrCat(config.limits.pairing_attempts_per_minute)},
       {"$MEMORY", absl::StrCat(config.limits.network_memory_mib)}});
}

}  // namespace tallystick::node
