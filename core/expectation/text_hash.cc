// SPDX-License-Identifier: Apache-2.0
#include <openssl/evp.h>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/expectation/distance.h"
#include "core/expectation/unicode.h"

namespace tallystick::expectation {
namespace {

// Runs of blanks as one, none at either end.
std::string NormaliseLine(absl::string_view line) {
  std::string out;
  for (const absl::string_view word :
       absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty())) {
    if (!out.empty()) out.push_back(' ');
    out.append(word.data(), word.size());
  }
  return out;
}

}  // namespace

std::string NormaliseText(absl::string_view text) {
  const std::string lines =
      absl::StrReplaceAll(Nfc(text), {{"\r\n", "\n"}, {"\r", "\n"}});
  std::string out;
  for (const absl::string_view line : absl::StrSplit(lines, '\n')) {
    out.append(NormaliseLine(line));
    out.push_back('\n');
  }
  const size_t begin = out.find_first_not_of('\n');
  if (begin == std::string::npos) return "";
  return out.substr(begin, out.find_last_not_of('\n') - begin + 1);
}

TextDigest TextHash(absl::string_view text) {
  const std::string normal = NormaliseText(text);
  TextDigest digest = {};
  // SHA-256 over memory fails only if OpenSSL was built without it.
  if (EVP_Digest(normal.data(), normal.size(), digest.data(), nullptr,
                 EVP_sha256(), nullptr) != 1) {
    digest.fill(0);
  }
  return digest;
}

}  // namespace tallystick::expectation
