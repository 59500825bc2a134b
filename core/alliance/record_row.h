// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_RECORD_ROW_H_
#define TALLYSTICK_CORE_ALLIANCE_RECORD_ROW_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/expectation/topic_ref.h"
#include "core/record/details.h"
#include "tallystick/v1/do.pb.h"

// What a person writes of a record, in a file or on a command line.
namespace tallystick::alliance {

// What one thing is to each company: by short name, domain, or "agreed".
struct ByParty {
  std::string party;
  std::string value;
};

// Texts as written; which of them a record takes depends on its type.
struct RecordRow {
  record::Type type = record::Type::kContribution;
  // The line's own id, "C27"; it names the record within its type and kind.
  std::string reference;
  // YYYY-MM-DD, not after today; empty: the row names no day.
  std::string date;
  // Short name or domain of who claims it. Empty: of a risk or a claimed share
  // each party claims its own; of all else whoever comes first does.
  std::string giver;
  // Of a reading its measure: "people_present@meridian".
  std::string kind;
  // The figure that is no money: quantity, count, value or days.
  std::string claimed;
  // Decimal, at least 0; empty: the row says nothing of it.
  std::string acknowledged;
  // YYYY-MM-DD; empty: the day of the row.
  std::string acknowledged_on;
  std::string note;
  int line = 0;

  // Money in major units, and its currency. Without a currency it is that in
  // which the kind ends: "gross_profit_usd".
  std::string amount;
  std::string currency;
  std::string title;
  std::string likelihood;
  std::string impact;
  std::string agreed_likelihood;
  std::string agreed_impact;
  std::vector<ByParty> likelihoods;
  std::vector<ByParty> impacts;
  // Parts that add up to 1.
  std::vector<ByParty> shares;
  std::string mitigation;
  bool closed = false;
  // Whom a reading is about, if its measure does not say.
  std::string about;
  std::string source;
  std::vector<std::string> attendees;
  int decisions = 0;
  int risks = 0;
  int conflicts = 0;
  std::string due;
  bool met = false;
  std::string step;
  bool settled = false;
  std::string own_share;
  std::string partner_share;
  std::string person;
  std::string role;
};

// The claim of `claimant` that the row asks for, but for uid and day.
// INVALID_ARGUMENT names the field that cannot be read. Whether a record may
// look like that is record::ReadClaim's to say.
absl::StatusOr<v1::RecordClaim> ClaimOf(const RecordRow& row,
                                        v1::Party claimant,
                                        const expectation::PartyNames& names);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_RECORD_ROW_H_
