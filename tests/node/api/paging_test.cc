// SPDX-License-Identifier: Apache-2.0
#include "node/api/paging.h"

#include <vector>

#include "core/alliance/plan_violations.h"
#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "node/api/status.h"
#include "node/api/verdict_refusal.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

TEST(PagingTest, SizesAreDefaultedAndBounded) {
  EXPECT_THAT(ReadPageSize(0), testing::IsOkAndHolds(size_t{100}));
  EXPECT_THAT(ReadPageSize(5000), testing::IsOkAndHolds(size_t{1000}));
  EXPECT_THAT(ReadPageSize(-1),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
}

// Items numbered first to last.
std::vector<Place> Places(uint64_t first, uint64_t last) {
  std::vector<Place> places;
  for (uint64_t i = first; i <= last; ++i) places.push_back({i});
  return places;
}

TEST(PagingTest, WhatIsAddedBetweenPagesNeitherShiftsNorRepeats) {
  const auto first = ReadPage(2, "", "list", Places(1, 5));
  ASSERT_THAT(first, testing::IsOk());
  EXPECT_EQ(first->begin, 3u);
  EXPECT_EQ(first->end, 5u);
  const auto second = ReadPage(2, first->next_page_token, "list", Places(1, 9));
  ASSERT_THAT(second, testing::IsOk());
  EXPECT_EQ(second->begin, 1u);
  EXPECT_EQ(second->end, 3u);
  const auto last = ReadPage(2, second->next_page_token, "list", Places(1, 9));
  ASSERT_THAT(last, testing::IsOk());
  EXPECT_EQ(last->end, 1u);
  EXPECT_EQ(last->next_page_token, "");
}

TEST(PagingTest, WhatLeavesTheListBetweenPagesHidesNothingElse) {
  const auto first = ReadPage(2, "", "list", Places(1, 6));
  ASSERT_THAT(first, testing::IsOk());
  // 1, 5 and 6 are gone; 5 was the last that was shown.
  const std::vector<Place> left = Places(2, 4);
  const auto second = ReadPage(2, first->next_page_token, "list", left);
  ASSERT_THAT(second, testing::IsOk());
  EXPECT_EQ(second->begin, 1u);
  EXPECT_EQ(second->end, 3u);
}

TEST(PagingTest, ATokenOfAnotherListIsRefused) {
  const auto page = ReadPage(2, "", "list", Places(1, 5));
  EXPECT_THAT(ReadPage(2, page->next_page_token, "other", Places(1, 5)),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ReadPage(2, "garbage", "list", Places(1, 5)),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(StatusTest, KeepsTheCodeAndCarriesReasonAndViolations) {
  const grpc::Status refused =
      ToGrpcStatus(evidence::Refuse("bad_signature", "words"));
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::Status rich;
  ASSERT_TRUE(rich.ParseFromString(refused.error_details()));
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(rich.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "BAD_SIGNATURE");

  const grpc::Status bad =
      ToGrpcStatus(alliance::ViolationsStatus({{12, "one"}, {0, "two"}}));
  ASSERT_TRUE(rich.ParseFromString(bad.error_details()));
  google::rpc::BadRequest request;
  ASSERT_TRUE(rich.details(0).UnpackTo(&request));
  EXPECT_EQ(request.field_violations(0).field(), "line:12");
  EXPECT_EQ(request.field_violations(1).field(), "");
  EXPECT_EQ(request.field_violations(1).description(), "two");
}

TEST(RefusalTest, NamesTheThingTheReasonAndTheNextStep) {
  const absl::Status explained =
      ExplainRefusal(evidence::Refuse("unknown_person", "x"),
                     {"d-7", "approved", "bo", "cascadia"});
  EXPECT_EQ(explained.message(),
            "decision d-7 cannot be approved: bo is not on the roster of "
            "cascadia (see: tally people)");
  EXPECT_EQ(evidence::ReasonOf(explained), "unknown_person");
}

}  // namespace
}  // namespace tallystick::node
