// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/pair_of_nodes.h"

#include <stdlib.h>

#include <filesystem>

#include "absl/strings/strip.h"

namespace tallystick::e2e {

E2eTest::E2eTest() : directory_(::testing::TempDir() + "tally-e2e-XXXXXX") {
  EXPECT_NE(mkdtemp(directory_.data()), nullptr);
}

E2eTest::~E2eTest() { std::filesystem::remove_all(directory_); }

void PairOfNodes::StartBoth(bool meridian_listens) {
  cascadia_ = std::make_unique<NodeProcess>(
      Path("cascadia"), "cascadia.example", "Cascadia Coffee", FreePort());
  meridian_ = std::make_unique<NodeProcess>(
      Path("meridian"), "meridian.example", "Meridian Beverages",
      meridian_listens ? FreePort() : 0);
  ASSERT_TRUE(cascadia_->Start()) << cascadia_->Log();
  ASSERT_TRUE(meridian_->Start()) << meridian_->Log();
}

std::string PairOfNodes::Invite(const std::string& alliance) {
  EXPECT_EQ(cascadia_->Tally({"alliance", "new", alliance, "--title", "Coffee"})
                .status,
            0);
  const Result invited = cascadia_->Tally({"invite", alliance});
  EXPECT_EQ(invited.status, 0) << invited.err;
  return std::string(absl::StripSuffix(invited.out, "\n"));
}

void PairOfNodes::Pair(bool meridian_listens) {
  ASSERT_NO_FATAL_FAILURE(StartBoth(meridian_listens));
  const Result joined = meridian_->Tally({"join", Invite()});
  ASSERT_EQ(joined.status, 0) << joined.err;
  ASSERT_TRUE(WaitInStep());
}

bool PairOfNodes::InStep() const {
  const Json a = cascadia_->Alliance();
  const Json b = meridian_->Alliance();
  return a["inStep"].Bool() && b["inStep"].Bool() &&
         a["stateDigest"].Text() == b["stateDigest"].Text() &&
         a["ownSize"].Number() == b["partnerSize"].Number() &&
         b["ownSize"].Number() == a["partnerSize"].Number() &&
         a["cosignedSize"].Number() == a["ownSize"].Number() &&
         b["cosignedSize"].Number() == b["ownSize"].Number();
}

}  // namespace tallystick::e2e
