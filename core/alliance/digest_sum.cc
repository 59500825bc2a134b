// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/digest_sum.h"

#include "core/canonical.h"

namespace tallystick::alliance {
namespace {

std::array<uint64_t, 4> TermOf(const std::string& name,
                               const std::string& encoding) {
  CanonicalWriter writer;
  writer(name);
  writer(encoding);
  const evidence::Digest digest = evidence::Sha256(writer.bytes());
  std::array<uint64_t, 4> lanes = {};
  for (size_t i = 0; i < digest.size(); ++i) {
    lanes[i / 8] = lanes[i / 8] << 8 | digest[i];
  }
  return lanes;
}

}  // namespace

evidence::Digest DigestSum::Sum(
    absl::FunctionRef<std::string(const std::string& name)> encode) {
  for (const std::string& name : touched_) {
    const auto old = terms_.find(name);
    if (old != terms_.end()) {
      for (size_t i = 0; i < sum_.size(); ++i) sum_[i] -= old->second[i];
      terms_.erase(old);
    }
    const std::string encoding = encode(name);
    ++items_encoded_;
    if (encoding.empty()) continue;
    const Lanes term = TermOf(name, encoding);
    for (size_t i = 0; i < sum_.size(); ++i) sum_[i] += term[i];
    terms_.emplace(name, term);
  }
  touched_.clear();
  evidence::Digest digest;
  for (size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<uint8_t>(sum_[i / 8] >> (56 - 8 * (i % 8)));
  }
  return digest;
}

}  // namespace tallystick::alliance
