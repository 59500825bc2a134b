// SPDX-License-Identifier: Apache-2.0
// balance, better-off.
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/balance_words.h"
#include "cli/command.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/balance_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Balances = v1::BalanceService::Stub;

BalanceView ViewOf(const std::string& word) {
  if (word == "own") return BalanceView::kOwn;
  return word == "partner" ? BalanceView::kPartner : BalanceView::kBoth;
}

Outcome ShowBalance(Session& session, const Arguments& arguments) {
  v1::GetBalanceRequest request;
  request.set_parent(session.AllianceName());
  request.set_as_of(arguments.Get("--as-of"));
  v1::Balance balance;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Balances::GetBalance, request, &balance));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(balance));
  if (session.for_people()) {
    session.out() << RenderBalance(balance, ViewOf(arguments.Get("--view")),
                                   session.layout());
  }
  return arguments.Has("--fail-on") && CountImbalances(balance) > 0
             ? Exit::kFound
             : Exit::kDone;
}

v1::BalanceBetterOff::Answer AnswerOf(const std::string& word) {
  if (word == "yes") return v1::BalanceBetterOff::YES;
  return word == "no" ? v1::BalanceBetterOff::NO
                      : v1::BalanceBetterOff::UNDECIDED;
}

Outcome SayBetterOff(Session& session, const Arguments& arguments) {
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Alliance alliance,
                              session.FindAlliance());
  v1::StateBetterOffRequest request;
  request.set_parent(alliance.name());
  request.set_answer(AnswerOf(arguments.Get("ANSWER")));
  request.set_stated(arguments.Get("--stated"));
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::StateBetterOffResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Balances::StateBetterOff, request, &response));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (session.for_people()) {
    session.out() << RenderBetterOff(response.better_off(),
                                     alliance.own_short_name(),
                                     alliance.partner_short_name());
  }
  session.Remark(response.unchanged() ? "That was stated already."
                 : request.validate_only()
                     ? "Nothing was stated (--dry-run)."
                     : "Stated; the partner gets the word, not the figures.");
  return Exit::kDone;
}

}  // namespace

void AddBalanceCommands(Commands& commands) {
  commands.push_back(
      {"balance",
       "Show whether what each gives, gets and bears is as agreed.",
       "tally balance\ntally balance --as-of 2025-07-01 --fail-on imbalance",
       "Six dimensions, each held against the share that was agreed. With "
       "--fail-on the exit status is 4 if one is out of balance, if one side "
       "gets much more for what it puts in, or if one is worse off than alone.",
       {Option("--view", "WHOSE", "Whose estimates of risks (default: both).")
            .OneOf({"own", "partner", "both"}),
        Option("--fail-on", "WHAT", "imbalance").OneOf({"imbalance"}), AsOf()},
       ShowBalance});
  Parameter answer = Positional("ANSWER", "yes, no or undecided.");
  answer.choices = {"yes", "no", "undecided"};
  commands.push_back(
      {"better-off",
       "Say whether your company is better off with the alliance than alone.",
       "tally better-off yes",
       "The partner gets the answer, not the figures behind it. Two yeses show "
       "that together you are worth more. The figures go into the part "
       "\"private\" of a view file and stay at your node.",
       {std::move(answer),
        Option("--stated", "DATE", "The day it speaks of (default: today)."),
        DryRun()},
       SayBetterOff});
}

}  // namespace tallystick::cli
