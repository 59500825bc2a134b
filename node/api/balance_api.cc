// SPDX-License-Identifier: Apache-2.0
#include "node/api/balance_api.h"

#include <google/protobuf/util/message_differencer.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/alliance/balance_report.h"
#include "core/alliance/balance_terms.h"
#include "core/record/amount.h"
#include "node/api/balance_encoding.h"
#include "node/api/names.h"
#include "node/engine/spaces.h"

namespace tallystick::node {
namespace {

std::optional<expectation::Money> ReadStored(bool present,
                                             const v1::Money& message) {
  if (!present) return std::nullopt;
  const auto money = expectation::MoneyFromProto(message);
  if (!money.ok()) return std::nullopt;
  return *money;
}

absl::StatusOr<v1::Money> ReadMoney(absl::string_view field,
                                    const std::string& text,
                                    const std::string& currency) {
  if (!expectation::IsCurrency(currency)) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": name the currency, such as USD"));
  }
  const auto number = expectation::ParseDecimal(text);
  if (!number.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": ", number.status().message()));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const int64_t units,
      record::ToUnits(*number, record::DigitsOf(currency)));
  return expectation::MoneyToProto({units, currency});
}

v1::BetterOffAnswer::Answer Decode(v1::BalanceBetterOff::Answer answer) {
  switch (answer) {
    case v1::BalanceBetterOff::YES:
      return v1::BetterOffAnswer::YES;
    case v1::BalanceBetterOff::NO:
      return v1::BetterOffAnswer::NO;
    case v1::BalanceBetterOff::UNDECIDED:
      return v1::BetterOffAnswer::UNDECIDED;
    default:
      return v1::BetterOffAnswer::ANSWER_UNSPECIFIED;
  }
}

absl::StatusOr<v1::Balance> MakeBalance(const AllianceNode& alliance,
                                        const StateView& state) {
  TALLYSTICK_ASSIGN_OR_RETURN(const alliance::BalanceReport report,
                              ReportBalance(alliance, state));
  return EncodeBalance(
      alliance, *state,
      alliance::BalanceTermsOn(*state, alliance.names(), state.day), report,
      state.day);
}

}  // namespace

absl::StatusOr<alliance::BalanceReport> ReportBalance(
    const AllianceNode& alliance, const StateView& state) {
  TALLYSTICK_ASSIGN_OR_RETURN(const storage::v1::PrivateFigures figures,
                              alliance.PrivateFigures());
  return alliance::MakeBalanceReport(
      *state, alliance::BalanceTermsOn(*state, alliance.names(), state.day),
      alliance.own_party(),
      {.value_alone =
           ReadStored(figures.has_value_alone(), figures.value_alone()),
       .upkeep = ReadStored(figures.has_upkeep(), figures.upkeep())},
      state.day);
}

absl::StatusOr<v1::Balance> GetBalance(Node& node,
                                       const v1::GetBalanceRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  return MakeBalance(*alliance, state);
}

absl::StatusOr<v1::StateBetterOffResponse> StateBetterOff(
    Node& node, const v1::StateBetterOffRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  const v1::BetterOffAnswer::Answer answer = Decode(request.answer());
  if (answer == v1::BetterOffAnswer::ANSWER_UNSPECIFIED) {
    return absl::InvalidArgumentError("answer: say yes, no or undecided");
  }
  expectation::Date stated_on = Today(node);
  if (!request.stated().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(stated_on,
                                expectation::ParseDate(request.stated()));
    if (stated_on > Today(node)) {
      return absl::InvalidArgumentError(
          absl::StrCat("stated: ", request.stated(), " has not come"));
    }
  }
  v1::StateBetterOffResponse response;
  const alliance::BetterOffStatement* said =
      alliance->state().better_off(alliance->own_party());
  // Said again on another day it is said anew: it has been looked at since.
  const bool unchanged =
      said != nullptr && said->answer == answer &&
      (request.stated().empty() || said->stated_on == stated_on);
  response.set_unchanged(unchanged);
  if (!unchanged && !request.validate_only()) {
    v1::Body body;
    body.mutable_better_off()->set_answer(answer);
    if (stated_on < Today(node)) {
      *body.mutable_better_off()->mutable_stated_on() =
          expectation::DateToProto(stated_on);
    }
    TALLYSTICK_RETURN_IF_ERROR(
        node.Append(*alliance, {&body, 1}, request.author()));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, ""));
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Balance balance,
                              MakeBalance(*alliance, state));
  *response.mutable_better_off() = balance.better_off();
  return response;
}

absl::StatusOr<v1::SetPrivateFiguresResponse> SetPrivateFigures(
    Node& node, const v1::SetPrivateFiguresRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const storage::v1::PrivateFigures kept,
                              alliance->PrivateFigures());
  storage::v1::PrivateFigures figures = kept;
  if (!request.value_alone().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        *figures.mutable_value_alone(),
        ReadMoney("value_alone", request.value_alone(), request.currency()));
  }
  if (!request.upkeep().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        *figures.mutable_upkeep(),
        ReadMoney("upkeep", request.upkeep(), request.currency()));
    if (figures.upkeep().minor_units() < 0) {
      return absl::InvalidArgumentError("upkeep: it is not less than 0");
    }
  }
  using google::protobuf::util::MessageDifferencer;
  const int changed =
      (MessageDifferencer::Equals(kept.value_alone(), figures.value_alone())
           ? 0
           : 1) +
      (MessageDifferencer::Equals(kept.upkeep(), figures.upkeep()) ? 0 : 1);
  if (changed > 0 && !request.validate_only()) {
    alliance->Put({.space = absl::StrCat(kFiguresSpacePrefix, alliance->name()),
                   .key = std::string(kOwnFigures),
                   .value = figures.SerializeAsString()});
  }
  v1::SetPrivateFiguresResponse response;
  response.set_changed(changed);
  return response;
}

}  // namespace tallystick::node
