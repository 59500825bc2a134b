// SPDX-License-Identifier: Apache-2.0
#include "tests/core/evidence/vectors.h"

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/digest_text.h"
#include "core/evidence/refusal.h"

namespace tallystick::evidence {

bool Case::Has(const char* field) const {
  return fields[field].IsDefined() && !fields[field].IsNull();
}

std::string Case::Text(const char* field) const {
  return fields[field].as<std::string>();
}

std::string Case::Bytes(const char* field) const {
  std::string bytes;
  if (!Has(field) || !absl::Base64Unescape(Text(field), &bytes)) bytes.clear();
  return bytes;
}

std::string Case::Hex(const char* field) const {
  return absl::HexStringToBytes(Text(field));
}

uint64_t Case::Number(const char* field) const {
  return fields[field].as<uint64_t>();
}

Digest HashOf(absl::string_view base64) {
  const std::optional<Digest> digest = DigestFromBase64(base64);
  EXPECT_TRUE(digest.has_value()) << base64;
  return digest.value_or(Digest{});
}

Digest Case::Hash(const char* field) const { return HashOf(Text(field)); }

std::vector<Digest> Case::Hashes(const char* field) const {
  std::vector<Digest> hashes;
  for (const std::string& text : Texts(field)) hashes.push_back(HashOf(text));
  return hashes;
}

std::vector<std::string> Case::Texts(const char* field) const {
  return fields[field].as<std::vector<std::string>>();
}

VerifierKey Case::Key(const char* field) const {
  const auto key = VerifierKey::Parse(Text(field));
  EXPECT_TRUE(key.ok()) << key.status();
  return key.ok() ? *key : VerifierKey();
}

std::vector<VerifierKey> Case::Keys(const char* field) const {
  std::vector<VerifierKey> keys;
  for (const std::string& vkey : Texts(field)) {
    const auto key = VerifierKey::Parse(vkey);
    EXPECT_TRUE(key.ok()) << key.status();
    if (key.ok()) keys.push_back(*key);
  }
  return keys;
}

::testing::AssertionResult Case::Agrees(const absl::Status& status) const {
  if (Accepts()) {
    if (status.ok()) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "refused: " << status;
  }
  if (status.ok()) return ::testing::AssertionFailure() << "accepted";
  if (ReasonOf(status) == Text("reason")) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure()
         << "refused as \"" << ReasonOf(status) << "\": " << status;
}

void PrintTo(const Case& test_case, std::ostream* out) {
  *out << test_case.id;
  if (test_case.Has("comment")) *out << ": " << test_case.Text("comment");
}

std::vector<Case> LoadCases(const std::string& file) {
  const YAML::Node root = YAML::LoadFile(
      absl::StrCat(TALLYSTICK_EVIDENCE_VECTORS, "/", file, ".json"));
  std::vector<Case> cases;
  for (const YAML::Node& node : root["cases"]) {
    cases.push_back({.id = node["id"].as<std::string>(), .fields = node});
  }
  // A file that could not be read must not count as one without failures.
  if (cases.empty()) std::abort();
  return cases;
}

std::string CaseName(const ::testing::TestParamInfo<Case>& info) {
  std::string name = info.param.id;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; },
      '_');
  return name;
}

std::string VectorLeaf(uint64_t index) {
  return absl::StrCat("tallystick-vector/leaf/", index);
}

}  // namespace tallystick::evidence
