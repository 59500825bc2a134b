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

bool TakePart(absl::string_view* rest, std::string* part) {
  if (rest->size() < 4) return false;
  uint32_t size = 0;
  for (int i = 0; i < 4; ++i) {
    size = size << 8 | static_cast<uint8_t>((*rest)[i]);
  }
  if (size > rest->size() - 4) return false;
  part->assign(rest->data() + 4, size);
  rest->remove_prefix(4 + size_t{size});
  return true;
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
  while (!framed.empty()) {
    Entry& entry = entries.emplace_back();
    if (!TakePart(&framed, &entry.leaf) || !TakePart(&framed, &entry.salt) ||
        !TakePart(&framed, &entry.body)) {
      return evidence::Refuse("malformed_batch",
                              "a batch ends in the middle of an entry");
    }
  }
  return entries;
}

}  // namespace tallystick::ledger
