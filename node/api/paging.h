// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_PAGING_H_
#define TALLYSTICK_NODE_API_PAGING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Lists come newest first, in pages. A token names the items that are still to
// come by their place from the oldest, so what is added between two pages
// neither shifts nor repeats anything.
namespace tallystick::node {

// 0 means 100; more than 1000 counts as 1000; negative is INVALID_ARGUMENT.
absl::StatusOr<size_t> ReadPageSize(int32_t page_size);

// Items [begin, end) of a list in ascending order, to be shown backwards.
struct Page {
  size_t begin = 0;
  size_t end = 0;
  // Empty on the last page.
  std::string next_page_token;
};

// `list` names the list with its filters; a token of another one is refused.
absl::StatusOr<Page> ReadPage(int32_t page_size, absl::string_view page_token,
                              absl::string_view list, size_t total);

// The token behind: numbers, and a check that they belong to `list`.
std::string FormatToken(absl::string_view list,
                        const std::vector<uint64_t>& numbers);
absl::StatusOr<std::vector<uint64_t>> ParseToken(absl::string_view list,
                                                 absl::string_view token,
                                                 size_t count);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_PAGING_H_
