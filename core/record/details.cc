// SPDX-License-Identifier: Apache-2.0
#include "core/record/details.h"

#include <array>
#include <cstddef>
#include <utility>

namespace tallystick::record {
namespace {

constexpr std::array<absl::string_view, std::variant_size_v<Details>> kWords = {
    "contribution", "benefit",      "upkeep",  "risk",
    "reading",      "knowledge",    "meeting", "milestone",
    "conflict",     "owned_result", "share",   "commitment"};

template <size_t... kIndex>
void Emplace(uint32_t index, Details& details, std::index_sequence<kIndex...>) {
  ((index == kIndex ? void(details.emplace<kIndex>()) : void()), ...);
}

}  // namespace

absl::string_view ToText(Type type) {
  return kWords[static_cast<size_t>(type)];
}

std::optional<Type> ParseType(absl::string_view text) {
  for (size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == text) return static_cast<Type>(i);
  }
  return std::nullopt;
}

void SetType(uint32_t index, Details& details) {
  Emplace(index, details,
          std::make_index_sequence<std::variant_size_v<Details>>());
}

}  // namespace tallystick::record
