// SPDX-License-Identifier: Apache-2.0
#include "node/api/alert_queue.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tallystick::node {
namespace {

v1::Alert Alert(const std::string& name, int count = 1) {
  v1::Alert alert;
  alert.set_name(name);
  alert.set_count(count);
  return alert;
}

TEST(AlertQueueTest, AnAlertThatChangesOftenWaitsOnceAsItIsNow) {
  AlertQueue queue;
  for (int count = 1; count <= 10'000; ++count) {
    ASSERT_TRUE(queue.Push(Alert("a-1", count)));
  }
  EXPECT_EQ(queue.Pop()->count(), 10'000);
  EXPECT_FALSE(queue.Pop().has_value());
}

TEST(AlertQueueTest, AlertsComeInTheOrderInWhichTheyBeganToWait) {
  AlertQueue queue;
  ASSERT_TRUE(queue.Push(Alert("a-1")));
  ASSERT_TRUE(queue.Push(Alert("a-2")));
  ASSERT_TRUE(queue.Push(Alert("a-1", 2)));
  EXPECT_EQ(queue.Pop()->name(), "a-1");
  ASSERT_TRUE(queue.Push(Alert("a-1", 3)));
  EXPECT_EQ(queue.Pop()->name(), "a-2");
  EXPECT_EQ(queue.Pop()->name(), "a-1");
}

TEST(AlertQueueTest, WhenFullItTakesNoOtherAlertButStillTheNewestOfEach) {
  AlertQueue queue;
  for (size_t i = 0; i < AlertQueue::kSizeMax; ++i) {
    ASSERT_TRUE(queue.Push(Alert(absl::StrCat("a-", i))));
  }
  EXPECT_FALSE(queue.Push(Alert("one more")));
  EXPECT_TRUE(queue.Push(Alert("a-0", 2)));
  EXPECT_EQ(queue.Pop()->count(), 2);
}

}  // namespace
}  // namespace tallystick::node
