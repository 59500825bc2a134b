// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explanation.h"

#include "absl/strings/str_format.h"

namespace tallystick::explain {

std::string Number(double value) {
  std::string text = absl::StrFormat("%.4f", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

}  // namespace tallystick::explain
