// SPDX-License-Identifier: Apache-2.0
#include "node/api/drift_api.h"

#include "node/api/drift_encoding.h"
#include "node/api/names.h"

namespace tallystick::node {

absl::StatusOr<v1::GetDriftResponse> GetDrift(
    Node& node, const v1::GetDriftRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  const expectation::PartyNames& names = alliance->names();
  v1::GetDriftResponse response;
  for (const alliance::StatementRow& row :
       alliance::StatementReport(*state, names, state.day)) {
    if (!request.topic().empty() && row.subject.id != request.topic() &&
        row.ref.topic != request.topic()) {
      continue;
    }
    *response.add_statements() = EncodeStatement(row, names);
  }
  response.set_own(alliance->ShortName(alliance->own_party()));
  response.set_partner(alliance->ShortName(alliance->partner_party()));
  response.set_own_size(state->size(alliance->own_party()));
  response.set_partner_size(state->size(alliance->partner_party()));
  response.set_as_of(expectation::ToText(state.day));
  return response;
}

}  // namespace tallystick::node
