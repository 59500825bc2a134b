// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_ITEMS_H_
#define TALLYSTICK_CORE_ALLIANCE_ITEMS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/alliance/state.h"

// The names of the items whose encodings make up the state digest: one letter
// for the kind, then what tells items of that kind apart.
namespace tallystick::alliance {

std::string IntroductionItem(v1::Party party);
std::string PersonItem(v1::Party party, absl::string_view person);
std::string CellItem(const CellKey& key);
std::string TextItem(const CellKey& key);
std::string RecordItem(v1::Party giver, absl::string_view uid);
std::string DecisionItem(v1::Party opener, absl::string_view uid);
std::string PastItem(v1::Party teller, absl::string_view reference);
std::string CharterItem(const expectation::TopicRef& topic);
std::string BetterOffItem(v1::Party party);
std::string SetAsideItem(v1::Party party);

// The canonical encoding of the item with this name; empty if there is none.
// `now_us` decides only which time limits have passed.
std::string EncodeItem(const AllianceState& state, const std::string& name,
                       int64_t now_us);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_ITEMS_H_
