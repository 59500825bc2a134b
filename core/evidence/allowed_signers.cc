// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/allowed_signers.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/evidence/refusal.h"
#include "core/evidence/sshsig.h"
#include "core/evidence/utf8.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr size_t kFileSizeMax = 1 << 20;
constexpr size_t kLineSizeMax = 8'192;
constexpr absl::string_view kBlanks = " \t";

absl::Status Malformed(absl::string_view detail) {
  return Refuse("malformed", detail);
}

void SkipBlanks(absl::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
}

// Takes what is before the first of `ends` off `text`.
absl::string_view TakeUntil(absl::string_view ends, absl::string_view& text) {
  const absl::string_view taken = text.substr(0, text.find_first_of(ends));
  text.remove_prefix(taken.size());
  return taken;
}

// Takes a value in quotes, in which \" stands for a quote.
std::optional<std::string> TakeQuoted(absl::string_view& text) {
  if (!absl::ConsumePrefix(&text, "\"")) return std::nullopt;
  std::string value;
  while (!text.empty()) {
    if (absl::ConsumePrefix(&text, "\"")) return value;
    absl::ConsumePrefix(&text, absl::StartsWith(text, "\\\"") ? "\\" : "");
    value.push_back(text[0]);
    text.remove_prefix(1);
  }
  return std::nullopt;
}

// What a line has said so far, so that nothing is said twice.
struct SeenOptions {
  bool valid_after = false;
  bool valid_before = false;
};

absl::Status ApplyOption(const std::string& name, const std::string& value,
                         AllowedSigner& signer, SeenOptions& seen) {
  if (name == "namespaces") {
    if (signer.namespaces.has_value()) return Malformed("an option twice");
    signer.namespaces = value;
    return absl::OkStatus();
  }
  if (name != "valid-after" && name != "valid-before") {
    return Malformed("an unknown option");
  }
  const bool after = name == "valid-after";
  if (std::exchange(after ? seen.valid_after : seen.valid_before, true)) {
    return Malformed("an option twice");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      (after ? signer.valid_after : signer.valid_before),
      ParseSignerTime(value));
  return absl::OkStatus();
}

// Takes the options and the blank after them off `text`.
absl::Status TakeOptions(absl::string_view& text, AllowedSigner& signer) {
  SeenOptions seen;
  do {
    const std::string name = absl::AsciiStrToLower(TakeUntil("=, \t", text));
    if (name == "cert-authority") {
      return Refuse("cert_authority", "certificates are not used");
    }
    if (!absl::ConsumePrefix(&text, "=")) return Malformed("a bad option");
    const std::optional<std::string> value = TakeQuoted(text);
    if (!value.has_value()) return Malformed("an option's value is not quoted");
    TALLYSTICK_RETURN_IF_ERROR(ApplyOption(name, *value, signer, seen));
  } while (absl::ConsumePrefix(&text, ","));
  if (text.empty() || kBlanks.find(text[0]) == absl::string_view::npos) {
    return Malformed("the options have no end");
  }
  if (signer.valid_before <= signer.valid_after) {
    return Malformed("the key is never valid");
  }
  return absl::OkStatus();
}

absl::StatusOr<AllowedSigner> ParseLine(absl::string_view line) {
  if (line.size() > kLineSizeMax) return Malformed("a line is too long");
  for (const char c : line) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t') {
      return Malformed("a control character");
    }
  }
  AllowedSigner signer;
  signer.principals = std::string(TakeUntil(kBlanks, line));
  if (absl::StrContains(signer.principals, '"')) {
    return Malformed("principals are not quoted");
  }
  SkipBlanks(line);
  // Only options have "=" in their first word; cert-authority stands alone.
  absl::string_view rest = line;
  const absl::string_view word = TakeUntil("=, \t", rest);
  if (absl::StartsWith(rest, "=") || absl::StartsWith(rest, ",") ||
      absl::EqualsIgnoreCase(word, "cert-authority")) {
    TALLYSTICK_RETURN_IF_ERROR(TakeOptions(line, signer));
    SkipBlanks(line);
  }
  TALLYSTICK_ASSIGN_OR_RETURN(signer.key, SshPublicKey::Parse(line));
  return signer;
}

