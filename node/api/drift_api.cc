// SPDX-License-Identifier: Apache-2.0
#include "node/api/drift_api.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"
#include "core/alliance/practice_report.h"
#include "core/alliance/promise_report.h"
#include "node/api/drift_encoding.h"
#include "node/api/names.h"
#include "node/api/past_encoding.h"

namespace tallystick::node {
namespace {

// By its full name, or without the party it is about; empty: everything.
bool Wants(const std::string& wanted, const std::string& id,
           const std::string& without_party) {
  return wanted.empty() || wanted == id || wanted == without_party;
}

// Of what anything could drift: a topic, a measure, or a decision.
absl::Status CheckKnown(const AllianceNode& alliance,
                        const alliance::AllianceState& state,
                        const std::string& wanted) {
  const std::string name = wanted.substr(0, wanted.find('@'));
  const expectation::Catalogue& catalogue = state.catalogue();
  if (catalogue.Find(name) != nullptr ||
      catalogue.FindMeasure(name) != nullptr ||
      FindPast(alliance, state, wanted) != nullptr ||
      alliance::ResolveDecision(state, alliance.names(), wanted).ok()) {
    return absl::OkStatus();
  }
  return absl::NotFoundError(
      absl::StrCat("there is no topic, measure or decision ", wanted,
                   " (see: tally topics, tally drift)"));
}

// Worse ones first, whatever they are about.
std::vector<alliance::StatementRow> Statements(
    const alliance::AllianceState& state, const expectation::PartyNames& names,
    const expectation::Date& day) {
  std::vector<alliance::StatementRow> rows =
      alliance::StatementReport(state, names, day);
  for (alliance::StatementRow& row :
       alliance::PromiseReport(state, names, day)) {
    rows.push_back(std::move(row));
  }
  const auto rank = [](const alliance::StatementRow& row) {
    return std::pair(row.drift.notice, -row.drift.rating.points);
  };
  std::stable_sort(
      rows.begin(), rows.end(),
      [&rank](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return rows;
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
  const std::vector<alliance::PracticeRow> series =
      alliance::PracticeReport(*state, names, state.day);
  response.set_larger_h_advised(
      std::any_of(series.begin(), series.end(), [&series](const auto& row) {
        return row.practice.method == drift::Method::kCusum &&
               drift::AdviseLargerH(static_cast<int>(series.size()),
                                    row.practice.reference.h);
      }));
  for (const alliance::PracticeRow& row : series) {
    if (!Wants(wanted, row.subject.id, row.key.first)) continue;
    *response.add_series() = EncodeSeries(
        row, row.source ? alliance::FormatDecisionId(*state, names, *row.source)
                        : "");
  }
  for (const alliance::StatementRow& row :
       Statements(*state, names, state.day)) {
    if (!Wants(wanted, row.subject.id, row.ref.topic)) continue;
    *response.add_statements() = EncodeStatement(row, names);
  }
  if (!wanted.empty() && response.series().empty() &&
      response.statements().empty()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckKnown(*alliance, *state, wanted));
  }
  response.set_own(alliance->ShortName(alliance->own_party()));
  response.set_partner(alliance->ShortName(alliance->partner_party()));
  response.set_own_size(state->size(alliance->own_party()));
  response.set_partner_size(state->size(alliance->partner_party()));
  response.set_as_of(expectation::ToText(state.day));
  return response;
}

}  // namespace tallystick::node
