// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/state.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/alliance/encoding.h"
#include "core/alliance/items.h"
#include "core/decision/content.h"
#include "core/decision/verdict_text.h"
#include "core/evidence/party_name.h"
#include "core/status_macros.h"

namespace tallystick::alliance {

AllianceState::AllianceState(std::string alliance_uid,
                             const expectation::Catalogue& catalogue,
                             const Limits& limits)
    : alliance_uid_(std::move(alliance_uid)),
      catalogue_(&catalogue),
      limits_(limits) {}

int64_t AllianceState::newest_time_us() const {
  return std::max(a_.newest_time_us, b_.newest_time_us);
}

const Introduction* AllianceState::introduction(v1::Party party) const {
  const auto& introduction = Of(party).introduction;
  return introduction ? &*introduction : nullptr;
}

bool AllianceState::HasBothParties() const {
  return a_.introduction && b_.introduction &&
         a_.introduction->domain != b_.introduction->domain;
}

std::string AllianceState::WhySetAside(v1::Party party, uint64_t index) const {
  const SetAsideEntries& entries = Of(party).set_aside;
  const auto found =
      std::lower_bound(entries.newest.begin(), entries.newest.end(), index,
                       [](const SetAside& entry, uint64_t wanted) {
                         return entry.index < wanted;
                       });
  if (found != entries.newest.end() && found->index == index) {
    return found->reason;
  }
  const bool before_all = found == entries.newest.begin();
  return before_all && entries.count > entries.newest.size() ? "not_listed"
                                                             : "";
}

const Cell* AllianceState::FindCell(const CellKey& key) const {
  const auto found = cells_.find(key);
  return found == cells_.end() ? nullptr : &found->second;
}

const TextStatement* AllianceState::FindText(const CellKey& key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? nullptr : &found->second;
}

const record::Record* AllianceState::FindRecord(v1::Party giver,
                                                absl::string_view uid) const {
  const PartyState& party = Of(giver);
  const auto found = party.record_by_uid.find(std::string(uid));
  return found == party.record_by_uid.end() ? nullptr
                                            : &party.records[found->second];
}

const record::Record* AllianceState::FindRecordByReference(
    v1::Party giver, record::Type type, absl::string_view kind,
    absl::string_view reference) const {
  const PartyState& party = Of(giver);
  const auto found = party.record_by_reference.find(
      {record::ReferenceScope(type, kind), std::string(reference)});
  return found == party.record_by_reference.end()
             ? nullptr
             : &party.records[found->second];
}

const record::Record* AllianceState::FindReading(v1::Party giver,
                                                 const ReadingKey& key) const {
  const PartyState& party = Of(giver);
  const auto found = party.reading_by_key.find(key);
  if (found == party.reading_by_key.end()) return nullptr;
  const record::Record& record = party.records[found->second];
  return record.superseded_by.empty() ? &record : nullptr;
}

std::vector<const record::Record*> AllianceState::ReadingsOf(
    v1::Party giver, const std::string& measure, v1::Party about) const {
  const PartyState& party = Of(giver);
  std::vector<const record::Record*> readings;
  for (auto at = party.reading_by_key.lower_bound({measure, about, {}});
       at != party.reading_by_key.end() && at->first.measure == measure &&
       at->first.about == about;
       ++at) {
    const record::Record& record = party.records[at->second];
    if (record.superseded_by.empty()) readings.push_back(&record);
  }
  return readings;
}

std::vector<MeasureKey> AllianceState::MeasuresOf(v1::Party giver) const {
  const auto& readings = Of(giver).reading_by_key;
  // After every day of a series.
  constexpr expectation::Date kLast = {10'000, 1, 1};
  std::vector<MeasureKey> measures;
  for (auto at = readings.begin(); at != readings.end();) {
    measures.emplace_back(at->first.measure, at->first.about);
    at = readings.upper_bound({at->first.measure, at->first.about, kLast});
  }
  return measures;
}

// In the order of the log, so that what is newer counts.
void AllianceState::IndexRecord(PartyState& party, size_t place) {
  const record::Record& record = party.records[place];
  party.record_by_uid[record.uid] = place;
  if (!record.reference.empty()) {
    party.record_by_reference[{
        record::ReferenceScope(record::TypeOf(record.details), record.kind),
        record.reference}] = place;
  }
  if (const auto* reading = std::get_if<record::Reading>(&record.details)) {
    party.reading_by_key[{record.kind, reading->about, record.on}] = place;
  }
}

const decision::Decision* AllianceState::FindDecision(
    v1::Party party, absl::string_view uid) const {
  const PartyState& opener = Of(party);
  const auto found = opener.decision_by_uid.find(std::string(uid));
  return found == opener.decision_by_uid.end()
             ? nullptr
             : &opener.decisions[found->second];
}

const PastTelling* AllianceState::FindPast(v1::Party party,
                                           absl::string_view reference) const {
  const auto found = Of(party).past.find(std::string(reference));
  return found == Of(party).past.end() ? nullptr : &found->second;
}

bool AllianceState::IsAcknowledged(const PastTelling& telling) const {
  const PastTelling* other =
      FindPast(ledger::Other(telling.at.party), telling.past.reference);
  return other != nullptr && decision::TellTheSame(telling.past, other->past);
}

absl::StatusOr<std::string> AllianceState::VerdictTextFor(
    v1::Party party, absl::string_view person,
    const decision::Decision& decision, const evidence::Digest& content_hash,
    v1::Verdict::Kind kind, absl::string_view reason) const {
  if (!HasBothParties()) {
    return absl::FailedPreconditionError(
        "there is no partner yet: both companies must have joined before "
        "anyone can approve");
  }
  const Introduction& a = *a_.introduction;
  const Introduction& b = *b_.introduction;
  const decision::Revision* revision = decision.Find(content_hash);
  if (revision == nullptr || roster(party).count(std::string(person)) == 0) {
    return absl::NotFoundError(
        absl::StrCat("no such terms, or ", person, " is not on the roster"));
  }
  const Introduction& own = party == v1::PARTY_A ? a : b;
  TALLYSTICK_ASSIGN_OR_RETURN(v1::DecisionContent terms,
                              decision::ParseContent(revision->content));
  const std::string uid = absl::BytesToHexString(alliance_uid_);
  return decision::VerdictText(
      {.alliance_uid = uid,
       // As the introduction was only taken under this name.
       .log_origin = evidence::OriginOf(own.domain, uid),
       .domain_a = a.domain,
       .domain_b = b.domain,
       .opened_by_domain = decision.party == v1::PARTY_A ? a.domain : b.domain,
       .decision_uid = absl::BytesToHexString(decision.uid),
       .content_hash = content_hash,
       .terms = std::move(terms),
       .kind = kind,
       .principal = absl::StrCat(person, "@", own.domain),
       .reason = std::string(reason)});
}

evidence::Digest AllianceState::StateDigest() {
  const int64_t now_us = newest_time_us();
  // With the newest leaf a limit may have passed; time never goes back.
  while (!deadlines_.empty() && deadlines_.begin()->respond_by_us < now_us) {
    const Deadline& passed = *deadlines_.begin();
    digest_.Touch(DecisionItem(passed.party, passed.uid));
    deadlines_.erase(deadlines_.begin());
  }
  const evidence::Digest items = digest_.Sum(
      [&](const std::string& name) { return EncodeItem(*this, name, now_us); });
  CanonicalWriter writer;
  writer(kVersion);
  writer(alliance_uid_);
  writer(a_.size);
  writer(b_.size);
  writer(items);
  return evidence::Sha256(writer.bytes());
}

template <typename Archive>
void Visit(Archive& archive, AllianceState::PartyState& party) {
  archive(party.size);
  archive(party.partner_size);
  archive(party.newest_time_us);
  archive(party.introduction);
  std::vector<RosterPerson> people;
  for (const auto& [id, person] : party.roster) people.push_back(person);
  archive(people);
  archive(party.records);
  archive(party.decisions);
  archive(party.better_off);
  std::vector<PastTelling> past;
  for (const auto& [reference, telling] : party.past) past.push_back(telling);
  archive(past);
  archive(party.set_aside);
  if constexpr (Archive::kReading) {
    for (RosterPerson& person : people) party.roster[person.id] = person;
    for (PastTelling& telling : past) {
      party.past[telling.past.reference] = std::move(telling);
    }
    for (size_t i = 0; i < party.records.size(); ++i) {
      AllianceState::IndexRecord(party, i);
    }
    for (size_t i = 0; i < party.decisions.size(); ++i) {
      party.decision_by_uid[party.decisions[i].uid] = i;
    }
  }
}

namespace {

template <typename Key, typename T>
struct KeyedItem {
  Key key;
  T item;
};

template <typename Archive, typename Key, typename T>
void Visit(Archive& archive, KeyedItem<Key, T>& keyed) {
  archive(keyed.key);
  archive(keyed.item);
}

template <typename Key, typename T>
std::vector<KeyedItem<Key, T>> ListOf(const std::map<Key, T>& items) {
  std::vector<KeyedItem<Key, T>> list;
  list.reserve(items.size());
  for (const auto& [key, item] : items) list.push_back({key, item});
  return list;
}

}  // namespace

std::string AllianceState::Snapshot() const {
  CanonicalWriter writer;
  writer(kVersion);
  writer(alliance_uid_);
  writer(a_);
  writer(b_);
  writer(ListOf(cells_));
  writer(ListOf(texts_));
  writer(ListOf(charter_));
  return writer.Take();
}

absl::StatusOr<AllianceState> AllianceState::FromSnapshot(
    absl::string_view snapshot, const expectation::Catalogue& catalogue,
    const Limits& limits) {
  CanonicalReader reader(snapshot);
  uint32_t version = 0;
  reader(version);
  if (version != kVersion) {
    return absl::DataLossError("the snapshot is of another version");
  }
  AllianceState state("", catalogue, limits);
  std::vector<KeyedItem<CellKey, Cell>> cells;
  std::vector<KeyedItem<CellKey, TextStatement>> texts;
  std::vector<KeyedItem<expectation::TopicRef, CharterTerm>> charter;
  reader(state.alliance_uid_);
  reader(state.a_);
  reader(state.b_);
  reader(cells);
  reader(texts);
  reader(charter);
  TALLYSTICK_RETURN_IF_ERROR(reader.Finish());
  for (auto& [key, cell] : cells) {
    if (cell.recent.empty()) return absl::DataLossError("an empty cell");
    state.cells_[key] = std::move(cell);
  }
  for (const auto& [key, text] : texts) state.texts_[key] = text;
  for (auto& [topic, term] : charter) state.charter_[topic] = std::move(term);
  for (const PartyState* party : {&state.a_, &state.b_}) {
    for (const decision::Decision& decision : party->decisions) {
      if (decision.revisions.empty()) {
        return absl::DataLossError("a decision without terms");
      }
    }
  }
  state.Index();
  state.TouchEverything();
  return state;
}

void AllianceState::NoteDeadline(const decision::Decision& decision,
                                 const decision::Revision& revision) {
  if (revision.respond_by_us > 0) {
    deadlines_.insert({revision.respond_by_us, decision.party, decision.uid});
  }
}

void AllianceState::Index() {
  for (const PartyState* party : {&a_, &b_}) {
    for (const decision::Decision& decision : party->decisions) {
      for (const decision::Revision& revision : decision.revisions) {
        NoteDeadline(decision, revision);
      }
      const decision::Outcome outcome = decision::Evaluate(decision, 0);
      if (outcome.ratified) NoteRatified(decision, outcome);
    }
  }
}

void AllianceState::TouchEverything() {
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    digest_.Touch(IntroductionItem(party));
    for (const auto& [id, person] : Of(party).roster) {
      digest_.Touch(PersonItem(party, id));
    }
    for (const record::Record& record : Of(party).records) {
      digest_.Touch(RecordItem(party, record.uid));
    }
    for (const decision::Decision& decision : Of(party).decisions) {
      digest_.Touch(DecisionItem(party, decision.uid));
    }
    digest_.Touch(BetterOffItem(party));
    for (const auto& [reference, telling] : Of(party).past) {
      digest_.Touch(PastItem(party, reference));
    }
    digest_.Touch(SetAsideItem(party));
  }
  for (const auto& [key, cell] : cells_) digest_.Touch(CellItem(key));
  for (const auto& [key, text] : texts_) digest_.Touch(TextItem(key));
  for (const auto& [topic, term] : charter_) digest_.Touch(CharterItem(topic));
}

}  // namespace tallystick::alliance
