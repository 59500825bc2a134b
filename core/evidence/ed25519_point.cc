// SPDX-License-Identifier: Apache-2.0

// Whether 32 bytes are a sound public key. OpenSSL takes any 32 bytes for a key
// and finds out only while verifying, and never about low order; hence the few
// lines of arithmetic here. Nothing is secret, so time may vary with the input.
#include <openssl/bn.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/refusal.h"

namespace tallystick::evidence {
namespace {

// The y coordinates of the points of order 1, 2, 4 and 8, little-endian with
// the sign bit clear, including those not reduced modulo p.
constexpr std::array<absl::string_view, 7> kLowOrder = {
    absl::string_view("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                      "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                      "\x00\x00\x00\x00\x00\x00",
                      32),
    absl::string_view("\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                      "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                      "\x00\x00\x00\x00\x00\x00",
                      32),
    absl::string_view("\x26\xe8\x95\x8f\xc2\xb2\x27\xb0\x45\xc3\xf4\x89\xf2"
                      "\xef\x98\xf0\xd5\xdf\xac\x05\xd3\xc6\x33\x39\xb1\x38"
                      "\x02\x88\x6d\x53\xfc\x05",
                      32),
    absl::string_view("\xc7\x17\x6a\x70\x3d\x4d\xd8\x4f\xba\x3c\x0b\x76\x0d"
                      "\x10\x67\x0f\x2a\x20\x53\xfa\x2c\x39\xcc\xc6\x4e\xc7"
                      "\xfd\x77\x92\xac\x03\x7a",
                      32),
    absl::string_view("\xec\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                      "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                      "\xff\xff\xff\xff\xff\x7f",
                      32),
    absl::string_view("\xed\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                      "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                      "\xff\xff\xff\xff\xff\x7f",
                      32),
    absl::string_view("\xee\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                      "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                      "\xff\xff\xff\xff\xff\x7f",
                      32),
};

struct FreeNumbers {
  void operator()(BN_CTX* context) const {
    BN_CTX_end(context);
    BN_CTX_free(context);
  }
};

// Only running out of memory makes these functions fail.
void Must(bool done) {
  if (!done) std::abort();
}

// Whether a point of edwards25519 has the y coordinate `little_endian_y`:
//   -x^2 + y^2 = 1 + d x^2 y^2,  d = -121665/121666,  p = 2^255 - 19
// so x^2 = (y^2 - 1) / (d y^2 + 1), which must be a square. Multiplying by the
// square of 121666 (d y^2 + 1) keeps that and spares the division.
bool IsCanonicalY(absl::string_view little_endian_y) {
  const std::unique_ptr<BN_CTX, FreeNumbers> context(BN_CTX_new());
  Must(context != nullptr);
  BN_CTX* const c = context.get();
  BN_CTX_start(c);
  BIGNUM* const p = BN_CTX_get(c);
  BIGNUM* const y = BN_CTX_get(c);
  BIGNUM* const over = BN_CTX_get(c);
  BIGNUM* const under = BN_CTX_get(c);
  Must(under != nullptr);
  Must(BN_set_bit(p, 255) == 1 && BN_sub_word(p, 19) == 1);
  Must(BN_lebin2bn(
           reinterpret_cast<const unsigned char*>(little_endian_y.data()),
           static_cast<int>(little_endian_y.size()), y) != nullptr);
  if (BN_cmp(y, p) >= 0) return false;
  Must(BN_mod_sqr(y, y, p, c) == 1);
  // over = 121666 (y^2 - 1)
  Must(BN_copy(over, y) != nullptr && BN_add(over, over, p) == 1 &&
       BN_sub_word(over, 1) == 1 && BN_mul_word(over, 121666) == 1);
  // under = 121666 - 121665 y^2
  Must(BN_copy(under, y) != nullptr && BN_mul_word(under, 121665) == 1 &&
       BN_sub_word(under, 121666) == 1);
  BN_set_negative(under, BN_is_negative(under) == 0 ? 1 : 0);
  Must(BN_nnmod(over, over, p, c) == 1 && BN_nnmod(under, under, p, c) == 1);
  Must(BN_mod_mul(over, over, under, p, c) == 1);
  const int symbol = BN_kronecker(over, p, c);
  Must(symbol >= -1 && symbol <= 1);
  return symbol != -1;
}

}  // namespace

absl::Status CheckEnrollable(const PublicKey& key) {
  std::string y(key.bytes());
  y.back() = static_cast<char>(y.back() & 0x7f);  // The sign of x.
  if (std::find(kLowOrder.begin(), kLowOrder.end(), y) != kLowOrder.end()) {
    return Refuse("weak_public_key", "the key is a point of low order");
  }
  if (!IsCanonicalY(y)) {
    return Refuse("bad_public_key", "the key is not a point of the curve");
  }
  return absl::OkStatus();
}

}  // namespace tallystick::evidence
