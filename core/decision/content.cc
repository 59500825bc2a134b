// SPDX-License-Identifier: Apache-2.0
#include "core/decision/content.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/decision/terms.h"
#include "core/evidence/plain_text.h"
#include "core/status_macros.h"

namespace tallystick::decision {
namespace {

constexpr absl::string_view kLabel = "tallystick/decision/v1";
constexpr size_t kTypeSizeMax = 64;
constexpr size_t kTitleSizeMax = 200;
constexpr size_t kTextSizeMax = 16 << 10;
constexpr int kSettingsMax = 100;

void UpdateWithLength(evidence::Sha256Hasher& hasher, absl::string_view part) {
  std::array<char, 8> length;
  for (int i = 0; i < 8; ++i) {
    length[i] = static_cast<char>(uint64_t{part.size()} >> (56 - 8 * i));
  }
  hasher.Update({length.data(), length.size()});
  hasher.Update(part);
}

bool IsTypeName(absl::string_view type) {
  return !type.empty() && type.size() <= kTypeSizeMax &&
         std::all_of(type.begin(), type.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || c == '_';
         });
}

bool IsDay(const v1::Date& date) {
  return expectation::DateFromProto(date).ok();
}

}  // namespace

evidence::Digest ContentHash(absl::string_view content) {
  evidence::Sha256Hasher hasher;
  UpdateWithLength(hasher, kLabel);
  UpdateWithLength(hasher, content);
  return hasher.Finish();
}

absl::StatusOr<v1::DecisionContent> ParseContent(absl::string_view content) {
  v1::DecisionContent terms;
  if (content.size() > kContentSizeMax ||
      !terms.ParseFromArray(content.data(), static_cast<int>(content.size()))) {
    return absl::InvalidArgumentError(
        absl::StrCat("the terms cannot be read or are larger than ",
                     kContentSizeMax / 1024, " KiB"));
  }
  if (!IsTypeName(terms.type())) {
    return absl::InvalidArgumentError(
        "the type of a decision is 1 to 64 of a-z and _, such as "
        "roadmap_changes");
  }
  if (terms.title().empty() ||
      !evidence::IsPlainLine(terms.title(), kTitleSizeMax)) {
    return absl::InvalidArgumentError(
        "the title of a decision is one line of plain text, 1 to 200 bytes");
  }
  if (!evidence::IsPlainText(terms.text(), kTextSizeMax)) {
    return absl::InvalidArgumentError(
        "the text of a decision is at most 16 KiB of plain text, without "
        "control characters");
  }
  if (terms.settings_size() > kSettingsMax) {
    return absl::InvalidArgumentError("a decision sets at most 100 topics");
  }
  if (terms.respond_by_us() < 0) {
    return absl::InvalidArgumentError("the limit to respond is before 1970");
  }
  if ((terms.has_effective_on() && !IsDay(terms.effective_on())) ||
      (terms.has_due_on() && !IsDay(terms.due_on()))) {
    return absl::InvalidArgumentError(
        "the day from which or by which is not in the calendar");
  }
  TALLYSTICK_RETURN_IF_ERROR(ReadTerms(terms).status());
  return terms;
}

}  // namespace tallystick::decision
