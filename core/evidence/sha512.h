// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_SHA512_H_
#define TALLYSTICK_CORE_EVIDENCE_SHA512_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tallystick::evidence {

// The 64 bytes of SHA-512 (FIPS 180-4) of `bytes`. Only SSH signatures use it.
std::string Sha512(absl::string_view bytes);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_SHA512_H_
