// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_CORE_EVIDENCE_VECTORS_H_
#define TALLYSTICK_TESTS_CORE_EVIDENCE_VECTORS_H_

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/verifier_key.h"
#include "gtest/gtest.h"

// The published cases in vectors/, see the README.md there. JSON is YAML.
namespace tallystick::evidence {

struct Case {
  std::string id;
  YAML::Node fields;

  bool Has(const char* field) const;
  std::string Text(const char* field) const;
  // A field of base64, decoded.
  std::string Bytes(const char* field) const;
  std::string Hex(const char* field) const;
  uint64_t Number(const char* field) const;
  Digest Hash(const char* field) const;
  std::vector<Digest> Hashes(const char* field) const;
  std::vector<std::string> Texts(const char* field) const;
  VerifierKey Key(const char* field) const;
  std::vector<VerifierKey> Keys(const char* field) const;

  bool Accepts() const { return Text("expect") == "accept"; }

  // Whether `status` is what the case expects: OK, or the stated reason.
  ::testing::AssertionResult Agrees(const absl::Status& status) const;
};

void PrintTo(const Case& test_case, std::ostream* out);

// All cases of "<file>.json".
std::vector<Case> LoadCases(const std::string& file);

// The case's id as part of a test's name: "-" becomes "_".
std::string CaseName(const ::testing::TestParamInfo<Case>& info);

Digest HashOf(absl::string_view base64);

// Leaf i of the tree the cases use: "tallystick-vector/leaf/" and i.
std::string VectorLeaf(uint64_t index);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_TESTS_CORE_EVIDENCE_VECTORS_H_
