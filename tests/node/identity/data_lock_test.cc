// SPDX-License-Identifier: Apache-2.0
#include "node/identity/data_lock.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <optional>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

TEST(DataLockTest, RefusesASecondNodeAndNamesTheFirst) {
  const TemporaryDirectory data;
  const auto first = DataLock::Acquire(data.path());
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(DataLock::Acquire(data.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr(absl::StrCat("(process ", getpid(), ")"))));
}

TEST(DataLockTest, IsFreeAgainWhenTheFirstIsGone) {
  const TemporaryDirectory data;
  { ASSERT_THAT(DataLock::Acquire(data.path()), IsOk()); }
  EXPECT_THAT(DataLock::Acquire(data.path()), IsOk());
}

TEST(DataLockTest, WantsADirectory) {
  EXPECT_THAT(DataLock::Acquire("/nonexistent"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(DataLockTest, RemovesTheSocketOfADeadNode) {
  const TemporaryDirectory data;
  const std::string path = SocketPath(data.path());
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  const int stale = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(
      bind(stale, reinterpret_cast<const sockaddr*>(&address), sizeof(address)),
      0);
  close(stale);
  const auto lock = DataLock::Acquire(data.path());
  ASSERT_THAT(lock, IsOk());
  EXPECT_THAT(lock->PrepareSocket(path), IsOk());
  EXPECT_EQ(data.Mode("node.sock"), 0);
  EXPECT_THAT(lock->PrepareSocket(path), IsOk());
}

TEST(DataLockTest, LeavesAFileThatIsNoSocketAlone) {
  const TemporaryDirectory data;
  data.Write("node.sock", "precious");
  const auto lock = DataLock::Acquire(data.path());
  ASSERT_THAT(lock, IsOk());
  EXPECT_THAT(lock->PrepareSocket(SocketPath(data.path())),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(data.Read("node.sock"), "precious");
}

TEST(DataLockTest, RefusesASocketPathTheSystemWouldCutOff) {
  const TemporaryDirectory data;
  const auto lock = DataLock::Acquire(data.path());
  ASSERT_THAT(lock, IsOk());
  EXPECT_THAT(lock->PrepareSocket("/" + std::string(106, 'x')), IsOk());
  EXPECT_THAT(lock->PrepareSocket("/" + std::string(107, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("107")));
}

}  // namespace
}  // namespace tallystick::node
