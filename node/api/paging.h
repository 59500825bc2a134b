// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_PAGING_H_
#define TALLYSTICK_NODE_API_PAGING_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/ledger/position.h"

// Lists come newest first, in pages. A token names the last item that was
// shown, so what joins or leaves the list between two pages neither shifts,
// hides nor repeats anything else.
namespace tallystick::node {

// 0 means 100; more than 1000 counts as 1000; negative is INVALID_ARGUMENT.
absl::StatusOr<size_t> ReadPageSize(int32_t page_size);

// Where an item stands among all that its list could ever hold; ascending from
// the oldest, the same for as long as the item exists.
using Place = std::array<uint64_t, 3>;

// By time of writing, then party and index.
Place PlaceOf(const ledger::Position& at);

// The items at [begin, end), to be shown backwards.
struct Page {
  size_t begin = 0;
  size_t end = 0;
  // Empty on the last page.
  std::string next_page_token;
};

// `list` names the list with its filters; a token of another one is refused.
// `places`: of its items as they are now, ascending.
absl::StatusOr<Page> ReadPage(int32_t page_size, absl::string_view page_token,
                              absl::string_view list,
                              std::span<const Place> places);

// The token behind: numbers, and a check that they belong to `list`.
std::string FormatToken(absl::string_view list,
                        const std::vector<uint64_t>& numbers);
absl::StatusOr<std::vector<uint64_t>> ParseToken(absl::string_view list,
                                                 absl::string_view token,
                                                 size_t count);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_PAGING_H_
