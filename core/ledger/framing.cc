// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/framing.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "core/evidence/refusal.h"

namespace tallystick::ledger {
namespace {

void AppendPart(absl::string_view part, std::string* out) {
  const auto size = static_cast<uint32_t>(part.size());
  for (int shift = 24; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(size >> shift));
  }
  out->append(part.data(), part.size());
}

bool TakePart(absl::string_view* rest, absl::string_view* part) {
  if (rest->size() < 4) return false;
  uint32_t size = 0;
  for (int i = 0; i < 4; ++i) {
    size = size << 8 | static_cast<uint8_t>((*rest)[i]);
  }
  if (size > rest->size() - 4) return false;
  *part = rest->substr(4, size);
  rest->remove_prefix(4 + size_t{size});
  return true;
}

struct EntryView {
  absl::string_view leaf;
  absl::string_view salt;
  absl::string_view body;
};

bool TakeEntry(absl::string_view* rest, EntryView* entry) {
  return TakePart(rest, &entry->leaf) && TakePart(rest, &entry->salt) &&
         TakePart(rest, &entry->body);
}

// Of those that are whole.
size_t CountEntries(absl::string_view framed) {
  size_t count = 0;
  for (EntryView entry; TakeEntry(&framed, &entry);) ++count;
  return count;
}

}  // namespace

void AppendFramed(const Entry& entry, std::string* out) {
  AppendPart(entry.leaf, out);
  AppendPart(entry.salt, out);
  AppendPart(entry.body, out);
}

absl::StatusOr<std::vector<Entry>> ParseFramed(absl::string_view batch) {
  if (batch.size() > kBatchBytesRefused) {
    return evidence::Refuse(
        "oversize",
        absl::StrCat("a batch has ", batch.size(), " bytes, at most ",
                     kBatchBytesRefused, " are allowed"));
  }
  return ParseFramedUnbounded(batch);
}

absl::StatusOr<std::vector<Entry>> ParseFramedUnbounded(
    absl::string_view framed) {
  std::vector<Entry> entries;
  entries.reserve(CountEntries(framed));
  while (!framed.empty()) {
    EntryView entry;
    if (!TakeEntry(&framed, &entry)) {
      return evidence::Refuse("malformed_batch",
                              "a batch ends in the middle of an entry");
    }
    entries.push_back({.leaf = std::string(entry.leaf),
                       .salt = std::string(entry.salt),
                       .body = std::string(entry.body)});
  }
  return entries;
}

}  // namespace tallystick::ledger
