// SPDX-License-Identifier: Apache-2.0
#include "cli/outcome.h"

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace tallystick::cli {
namespace {

using ::testing::ElementsAre;

absl::Status WithViolations() {
  google::rpc::BadRequest bad;
  google::rpc::BadRequest::FieldViolation* violation =
      bad.add_field_violations();
  violation->set_field("line:12");
  violation->set_description("unknown topic frame/nothing");
  violation = bad.add_field_violations();
  violation->set_field("terms.title");
  violation->set_description("is too long");
  google::rpc::Status details;
  details.add_details()->PackFrom(bad);
  absl::Status status = absl::InvalidArgumentError("nothing was applied");
  AttachDetails(details.SerializeAsString(), status);
  return status;
}

TEST(OutcomeTest, EachWrongLineOfTheFileGetsALineBeforeTheMessage) {
  EXPECT_THAT(
      RenderError(WithViolations(), "view.yaml"),
      ElementsAre("view.yaml:12: unknown topic frame/nothing",
                  "terms.title: is too long", "tally: nothing was applied"));
}

TEST(OutcomeTest, OfSeveralFilesEachLineIsNamedWithItsOwn) {
  google::rpc::BadRequest bad;
  for (const char* line : {"line:12", "line:10000007"}) {
    google::rpc::BadRequest::FieldViolation& violation =
        *bad.add_field_violations();
    violation.set_field(line);
    violation.set_description("is wrong");
  }
  google::rpc::Status details;
  details.add_details()->PackFrom(bad);
  absl::Status status = absl::InvalidArgumentError("line 10000007: refused");
  AttachDetails(details.SerializeAsString(), status);
  EXPECT_THAT(RenderError(status, {"a.yaml", "b.yaml"}),
              ElementsAre("a.yaml:12: is wrong", "b.yaml:7: is wrong",
                          "tally: refused"));
}

TEST(OutcomeTest, WithoutAFileThereAreNoLineNumbers) {
  EXPECT_THAT(
      RenderError(WithViolations(), ""),
      ElementsAre("unknown topic frame/nothing", "terms.title: is too long",
                  "tally: nothing was applied"));
}

TEST(OutcomeTest, AnErrorOfAFileNamesItsPlaceAndTheNextStep) {
  EXPECT_THAT(RenderError(FileError("v.yaml", 3, "a key is missing"), ""),
              ElementsAre("v.yaml:3: a key is missing",
                          "tally: nothing was done (correct v.yaml and run it "
                          "again)"));
}

TEST(OutcomeTest, AMessageIsOneLineAndCannotSteerTheTerminal) {
  EXPECT_THAT(RenderError(absl::AbortedError("a\nb\x1b[1m"), ""),
              ElementsAre("tally: a b\uFFFD[1m"));
}

TEST(OutcomeTest, EachKindOfErrorHasItsExitStatus) {
  EXPECT_EQ(ExitOf(absl::OkStatus()), Exit::kDone);
  EXPECT_EQ(ExitOf(absl::NotFoundError("x")), Exit::kRefused);
  EXPECT_EQ(ExitOf(absl::UnavailableError("the partner is away")),
            Exit::kRefused);
  EXPECT_EQ(ExitOf(UsageError("x")), Exit::kUsage);
  EXPECT_EQ(ExitOf(UnreachableError("x")), Exit::kUnreachable);
  EXPECT_EQ(ExitOf(FileError("f", 1, "x")), Exit::kRefused);
}

}  // namespace
}  // namespace tallystick::cli
