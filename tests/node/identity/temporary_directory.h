// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_NODE_IDENTITY_TEMPORARY_DIRECTORY_H_
#define TALLYSTICK_TESTS_NODE_IDENTITY_TEMPORARY_DIRECTORY_H_

#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace tallystick::node {

// A directory of its own for each test, 0700, gone afterwards.
class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(::testing::TempDir() + "tallystick-XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }

  std::string path(const std::string& name = "") const {
    return name.empty() ? path_ : path_ + "/" + name;
  }
  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name)) << content;
  }
  std::string Read(const std::string& name) const {
    std::ifstream file(path(name));
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  // Permission bits, 0 if there is no such file.
  int Mode(const std::string& name) const {
    struct stat info = {};
    return stat(path(name).c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
  }

 private:
  std::string path_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_TESTS_NODE_IDENTITY_TEMPORARY_DIRECTORY_H_
