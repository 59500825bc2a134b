// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_PROTO_SCHEMA_H_
#define TALLYSTICK_TESTS_PROTO_SCHEMA_H_

// A set of proto files as descriptors, comments included, so that rules about
// them can be checked. It comes from a file that protoc wrote, or from source
// text in a test.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace tallystick::proto {

// Files of the schema with the pool that owns them.
struct Schema {
  std::unique_ptr<google::protobuf::DescriptorPool> pool;
  // Imported files come before the files that import them.
  std::vector<const google::protobuf::FileDescriptor*> files;
};

// Reads a serialised FileDescriptorSet. NOT_FOUND if the file cannot be read,
// INVALID_ARGUMENT if it is no such set or the set is not complete.
absl::StatusOr<Schema> ReadSchema(const std::string& path);

// Compiles proto source, one text per file path, with the build's protoc.
// INVALID_ARGUMENT if protoc refuses it; it says why on stderr.
absl::StatusOr<Schema> CompileSchema(
    const std::map<std::string, std::string>& sources);

// One breach of one rule.
struct Finding {
  std::string rule;
  // Full name of the thing, or the path of the file, the rule was broken by.
  std::string where;
  std::string text;

  friend bool operator==(const Finding&, const Finding&) = default;
};

// "RULE where: text", for a person.
std::string ToString(const Finding& finding);

}  // namespace tallystick::proto

#endif  // TALLYSTICK_TESTS_PROTO_SCHEMA_H_
