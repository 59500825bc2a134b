// SPDX-License-Identifier: Apache-2.0
#include "node/api/drift_api.h"

#include <string>

#include "core/alliance/ids.h"
#include "core/alliance/practice_report.h"
#include "core/alliance/promise_report.h"
#include "node/api/drift_encoding.h"
#include "node/api/names.h"

namespace tallystick::node {
namespace {

// By its full name, or without the party it is about; empty: everything.
bool Wants(const std::string& wanted, const std::string& id,
           const std::string& without_party) {
  return wanted.empty() || wanted == id || wanted == without_party;
}

}  // namespace

absl::StatusOr<v1::GetDriftResponse> GetDrift(
    Node& node, const v1::GetDriftRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  const expectation::PartyNames& names = alliance->names();
  const std::string& wanted = request.topic();
  v1::GetDriftResponse response;
  for (const alliance::PracticeRow& row :
       alliance::PracticeReport(*state, names, state.day)) {
    if (!Wants(wanted, row.subject.id, row.key.first)) continue;
    *response.add_series() = EncodeSeries(
        row, row.source ? alliance::FormatDecisionId(*state, names, *row.source)
                        : "");
  }
  for (const auto& rows : {alliance::StatementReport(*state, names, state.day),
                           alliance::PromiseReport(*state, names, state.day)}) {
    for (const alliance::StatementRow& row : rows) {
      if (!Wants(wanted, row.subject.id, row.ref.topic)) continue;
      *response.add_statements() = EncodeStatement(row, names);
    }
  }
  response.set_own(alliance->ShortName(alliance->own_party()));
  response.set_partner(alliance->ShortName(alliance->partner_party()));
  response.set_own_size(state->size(alliance->own_party()));
  response.set_partner_size(state->size(alliance->partner_party()));
  response.set_as_of(expectation::ToText(state.day));
  return response;
}

}  // namespace tallystick::node
