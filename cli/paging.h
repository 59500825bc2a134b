// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_PAGING_H_
#define TALLYSTICK_CLI_PAGING_H_

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/session.h"

// Lists longer than one answer of the node.
namespace tallystick::cli {

inline constexpr int kEvery = 1 << 30;
inline constexpr int kPageSizeMax = 1000;

// How many --limit and --all ask for.
inline int WantedItems(const Arguments& arguments) {
  if (arguments.Has("--all")) return kEvery;
  int limit = 100;
  if (arguments.Has("--limit") &&
      !absl::SimpleAtoi(arguments.Get("--limit"), &limit)) {
    limit = 100;
  }
  return limit;
}

// Follows the pages until `wanted` items are there. `all` is the first page's
// answer with the items of the others; `count` gives the items of an answer.
template <typename Method, typename Request, typename Response, typename Count>
absl::Status ListPages(Session& session, Method method, Request request,
                       int wanted, Response* all, const Count& count) {
  while (true) {
    request.set_page_size(std::min(wanted - count(*all), kPageSizeMax));
    Response page;
    const absl::Status status = session.node().Call(method, request, &page);
    if (!status.ok()) return status;
    const bool more = !page.next_page_token().empty() && count(page) > 0;
    all->clear_next_page_token();
    all->MergeFrom(page);
    if (!more || count(*all) >= wanted) return absl::OkStatus();
    request.set_page_token(page.next_page_token());
  }
}

// Says so if there are more than were shown.
template <typename Response>
void RemarkCutOff(Session& session, const Response& response, int shown) {
  if (!session.for_people() || response.total_size() <= shown) return;
  session.Remark(absl::StrCat("The newest ", shown, " of ",
                              response.total_size(),
                              "; --all shows every one."));
}

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_PAGING_H_
