// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_E2E_JSON_H_
#define TALLYSTICK_TESTS_E2E_JSON_H_

#include <string>
#include <vector>

#include "google/protobuf/struct.pb.h"

// Reads what `-o json` printed. Nothing here fails: what is not there is null,
// "", 0 or empty, and the expectation that asked for it says so.
namespace tallystick::e2e {

class Json {
 public:
  Json() = default;
  explicit Json(google::protobuf::Value value) : value_(std::move(value)) {}
  static Json Parse(const std::string& text);

  bool Has(const std::string& name) const;
  Json operator[](const std::string& name) const;
  std::vector<Json> List() const;
  // The element of a list whose field `name` is `value`.
  Json Find(const std::string& name, const std::string& value) const;

  std::string Text() const { return value_.string_value(); }
  std::vector<std::string> Texts() const;
  // Also of 64-bit integers, which JSON has as strings.
  double Number() const;
  bool Bool() const { return value_.bool_value(); }

 private:
  google::protobuf::Value value_;
};

}  // namespace tallystick::e2e

#endif  // TALLYSTICK_TESTS_E2E_JSON_H_
