// SPDX-License-Identifier: Apache-2.0
// On real files: what one version of the program wrote, all later ones read.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/store/sqlite_store.h"
#include "tests/node/store/fixture_content.h"
#include "tests/node/store/store_image.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

class FormatTest : public ::testing::Test {
 protected:
  FormatTest() {
    std::string pattern = ::testing::TempDir() + "/tallystick-store-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~FormatTest() override { std::filesystem::remove_all(folder_); }

  std::string Path() const { return folder_ / "store.db"; }

  void ExpectFixtureContent() {
    const auto store = OpenSqliteStore(Path(), {});
    ASSERT_THAT(store, IsOk());
    StoreImage expected;
    expected.Apply(FixtureContent());
    const auto found = ReadImage(**store, 3, {"alliance", "snapshot"});
    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(*found, expected);
    EXPECT_THAT((*store)->CheckIntegrity(), IsOk());
  }

  std::filesystem::path folder_;
};

TEST_F(FormatTest, ReadsADatabaseWrittenByFormatOne) {
  std::filesystem::copy_file(TALLYSTICK_TESTDATA "/format1.db", Path());
  ExpectFixtureContent();
}

TEST_F(FormatTest, MarksItsFilesAsTallysticks) {
  { ASSERT_THAT(OpenSqliteStore(Path(), {}), IsOk()); }
  std::ifstream file(Path(), std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(content.substr(60, 4), std::string("\0\0\0\1", 4));
  EXPECT_EQ(content.substr(68, 4), "Taly");
}

TEST_F(FormatTest, KeepsItsFilesToTheirOwner) {
  const mode_t old_mask = umask(0);
  const auto store = OpenSqliteStore(Path(), {});
  ASSERT_THAT(store, IsOk());
  ASSERT_THAT((*store)->Commit(FixtureContent()), IsOk());
  umask(old_mask);
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    EXPECT_EQ(file.status().permissions(),
              std::filesystem::perms::owner_read |
                  std::filesystem::perms::owner_write)
        << file.path();
    ++files;
  }
  EXPECT_EQ(files, 2) << "the database and its write-ahead log";
}

TEST_F(FormatTest, LeavesOneFileWhenClosed) {
  {
    const auto store = OpenSqliteStore(Path(), {});
    ASSERT_THAT(store, IsOk());
    ASSERT_THAT((*store)->Commit(FixtureContent()), IsOk());
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
  ExpectFixtureContent();
}

TEST_F(FormatTest, RefusesToOpenWhatIsOpen) {
  const auto first = OpenSqliteStore(Path(), {});
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(OpenSqliteStore(Path(), {}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(Path())));
  EXPECT_THAT((*first)->Commit(FixtureContent()), IsOk());
}

TEST_F(FormatTest, NamesAFolderThatIsMissing) {
  const std::string path = folder_ / "missing" / "store.db";
  EXPECT_THAT(OpenSqliteStore(path, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr(path)));
}

}  // namespace
}  // namespace tallystick::node
