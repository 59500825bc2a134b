// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/schema.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.pb.h"

namespace tallystick::proto {
namespace {

namespace fs = ::std::filesystem;
namespace pb = ::google::protobuf;

// A fresh folder that goes away with this object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = fs::temp_directory_path() / "tallystick-proto-XXXXXX";
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  // Empty if none could be made.
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string Quoted(const std::string& word) {
  return absl::StrCat("'", word, "'");
}

}  // namespace

absl::StatusOr<Schema> ReadSchema(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  pb::FileDescriptorSet set;
  if (!set.ParseFromIstream(&in)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is not a FileDescriptorSet"));
  }
  Schema schema = {.pool = std::make_unique<pb::DescriptorPool>(), .files = {}};
  for (const pb::FileDescriptorProto& file : set.file()) {
    const pb::FileDescriptor* built = schema.pool->BuildFile(file);
    if (built == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, " does not hold together at ", file.name()));
    }
    schema.files.push_back(built);
  }
  return schema;
}

absl::StatusOr<Schema> CompileSchema(
    const std::map<std::string, std::string>& sources) {
  const TemporaryFolder folder;
  if (folder.path().empty()) {
    return absl::UnavailableError("cannot make a temporary folder");
  }
  const std::string set = folder.path() / "set.binpb";
  std::string command = absl::StrCat(Quoted(TALLYSTICK_PROTOC),
                                     " --include_source_info --include_imports",
                                     " --proto_path=", Quoted(folder.path()),
                                     " --descriptor_set_out=", Quoted(set));
  for (const auto& [path, source] : sources) {
    const fs::path file = folder.path() / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << source;
    absl::StrAppend(&command, " ", Quoted(path));
  }
  if (std::system(command.c_str()) != 0) {
    return absl::InvalidArgumentError("protoc refuses the source");
  }
  return ReadSchema(set);
}

std::string ToString(const Finding& finding) {
  return absl::StrCat(finding.rule, " ", finding.where, ": ", finding.text);
}

}  // namespace tallystick::proto