// Whether one pattern matches all of `text`: "*" any bytes, "?" one byte. On a
// mismatch only the last "*" needs to take more, so this never explodes.
bool MatchesPattern(absl::string_view text, absl::string_view pattern) {
  size_t at = 0;
  size_t in_pattern = 0;
  size_t star = absl::string_view::npos;
  size_t star_at = 0;
  while (at < text.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      star_at = at;
    } else if (in_pattern < pattern.size() &&
               (pattern[in_pattern] == '?' ||
                pattern[in_pattern] == text[at])) {
      ++at;
      ++in_pattern;
    } else if (star != absl::string_view::npos) {
      in_pattern = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == absl::string_view::npos;
}

bool IsLiteral(absl::string_view principal) {
  return !principal.empty() && IsUtf8(principal) && principal[0] != '#' &&
         std::none_of(principal.begin(), principal.end(), [](char c) {
           return static_cast<unsigned char>(c) <= 0x20 || c == '*' ||
                  c == '?' || c == '!' || c == ',' || c == '"' || c == '\x7f';
         });
}

// "YYYYMMDDHHMMSSZ"; none outside the years 1 to 9999.
std::optional<std::string> FormatSignerTime(int64_t unix_seconds) {
  constexpr int64_t kFirst = -62'135'596'800;  // 00010101000000Z
  constexpr int64_t kLast = 253'402'300'799;   // 99991231235959Z
  if (unix_seconds < kFirst || unix_seconds > kLast) return std::nullopt;
  const std::chrono::sys_seconds time{std::chrono::seconds(unix_seconds)};
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day day(midnight);
  const std::chrono::hh_mm_ss clock(time - midnight);
  return absl::StrFormat(
      "%04d%02d%02d%02d%02d%02dZ", static_cast<int>(day.year()),
      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
      clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

absl::StatusOr<std::vector<AllowedSigner>> ParseAllowedSigners(
    absl::string_view file) {
  if (file.size() > kFileSizeMax) return Malformed("more than a mebibyte");
  std::vector<AllowedSigner> signers;
  while (!file.empty()) {
    absl::string_view line = TakeUntil("\n", file);
    absl::ConsumePrefix(&file, "\n");
    SkipBlanks(line);
    if (line.empty() || line[0] == '#') continue;
    TALLYSTICK_ASSIGN_OR_RETURN(AllowedSigner signer, ParseLine(line));
    signers.push_back(std::move(signer));
  }
  return signers;
}

std::string FormatAllowedSigner(absl::string_view principal,
                                const SshPublicKey& key,
                                std::optional<int64_t> valid_after,
                                std::optional<int64_t> valid_before) {
  if (!IsLiteral(principal)) return "";
  std::string line =
      absl::StrCat(principal, " namespaces=\"", kApprovalNamespace, "\"");
  for (const auto& [name, time] : {std::pair("valid-after", valid_after),
                                   std::pair("valid-before", valid_before)}) {
    if (!time.has_value()) continue;
    const std::optional<std::string> text = FormatSignerTime(*time);
    if (!text.has_value()) return "";
    absl::StrAppend(&line, ",", name, "=\"", *text, "\"");
  }
  absl::StrAppend(&line, " ", key.ToString(), "\n");
  return line;
}

bool MatchesPatternList(absl::string_view text, absl::string_view patterns) {
  bool matched = false;
  for (absl::string_view pattern : absl::StrSplit(patterns, ',')) {
    const bool negated = absl::ConsumePrefix(&pattern, "!");
    if (!MatchesPattern(text, pattern)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

}  // namespace tallystick::evidence
