// SPDX-License-Identifier: Apache-2.0
#include "node/api/paging.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/evidence/digest.h"
#include "core/status_macros.h"

namespace tallystick::node {
namespace {

constexpr size_t kPageSizeDefault = 100;
constexpr size_t kPageSizeMax = 1000;

std::string CheckOf(absl::string_view list) {
  return evidence::DigestToHex(evidence::Sha256(list)).substr(0, 8);
}

absl::Status BadToken() {
  return absl::InvalidArgumentError(
      "the page token is not one of this list; begin again without one");
}

}  // namespace

absl::StatusOr<size_t> ReadPageSize(int32_t page_size) {
  if (page_size < 0) {
    return absl::InvalidArgumentError("page_size is not less than 0");
  }
  if (page_size == 0) return kPageSizeDefault;
  return std::min(static_cast<size_t>(page_size), kPageSizeMax);
}

std::string FormatToken(absl::string_view list,
                        const std::vector<uint64_t>& numbers) {
  return absl::StrCat(absl::StrJoin(numbers, "."), "-", CheckOf(list));
}

absl::StatusOr<std::vector<uint64_t>> ParseToken(absl::string_view list,
                                                 absl::string_view token,
                                                 size_t count) {
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '-');
  if (parts.size() != 2 || parts[1] != CheckOf(list)) return BadToken();
  std::vector<uint64_t> numbers;
  for (const absl::string_view text : absl::StrSplit(parts[0], '.')) {
    if (!absl::SimpleAtoi(text, &numbers.emplace_back())) return BadToken();
  }
  if (numbers.size() != count) return BadToken();
  return numbers;
}

Place PlaceOf(const ledger::Position& at) {
  return {static_cast<uint64_t>(at.time_us), static_cast<uint64_t>(at.party),
          at.index};
}

absl::StatusOr<Page> ReadPage(int32_t page_size, absl::string_view page_token,
                              absl::string_view list,
                              std::span<const Place> places) {
  TALLYSTICK_ASSIGN_OR_RETURN(const size_t size, ReadPageSize(page_size));
  Page page = {.begin = 0, .end = places.size(), .next_page_token = {}};
  if (!page_token.empty()) {
    Place shown = {};
    TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers,
                                ParseToken(list, page_token, shown.size()));
    std::copy(numbers.begin(), numbers.end(), shown.begin());
    page.end = static_cast<size_t>(
        std::lower_bound(places.begin(), places.end(), shown) - places.begin());
  }
  page.begin = page.end - std::min(size, page.end);
  if (page.begin > 0) {
    const Place& last = places[page.begin];
    page.next_page_token = FormatToken(list, {last[0], last[1], last[2]});
  }
  return page;
}

}  // namespace tallystick::node
