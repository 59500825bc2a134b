// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/kendall.h"

#include <cstddef>
#include <map>

namespace tallystick::expectation {
namespace {

// Where an item stands in both lists; missing items share the last place.
struct Places {
  size_t a;
  size_t b;
};

std::vector<Places> PlacesOf(const std::vector<std::string>& a,
                             const std::vector<std::string>& b) {
  std::map<std::string, Places> places;
  for (size_t i = 0; i < a.size(); ++i) places[a[i]] = {i, b.size()};
  for (size_t i = 0; i < b.size(); ++i) {
    places.try_emplace(b[i], Places{a.size(), b.size()}).first->second.b = i;
  }
  std::vector<Places> list;
  list.reserve(places.size());
  for (const auto& [item, place] : places) list.push_back(place);
  return list;
}

int Order(size_t left, size_t right) {
  return left < right ? -1 : left > right ? 1 : 0;
}

}  // namespace

Discordance FindDiscordance(const std::vector<std::string>& a,
                            const std::vector<std::string>& b) {
  const std::vector<Places> places = PlacesOf(a, b);
  if (places.size() < 2) return {a == b ? 0.0 : 1.0, 1};
  // Counted in halves, so that the sum stays exact.
  size_t halves = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    for (size_t j = i + 1; j < places.size(); ++j) {
      const int order_a = Order(places[i].a, places[j].a);
      const int order_b = Order(places[i].b, places[j].b);
      if (order_a == order_b) continue;
      halves += order_a == 0 || order_b == 0 ? 1 : 2;
    }
  }
  const size_t pairs = places.size() * (places.size() - 1) / 2;
  return {static_cast<double>(halves) / 2, static_cast<double>(pairs)};
}

}  // namespace tallystick::expectation
