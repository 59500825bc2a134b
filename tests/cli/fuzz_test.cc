// SPDX-License-Identifier: Apache-2.0
// Files of the examples with a few bytes or lines changed: each is read, or
// refused in one line that names the file. Seeded, so that a failure happens
// again.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/outcome.h"
#include "cli/past_file.h"
#include "cli/proposal_file.h"
#include "cli/record_file.h"
#include "cli/text.h"
#include "cli/view_file.h"
#include "gmock/gmock.h"

namespace tallystick::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const char* const kBits[] = {":",   "- ",  "{",  "}",   "[",    "]",    "'",
                             "\"",  "&a ", "*a", "!!x", "nan",  "|",    ">",
                             "\t",  "# ",  "? ", "0x1", "1e99", "~",    "\n",
                             "---", "...", "%",  ",",   "-",    "\xff", "<<"};

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string Change(const std::string& text) {
    std::string changed = text;
    for (int i = Below(4); i >= 0; --i) ChangeOnce(&changed);
    return changed;
  }

 private:
  int Below(size_t limit) {
    return std::uniform_int_distribution<int>(
        0, static_cast<int>(std::max<size_t>(limit, 1)) - 1)(random_);
  }

  void ChangeOnce(std::string* text) {
    const auto at = static_cast<size_t>(Below(text->size()));
    switch (Below(4)) {
      case 0:
        text->insert(at, kBits[Below(std::size(kBits))]);
        break;
      case 1:
        text->erase(at, static_cast<size_t>(Below(20)));
        break;
      case 2:
        if (!text->empty()) (*text)[at] = static_cast<char>(Below(256));
        break;
      default: {
        std::vector<std::string> lines = absl::StrSplit(*text, '\n');
        std::swap(lines[static_cast<size_t>(Below(lines.size()))],
                  lines[static_cast<size_t>(Below(lines.size()))]);
        *text = absl::StrJoin(lines, "\n");
      }
    }
  }

  std::mt19937 random_;
};

using Reader = absl::Status (*)(const std::string& text);

absl::Status ReadView(const std::string& text) {
  return ReadViewFile(text, "f.yaml").status();
}
absl::Status ReadRecords(const std::string& text) {
  return ReadRecordFile(text, "f.yaml").status();
}
absl::Status ReadProposal(const std::string& text) {
  return ReadProposalFile(text, "f.yaml").status();
}
absl::Status ReadPast(const std::string& text) {
  PastFiles files;
  if (absl::Status read = files.Read(text, "f.yaml"); !read.ok()) return read;
  return files.Finish().status();
}

struct Case {
  const char* file;
  Reader read;

  friend std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << one.file;
  }
};

class FileFuzzTest : public ::testing::TestWithParam<Case> {};

TEST_P(FileFuzzTest, AChangedFileIsReadOrRefusedInOneLine) {
  const auto text =
      ReadTextFile(absl::StrCat(TALLYSTICK_EXAMPLES, "/", GetParam().file));
  ASSERT_TRUE(text.ok()) << text.status();
  Mutator mutator(1);
  int refused = 0;
  for (int i = 0; i < 150; ++i) {
    const absl::Status read = GetParam().read(mutator.Change(*text));
    if (read.ok()) continue;
    ++refused;
    const std::vector<std::string> lines = RenderError(read, "");
    EXPECT_THAT(lines.front(), StartsWith("f.yaml")) << i;
    for (const std::string& line : lines) {
      EXPECT_THAT(line, Not(HasSubstr("\n"))) << i;
    }
  }
  EXPECT_GT(refused, 10);
}

INSTANTIATE_TEST_SUITE_P(
    Examples, FileFuzzTest,
    ::testing::Values(Case{"cascadia-meridian/view-cascadia.yaml", &ReadView},
                      Case{"northfield-quillon/view-quillon.yaml", &ReadView},
                      Case{"cascadia-meridian/records.yaml", &ReadRecords},
                      Case{"northfield-quillon/records.yaml", &ReadRecords},
                      Case{"cascadia-meridian/decisions.yaml", &ReadPast},
                      Case{"northfield-quillon/alliance.yaml", &ReadPast},
                      Case{"northfield-quillon/alliance.yaml", &ReadProposal}));

}  // namespace
}  // namespace tallystick::cli
