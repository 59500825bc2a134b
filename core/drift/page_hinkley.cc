// SPDX-License-Identifier: Apache-2.0
#include "core/drift/page_hinkley.h"

#include <algorithm>

namespace tallystick::drift {

void PageHinkley::Add(double x) {
  ++count_;
  mean_ += (x - mean_) / count_;
  up_ += x - mean_ - delta_;
  up_min_ = std::min(up_min_, up_);
  down_ += x - mean_ + delta_;
  down_max_ = std::max(down_max_, down_);
}

}  // namespace tallystick::drift
