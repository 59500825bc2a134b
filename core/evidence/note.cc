// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/note.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/base64.h"
#include "core/evidence/big_endian.h"
#include "core/evidence/refusal.h"
#include "core/evidence/utf8.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr absl::string_view kLineStart = "\xE2\x80\x94 ";  // U+2014, space
constexpr size_t kKeyIdSize = 4;
constexpr size_t kTimeSize = 8;
constexpr uint64_t kTimeMax = (uint64_t{1} << 63) - 1;

absl::Status Malformed(absl::string_view detail) {
  return Refuse("malformed", detail);
}

absl::Status CheckCharacters(absl::string_view bytes) {
  if (!IsUtf8(bytes)) return Refuse("bad_utf8", "the note is not UTF-8");
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') {
      return Refuse("control_char", "a control character in the note");
    }
  }
  return absl::OkStatus();
}

// The time of a good signature (0 for a log's), or nothing if it is bad.
std::optional<int64_t> VerifiedTime(const VerifierKey& key,
                                    absl::string_view text,
                                    absl::string_view signature) {
  if (key.type == KeyType::kLog) {
    if (!Verify(key.public_key, text, signature)) return std::nullopt;
    return 0;
  }
  if (signature.size() != kTimeSize + kSignatureSize) return std::nullopt;
  const uint64_t time = ReadBigEndian<uint64_t>(signature.substr(0, kTimeSize));
  if (time == 0 || time > kTimeMax) return std::nullopt;
  const int64_t unix_seconds = static_cast<int64_t>(time);
  if (!Verify(key.public_key, CosignatureMessage(text, unix_seconds),
              signature.substr(kTimeSize))) {
    return std::nullopt;
  }
  return unix_seconds;
}

// The key with the name and id of `line`, or null.
absl::StatusOr<const VerifierKey*> FindKey(const SignatureLine& line,
                                           std::span<const VerifierKey> keys) {
  const VerifierKey* found = nullptr;
  for (const VerifierKey& key : keys) {
    if (key.name != line.name || key.key_id != line.key_id) continue;
    if (found != nullptr && *found != key) {
      return Refuse("ambiguous_key", "two known keys share name and id");
    }
    found = &key;
  }
  return found;
}

}  // namespace

absl::StatusOr<ParsedNote> ParseNote(absl::string_view bytes) {
  if (bytes.size() > kNoteSizeMax) {
    return Refuse("too_large", "the note has more than 65,536 bytes");
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckCharacters(bytes));
  // The last empty line separates: the text may hold others.
  const size_t separator = bytes.rfind("\n\n");
  if (separator == absl::string_view::npos) {
    return Malformed("no empty line before the signatures");
  }
  ParsedNote note;
  note.text = std::string(bytes.substr(0, separator + 1));
  absl::string_view rest = bytes.substr(separator + 2);
  if (rest.empty()) return Malformed("the note has no signatures");
  while (!rest.empty()) {
    if (note.lines.size() == kNoteSignaturesMax) {
      return Refuse("too_many_signatures", "more than 32 signature lines");
    }
    const size_t end = rest.find('\n');
    if (end == absl::string_view::npos) {
      return Malformed("the last line has no end");
    }
    TALLYSTICK_ASSIGN_OR_RETURN(SignatureLine line,
                                ParseSignatureLine(rest.substr(0, end + 1)));
    note.lines.push_back(std::move(line));
    rest.remove_prefix(end + 1);
  }
  return note;
}

absl::StatusOr<SignatureLine> ParseSignatureLine(absl::string_view line) {
  const size_t end = line.find('\n');
  if (end == absl::string_view::npos || end + 1 != line.size() ||
      !absl::StartsWith(line, kLineStart)) {
    return Malformed("not a signature line");
  }
  const absl::string_view rest =
      line.substr(kLineStart.size(), end - kLineStart.size());
  const size_t space = rest.find(' ');
  if (space == absl::string_view::npos) {
    return Malformed("a signature line lacks its signature");
  }
  const absl::string_view name = rest.substr(0, space);
  if (!IsKeyName(name)) return Malformed("not the name of a key");
  const std::optional<std::string> payload =
      Base64Decode(rest.substr(space + 1));
  if (!payload.has_value()) {
    return Refuse("bad_base64", "a signature is not canonical base64");
  }
  if (payload->size() <= kKeyIdSize) {
    return Malformed("a signature line holds no signature");
  }
  const absl::string_view id =
      absl::string_view(*payload).substr(0, kKeyIdSize);
  return SignatureLine{.name = std::string(name),
                       .key_id = ReadBigEndian<uint32_t>(id),
                       .signature = payload->substr(kKeyIdSize)};
}

std::string FormatSignatureLine(const SignatureLine& line) {
  return absl::StrCat(
      kLineStart, line.name, " ",
      Base64Encode(absl::StrCat(BigEndian(line.key_id), line.signature)), "\n");
}

absl::StatusOr<Note> VerifyNote(ParsedNote parsed,
                                std::span<const VerifierKey> keys) {
  Note note = {.text = std::move(parsed.text), .signatures = {}};
  for (const SignatureLine& line : parsed.lines) {
    TALLYSTICK_ASSIGN_OR_RETURN(const VerifierKey* key, FindKey(line, keys));
    if (key == nullptr) continue;
    const std::optional<int64_t> time =
        VerifiedTime(*key, note.text, line.signature);
    if (!time.has_value()) {
      return Refuse("bad_signature",
                    absl::StrCat("the signature of ", key->name, " is bad"));
    }
    note.signatures.push_back({.name = line.name,
                               .key_id = line.key_id,
                               .type = key->type,
                               .unix_seconds = *time});
  }
  if (note.signatures.empty()) {
    return Refuse("no_known_signature", "no known key has signed");
  }
  return note;
}

absl::StatusOr<Note> OpenNote(absl::string_view bytes,
                              std::span<const VerifierKey> keys) {
  TALLYSTICK_ASSIGN_OR_RETURN(ParsedNote parsed, ParseNote(bytes));
  return VerifyNote(std::move(parsed), keys);
}

std::string SignNote(absl::string_view text, absl::string_view name,
                     const SigningKey& key) {
  const VerifierKey verifier = VerifierKey::ForLog(name, key.public_key());
  return absl::StrCat(text, "\n",
                      FormatSignatureLine({.name = verifier.name,
                                           .key_id = verifier.key_id,
                                           .signature = key.Sign(text)}));
}

std::string CosignatureMessage(absl::string_view text, int64_t unix_seconds) {
  return absl::StrCat("cosignature/v1\ntime ", unix_seconds, "\n", text);
}

}  // namespace tallystick::evidence
