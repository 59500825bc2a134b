// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/items.h"

#include "core/alliance/encoding.h"
#include "core/canonical.h"

namespace tallystick::alliance {
namespace {

char Letter(v1::Party party) { return static_cast<char>('0' + party); }

v1::Party PartyAt(const std::string& name, size_t position) {
  return static_cast<v1::Party>(name[position] - '0');
}

template <typename T>
std::string Encoded(const T& item) {
  CanonicalWriter writer;
  writer(item);
  return writer.Take();
}

std::string KeyedItem(char kind, const CellKey& key) {
  return std::string{kind, Letter(key.party), static_cast<char>('0' + key.cell),
                     Letter(key.topic.about)}
      .append(key.topic.topic);
}

CellKey KeyOf(const std::string& name) {
  return {{name.substr(4), PartyAt(name, 3)},
          PartyAt(name, 1),
          static_cast<v1::Stance::Cell>(name[2] - '0')};
}

std::string EncodeDecision(const decision::Decision& decision, int64_t now_us) {
  const decision::Outcome outcome = decision::Evaluate(decision, now_us);
  CanonicalWriter writer;
  writer(decision);
  writer(outcome.state);
  writer(outcome.current);
  writer(outcome.ratified);
  return writer.Take();
}

}  // namespace

std::string IntroductionItem(v1::Party party) { return {'i', Letter(party)}; }

std::string PersonItem(v1::Party party, absl::string_view person) {
  return std::string{'p', Letter(party)}.append(person.data(), person.size());
}

std::string CellItem(const CellKey& key) { return KeyedItem('c', key); }

std::string TextItem(const CellKey& key) { return KeyedItem('x', key); }

std::string RecordItem(v1::Party giver, absl::string_view uid) {
  return std::string{'r', Letter(giver)}.append(uid.data(), uid.size());
}

std::string DecisionItem(v1::Party opener, absl::string_view uid) {
  return std::string{'d', Letter(opener)}.append(uid.data(), uid.size());
}

std::string PastItem(v1::Party teller, absl::string_view reference) {
  return std::string{'h', Letter(teller)}.append(reference.data(),
                                                 reference.size());
}

std::string CharterItem(const expectation::TopicRef& topic) {
  return std::string{'t', Letter(topic.about)}.append(topic.topic);
}

std::string BetterOffItem(v1::Party party) { return {'b', Letter(party)}; }

std::string SetAsideItem(v1::Party party) { return {'s', Letter(party)}; }

std::string EncodeItem(const AllianceState& state, const std::string& name,
                       int64_t now_us) {
  const v1::Party party = PartyAt(name, 1);
  switch (name[0]) {
    case 'i': {
      const Introduction* introduction = state.introduction(party);
      return introduction == nullptr ? "" : Encoded(*introduction);
    }
    case 'p': {
      const auto found = state.roster(party).find(name.substr(2));
      return found == state.roster(party).end() ? "" : Encoded(found->second);
    }
    case 'c': {
      const Cell* cell = state.FindCell(KeyOf(name));
      return cell == nullptr ? "" : Encoded(*cell);
    }
    case 'x': {
      const TextStatement* text = state.FindText(KeyOf(name));
      return text == nullptr ? "" : Encoded(*text);
    }
    case 'r': {
      const record::Record* record = state.FindRecord(party, name.substr(2));
      return record == nullptr ? "" : Encoded(*record);
    }
    case 'd': {
      const decision::Decision* decision =
          state.FindDecision(party, name.substr(2));
      return decision == nullptr ? "" : EncodeDecision(*decision, now_us);
    }
    case 'h': {
      const PastTelling* telling = state.FindPast(party, name.substr(2));
      return telling == nullptr ? "" : Encoded(*telling);
    }
    case 't': {
      const auto found = state.charter().find({name.substr(2), party});
      return found == state.charter().end() ? "" : Encoded(found->second);
    }
    case 'b': {
      const BetterOffStatement* said = state.better_off(party);
      return said == nullptr ? "" : Encoded(*said);
    }
    case 's':
      return state.set_aside_count(party) == 0
                 ? ""
                 : Encoded(state.set_aside_chain(party));
    default:
      return "";
  }
}

}  // namespace tallystick::alliance
