// SPDX-License-Identifier: Apache-2.0
#include "node/identity/node_identity.h"

#include <sys/stat.h>

#include "gmock/gmock.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

class NodeIdentityTest : public ::testing::Test {
 protected:
  absl::StatusOr<NodeIdentity> Create() {
    return CreateIdentity(data_.path("node"), "cascadia.example",
                          "Cascadia Coffee", "127.0.0.1:7411");
  }
  absl::StatusOr<NodeIdentity> Load() {
    return LoadIdentity(data_.path("node"));
  }

  TemporaryDirectory data_;
};

TEST_F(NodeIdentityTest, LoadsWhatItCreated) {
  const auto made = Create();
  ASSERT_THAT(made, IsOk());
  const auto loaded = Load();
  ASSERT_THAT(loaded, IsOk());
  EXPECT_EQ(loaded->domain, "cascadia.example");
  EXPECT_EQ(loaded->display_name, "Cascadia Coffee");
  EXPECT_EQ(loaded->log_key.public_key(), made->log_key.public_key());
  EXPECT_EQ(loaded->witness_key.public_key(), made->witness_key.public_key());
  EXPECT_EQ(loaded->fingerprint(), made->fingerprint());
  const auto config = LoadConfig(ConfigPath(data_.path("node")));
  ASSERT_THAT(config, IsOk());
  EXPECT_EQ(config->listen, "127.0.0.1:7411");
}

TEST_F(NodeIdentityTest, KeepsEverythingFromOthersWhateverTheUmask) {
  const mode_t umask_before = umask(0);
  ASSERT_THAT(Create(), IsOk());
  umask(umask_before);
  EXPECT_EQ(data_.Mode("node"), 0700);
  EXPECT_EQ(data_.Mode("node/keys"), 0700);
  for (const char* name : {"keys/log.key", "keys/witness.key", "keys/tls.key",
                           "keys/tls.crt", "tallyd.yaml"}) {
    EXPECT_EQ(data_.Mode(std::string("node/") + name), 0600) << name;
  }
}

TEST_F(NodeIdentityTest, NeverReplacesAnIdentity) {
  ASSERT_THAT(Create(), IsOk());
  const std::string key = data_.Read("node/keys/log.key");
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(data_.Read("node/keys/log.key"), key);
}

TEST_F(NodeIdentityTest, StartsOverAfterAnInterruptedTry) {
  ASSERT_EQ(mkdir(data_.path("node").c_str(), 0700), 0);
  ASSERT_EQ(mkdir(data_.path("node/keys.new").c_str(), 0700), 0);
  data_.Write("node/keys.new/log.key", "half");
  EXPECT_THAT(Load(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Create(), IsOk());
  EXPECT_EQ(data_.Mode("node/keys.new"), 0);
}

TEST_F(NodeIdentityTest, RefusesADirectoryOthersMayEnter) {
  ASSERT_EQ(mkdir(data_.path("node").c_str(), 0755), 0);
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("chmod 700")));
  EXPECT_EQ(data_.Mode("node/tallyd.yaml"), 0);
}

TEST_F(NodeIdentityTest, RefusesKeysOthersCanRead) {
  for (const char* name : {"log.key", "witness.key", "tls.key"}) {
    TemporaryDirectory other;
    ASSERT_THAT(CreateIdentity(other.path("n"), "a.example", "A", ""), IsOk());
    const std::string key = other.path(std::string("n/keys/") + name);
    ASSERT_EQ(chmod(key.c_str(), 0640), 0);
    EXPECT_THAT(
        LoadIdentity(other.path("n")),
        StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(key)));
  }
}

TEST_F(NodeIdentityTest, NamesADamagedKey) {
  ASSERT_THAT(Create(), IsOk());
  data_.Write("node/keys/witness.key", "xyz\n");
  EXPECT_THAT(Load(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("witness.key")));
}

TEST_F(NodeIdentityTest, OneKeyHasOnePurpose) {
  ASSERT_THAT(Create(), IsOk());
  data_.Write("node/keys/witness.key", data_.Read("node/keys/log.key"));
  EXPECT_THAT(Load(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(NodeIdentityTest, RefusesBadNamesAndLeavesNothingBehind) {
  EXPECT_THAT(CreateIdentity(data_.path("node"), "Not A Domain", "A", ""),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(CreateIdentity(data_.path("node"), "a.example", "A", "nowhere"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(data_.Mode("node"), 0);
}

}  // namespace
}  // namespace tallystick::node
