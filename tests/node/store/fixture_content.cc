// SPDX-License-Identifier: Apache-2.0
#include "tests/node/store/fixture_content.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/node/store/store_image.h"

namespace tallystick::node {

Transaction FixtureContent() {
  Transaction content;
  for (const int key : {1, 2}) {
    ledger::Changes changes;
    for (const ledger::Side side :
         {ledger::Side::kOwn, ledger::Side::kPartner}) {
      ledger::Append append;
      append.side = side;
      for (int i = 0; i < 3 * key; ++i) {
        append.entries.push_back({.leaf = absl::StrCat("leaf ", i),
                                  .salt = std::string(32, 's'),
                                  .body = absl::StrCat("body ", i)});
      }
      append.entries[1].salt.clear();  // Redacted.
      append.entries[1].body.clear();
      append.tiles = TilesBetween(0, append.entries.size());
      changes.appends.push_back(append);
    }
    changes.own_head = {.size = 3,
                        .checkpoint = "own checkpoint",
                        .cosigned_size = 2,
                        .cosigned_checkpoint = "own cosigned checkpoint"};
    changes.partner_head = {.size = 3,
                            .checkpoint = "partner's checkpoint",
                            .cosigned_size = 0,
                            .cosigned_checkpoint = ""};
    content.logs.emplace_back(AllianceKey{key}, changes);
  }
  content.documents = {{"alliance", "1", "Cascadia"},
                       {"alliance", "2", std::string("nul \0 byte", 10)},
                       {"snapshot", "1", ""}};
  return content;
}

}  // namespace tallystick::node
