// SPDX-License-Identifier: Apache-2.0
#include "cli/view_rest.h"

#include "absl/strings/str_cat.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/balance_service.grpc.pb.h"
#include "tallystick/v1/record_service.grpc.pb.h"

namespace tallystick::cli {

absl::Status ViewRest::Check(bool tell) {
  return All({.validate_only = true, .tell = tell});
}

absl::Status ViewRest::Apply() {
  return All({.validate_only = false, .tell = true});
}

absl::Status ViewRest::All(const Run& run) {
  TALLYSTICK_RETURN_IF_ERROR(ClaimShares(run));
  TALLYSTICK_RETURN_IF_ERROR(KeepFigures(run));
  return SayBetterOff(run);
}

void ViewRest::Tell(const Run& run, absl::string_view what) {
  if (!run.tell) return;
  session_.Remark(
      absl::StrCat(what, run.validate_only ? " (not with --dry-run)." : "."));
}

absl::Status ViewRest::ClaimShares(const Run& run) {
  if (view_.share_claims.empty()) return absl::OkStatus();
  v1::ApplyRecordsRequest request;
  request.set_parent(alliance_);
  request.mutable_records()->Assign(view_.share_claims.begin(),
                                    view_.share_claims.end());
  request.set_author(session_.options().person);
  request.set_validate_only(run.validate_only);
  request.set_request_id(NewRequestId());
  v1::ApplyRecordsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(session_.node().Call(
      &v1::RecordService::Stub::ApplyRecords, request, &response));
  if (response.claimed() > 0) {
    Tell(run, absl::StrCat("Shares of what was made together: ",
                           response.claimed(), " claimed"));
  }
  return absl::OkStatus();
}

absl::Status ViewRest::KeepFigures(const Run& run) {
  if (view_.private_currency.empty()) return absl::OkStatus();
  v1::SetPrivateFiguresRequest request;
  request.set_parent(alliance_);
  request.set_value_alone(view_.value_alone);
  request.set_upkeep(view_.upkeep);
  request.set_currency(view_.private_currency);
  request.set_validate_only(run.validate_only);
  request.set_request_id(NewRequestId());
  v1::SetPrivateFiguresResponse response;
  TALLYSTICK_RETURN_IF_ERROR(session_.node().Call(
      &v1::BalanceService::Stub::SetPrivateFigures, request, &response));
  if (response.changed() > 0) {
    Tell(run, absl::StrCat("Private figures: ", response.changed(),
                           " kept at this node, and never sent"));
  }
  return absl::OkStatus();
}

absl::Status ViewRest::SayBetterOff(const Run& run) {
  if (view_.better_off.empty()) return absl::OkStatus();
  v1::StateBetterOffRequest request;
  request.set_parent(alliance_);
  request.set_stated(view_.as_of);
  request.set_answer(view_.better_off == "yes" ? v1::BalanceBetterOff::YES
                     : view_.better_off == "no"
                         ? v1::BalanceBetterOff::NO
                         : v1::BalanceBetterOff::UNDECIDED);
  request.set_author(session_.options().person);
  request.set_validate_only(run.validate_only);
  request.set_request_id(NewRequestId());
  v1::StateBetterOffResponse response;
  TALLYSTICK_RETURN_IF_ERROR(session_.node().Call(
      &v1::BalanceService::Stub::StateBetterOff, request, &response));
  if (!response.unchanged()) {
    Tell(run, absl::StrCat("Better off than alone: ", view_.better_off));
  }
  return absl::OkStatus();
}

}  // namespace tallystick::cli
