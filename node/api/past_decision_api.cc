// SPDX-License-Identifier: Apache-2.0
// Decisions that were taken before, and what is in force.
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/api/decision_api.h"
#include "node/api/names.h"
#include "node/api/past_encoding.h"
#include "node/api/rehearsal.h"
#include "node/api/terms_encoding.h"

namespace tallystick::node {
namespace {

// What the rows come to.
struct ImportPlan {
  std::vector<v1::Body> statements;
  // In the order of the rows.
  std::vector<std::string> references;
  int added = 0;
  int changed = 0;
  int unchanged = 0;
};

void CheckFileParties(const AllianceNode& alliance,
                      const v1::ImportPastDecisionsRequest& request,
                      std::vector<alliance::Violation>* violations) {
  for (const auto& party : request.parties()) {
    if (alliance.names().Find(party.short_name()) != v1::PARTY_UNSPECIFIED) {
      continue;
    }
    violations->push_back(
        {party.line(),
         absl::StrCat(party.short_name(), " is no party of this alliance: ",
                      alliance.names().a, " and ", alliance.names().b)});
  }
}

absl::StatusOr<ImportPlan> PlanImport(
    const Node& node, const AllianceNode& alliance,
    const v1::ImportPastDecisionsRequest& request) {
  ImportPlan plan;
  std::vector<alliance::Violation> violations;
  CheckFileParties(alliance, request, &violations);
  std::set<std::string> seen;
  for (const v1::PastDecisionRow& row : request.decisions()) {
    if (!seen.insert(row.reference()).second) {
      violations.push_back(
          {row.line(), absl::StrCat(row.reference(), " is there twice")});
      continue;
    }
    const decision::PastDecision past =
        DecodePast(alliance, row, Today(node), &violations);
    plan.references.push_back(row.reference());
    const alliance::PastTelling* told =
        alliance.state().FindPast(alliance.own_party(), row.reference());
    if (told != nullptr && told->past == past) {
      ++plan.unchanged;
      continue;
    }
    ++(told == nullptr ? plan.added : plan.changed);
    v1::Body& body = plan.statements.emplace_back();
    *body.mutable_past_decision() = decision::PastDecisionToProto(past);
  }
  TALLYSTICK_RETURN_IF_ERROR(alliance::ViolationsStatus(violations));
  return plan;
}

}  // namespace

absl::StatusOr<v1::ImportPastDecisionsResponse> ImportPastDecisions(
    Node& node, const v1::ImportPastDecisionsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  if (!alliance->has_partner()) {
    return absl::FailedPreconditionError(
        "there is no partner yet: both companies must have joined before what "
        "they agreed on can be imported (see: tally invite)");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const ImportPlan plan,
                              PlanImport(node, *alliance, request));
  Rehearsal rehearsal(node, *alliance, request.validate_only());
  TALLYSTICK_RETURN_IF_ERROR(
      rehearsal.Write(plan.statements, request.author()));
  v1::ImportPastDecisionsResponse response;
  const StateView view = rehearsal.View();
  for (const std::string& reference : plan.references) {
    *response.add_decisions() =
        EncodePast(*alliance, view, *FindPast(*alliance, *view, reference));
  }
  response.set_added(plan.added);
  response.set_changed(plan.changed);
  response.set_unchanged(plan.unchanged);
  return response;
}

absl::StatusOr<v1::Terms> GetTerms(Node& node,
                                   const v1::GetTermsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  return EncodeTerms(*state, alliance->names(), state.day);
}

}  // namespace tallystick::node
