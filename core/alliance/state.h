// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_STATE_H_
#define TALLYSTICK_CORE_ALLIANCE_STATE_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/alliance/digest_sum.h"
#include "core/decision/decision.h"
#include "core/decision/past_decision.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/distance.h"
#include "core/expectation/topic_ref.h"
#include "core/expectation/value.h"
#include "core/ledger/leaf.h"
#include "core/ledger/position.h"
#include "core/record/record.h"
#include "tallystick/v1/entry.pb.h"

// The fold: two logs in, what they mean out. The one place that knows say, do
// and agree.
//
// State is a function of the two logs alone. Entries are folded in the order of
// each log, and an entry only after everything its author had seen; any such
// interleaving gives the same state, because every rule that looks across asks
// what the author had seen (ledger::Saw) and never what happens to be there.
namespace tallystick::alliance {

// One answer to one cell.
struct Version {
  enum class Kind { kValue = 1, kDeclined = 2, kWithdrawn = 3, kSealed = 4 };

  ledger::Position at;
  // The day the answer speaks for: as stated, else the day it was written.
  expectation::Date stated_on;
  Kind kind = Kind::kValue;
  expectation::Value value;
  std::string reason;
  // A prediction made before the partner's own answer was in view: as the log
  // shows, or, where the answer itself was entered with an earlier day than
  // that of writing, by the day of the prediction. Who enters what is past
  // takes the other's word for when it was said.
  bool blind = true;
};

// When a cell was first answered with a value.
struct FirstAnswer {
  ledger::Position at;
  expectation::Date stated_on;
};

struct CellKey {
  expectation::TopicRef topic;
  v1::Party party = v1::PARTY_UNSPECIFIED;
  v1::Stance::Cell cell = v1::Stance::CELL_UNSPECIFIED;

  friend auto operator<=>(const CellKey&, const CellKey&) = default;
};

// The answers a party gave over time. The first and the newest kVersionsKept
// are kept here; all of them are in the log.
struct Cell {
  static constexpr size_t kVersionsKept = 64;

  Version first;
  // None while nothing but declining, sealing and taking back was said.
  std::optional<FirstAnswer> answered;
  // The newest last; never empty. Contains `first` until that is pushed out.
  std::deque<Version> recent;

  const Version& current() const { return recent.back(); }
};

// What a party says of two texts: its own answer, and another one.
struct TextStatement {
  ledger::Position at;
  expectation::Date stated_on;
  expectation::TextDigest own_hash = {};
  expectation::TextDigest other_hash = {};
  bool same_meaning = false;
};

struct RosterPerson {
  std::string id;
  std::string display_name;
  std::vector<std::string> roles;
  std::vector<std::string> forums;
  // "ssh-ed25519 AAAA..."
  std::string ssh_public_key;
};

// How a party introduced itself in the first entry of its log.
struct Introduction {
  std::string domain;
  std::string display_name;
  std::string title;
  std::string log_key;
  std::string witness_key;
};

// The agreed value of one topic, and the ratified decision that set it.
struct CharterTerm {
  decision::RatificationKey key;
  expectation::Value value;
  // Sizes of the two logs that the ratification had in view: a stance at or
  // after these was written with the agreement known.
  uint64_t size_a = 0;
  uint64_t size_b = 0;
  int64_t ratified_at_us = 0;

  friend bool operator==(const CharterTerm&, const CharterTerm&) = default;
};

// Whether a party says that it is better off with the alliance.
struct BetterOffStatement {
  ledger::Position at;
  // The day the answer speaks for: as stated, else the day it was written.
  expectation::Date stated_on;
  v1::BetterOffAnswer::Answer answer = v1::BetterOffAnswer::ANSWER_UNSPECIFIED;
};

// A measure, and whom it is about.
using MeasureKey = std::pair<std::string, v1::Party>;

// What a reading is of.
struct ReadingKey {
  std::string measure;
  v1::Party about = v1::PARTY_UNSPECIFIED;
  expectation::Date on;

  friend auto operator<=>(const ReadingKey&, const ReadingKey&) = default;
};

// A decision that was taken before, as one party tells it.
struct PastTelling {
  ledger::Position at;
  decision::PastDecision past;
  // What the same party said last of its being done; none: nothing but what
  // `past` says.
  std::optional<decision::Fulfilment> fulfilment;
};

struct SetAside {
  uint64_t index = 0;
  std::string reason;
};

// The entries of one log that have no effect. Nobody can be kept from writing
// them, so they are all counted and hashed, and the newest listed.
struct SetAsideEntries {
  uint64_t count = 0;
  // SHA-256 over itself before, the index and the reason, of each in turn.
  evidence::Digest chain = {};
  std::deque<SetAside> newest;
};

// What an entry changed, so that detectors look only there.
struct Touched {
  // Not empty: the entry has no effect, for this reason (README.md lists them).
  std::string set_aside;
  std::optional<CellKey> cell;
  // Decisions by who opened them and uid.
  std::optional<std::pair<v1::Party, std::string>> decision;
  // Topics whose agreed value changed.
  std::vector<expectation::TopicRef> charter;
  // What is agreed besides topics may have changed (terms.h).
  bool terms = false;
  // Series that have another reading.
  std::vector<MeasureKey> measures;
};

// How much one party can make a state hold, counted in what it has written
// itself, so that it does not matter what has arrived. What goes beyond is set
// aside. Two nodes agree only under the same limits; tests have smaller ones.
//
// Of a decision each party withdraws no revision but its own, and none twice,
// so withdrawals need no limit.
struct Limits {
  // Of one decision.
  size_t revisions = 50;
  size_t verdicts = 100;
  // How many of the entries without effect are listed, the newest.
  size_t set_aside_listed = 1000;
};

class AllianceState {
 public:
  // Version of the rules and of the encoding behind digest and snapshot.
  static constexpr uint32_t kVersion = 4;

  // `alliance_uid`: 16 bytes. The catalogue must outlive the state.
  AllianceState(std::string alliance_uid,
                const expectation::Catalogue& catalogue,
                const Limits& limits = {});

  // Counts only what had been stated by the end of this day: later statements
  // are passed over. Before the first Fold.
  void LimitTo(const expectation::Date& as_of) { as_of_ = as_of; }

  // Takes the next entry of `party`'s log. FAILED_PRECONDITION if the author
  // had seen more of the other log than has been folded.
  absl::StatusOr<Touched> Fold(v1::Party party, const ledger::Leaf& leaf,
                               absl::string_view body);

  // The same for a statement that is about to be written: one that would be set
  // aside is refused with its reason, and nothing has changed.
  absl::StatusOr<Touched> FoldOrRefuse(v1::Party party,
                                       const ledger::Leaf& leaf,
                                       absl::string_view body);

  uint64_t size(v1::Party party) const { return Of(party).size; }
  // The time of the newest leaf of both logs; 0 if there is none.
  int64_t newest_time_us() const;

  const std::string& alliance_uid() const { return alliance_uid_; }
  const expectation::Catalogue& catalogue() const { return *catalogue_; }
  // Null until the party's first entry was folded.
  const Introduction* introduction(v1::Party party) const;
  // Whether both have introduced themselves, under different domains. Before,
  // nothing can be signed.
  bool HasBothParties() const;
  const std::map<std::string, RosterPerson>& roster(v1::Party party) const {
    return Of(party).roster;
  }
  const std::map<CellKey, Cell>& cells() const { return cells_; }
  const Cell* FindCell(const CellKey& key) const;
  // The newest statements about texts, by who says so and with which text of
  // the topic it compares its own answer: OWN the partner's own answer,
  // PREDICTION what it predicted. They may be void by now.
  const std::map<CellKey, TextStatement>& texts() const { return texts_; }
  const TextStatement* FindText(const CellKey& key) const;
  // In the order of the giver's log.
  const std::vector<record::Record>& records(v1::Party giver) const {
    return Of(giver).records;
  }
  const record::Record* FindRecord(v1::Party giver,
                                   absl::string_view uid) const;
  // `kind` counts only where references are unique by kind
  // (record::ReferenceScope).
  const record::Record* FindRecordByReference(
      v1::Party giver, record::Type type, absl::string_view kind,
      absl::string_view reference) const;
  // The readings that the party itself claims and has not replaced, by day.
  std::vector<const record::Record*> ReadingsOf(v1::Party giver,
                                                const std::string& measure,
                                                v1::Party about) const;
  // What its readings are of: measure, and whom it is about.
  std::vector<MeasureKey> MeasuresOf(v1::Party giver) const;
  // The newest reading that the party itself claims and has not replaced.
  const record::Record* FindReading(v1::Party giver,
                                    const ReadingKey& key) const;
  // Null: it has not said.
  const BetterOffStatement* better_off(v1::Party party) const {
    const auto& said = Of(party).better_off;
    return said ? &*said : nullptr;
  }
  // In the order in which `party` opened them.
  const std::vector<decision::Decision>& decisions(v1::Party party) const {
    return Of(party).decisions;
  }
  const decision::Decision* FindDecision(v1::Party party,
                                         absl::string_view uid) const;
  const std::map<expectation::TopicRef, CharterTerm>& charter() const {
    return charter_;
  }
  // Ratified decisions that agree on something besides topics, in the order of
  // their keys.
  const std::set<decision::RatificationKey>& ratified_terms() const {
    return ratified_terms_;
  }
  // Decisions taken before, as `party` tells them, by reference.
  const std::map<std::string, PastTelling>& past(v1::Party party) const {
    return Of(party).past;
  }
  const PastTelling* FindPast(v1::Party party,
                              absl::string_view reference) const;
  // Whether both parties tell the same of it.
  bool IsAcknowledged(const PastTelling& telling) const;
  // Entries without effect: the newest of them, in the order of the log, and
  // how many there are.
  const std::deque<SetAside>& set_aside(v1::Party party) const {
    return Of(party).set_aside.newest;
  }
  uint64_t set_aside_count(v1::Party party) const {
    return Of(party).set_aside.count;
  }
  // Why the entry has no effect; empty: it has. "not_listed" if that cannot be
  // told, because more than are listed were set aside after it.
  std::string WhySetAside(v1::Party party, uint64_t index) const;
  // A hash over all of them.
  const evidence::Digest& set_aside_chain(v1::Party party) const {
    return Of(party).set_aside.chain;
  }

  // The text `person` of `party` signs for a verdict written into its log now.
  // NOT_FOUND if the person, the decision or the revision is unknown,
  // FAILED_PRECONDITION while there is no partner.
  absl::StatusOr<std::string> VerdictTextFor(
      v1::Party party, absl::string_view person,
      const decision::Decision& decision, const evidence::Digest& content_hash,
      v1::Verdict::Kind kind, absl::string_view reason) const;

  // Digest of all of the above; whatever depends on the date is taken as of the
  // newest leaf. Costs what changed since the last call.
  evidence::Digest StateDigest();
  // How many items all digests so far have looked at.
  uint64_t items_digested() const { return digest_.items_encoded(); }

  // The state as bytes, and back. A snapshot of another version, or a damaged
  // one, is DATA_LOSS: fold again.
  std::string Snapshot() const;
  static absl::StatusOr<AllianceState> FromSnapshot(
      absl::string_view snapshot, const expectation::Catalogue& catalogue,
      const Limits& limits = {});

 private:
  struct PartyState {
    uint64_t size = 0;
    // The most of the other log that any leaf so far had seen.
    uint64_t partner_size = 0;
    int64_t newest_time_us = 0;
    std::optional<Introduction> introduction;
    std::map<std::string, RosterPerson> roster;
    std::vector<record::Record> records;
    std::vector<decision::Decision> decisions;
    std::optional<BetterOffStatement> better_off;
    std::map<std::string, PastTelling> past;
    SetAsideEntries set_aside;
    // Derived: where a record or decision stands in its vector.
    std::map<std::string, size_t, std::less<>> record_by_uid;
    std::map<std::pair<std::string, std::string>, size_t> record_by_reference;
    std::map<ReadingKey, size_t> reading_by_key;
    std::map<std::string, size_t, std::less<>> decision_by_uid;
  };

  template <typename Archive>
  friend void Visit(Archive& archive, PartyState& party);
  friend class Folder;

  struct Deadline {
    int64_t respond_by_us = 0;
    v1::Party party = v1::PARTY_UNSPECIFIED;
    std::string uid;

    friend auto operator<=>(const Deadline&, const Deadline&) = default;
  };

  void SetEntryAside(v1::Party party, const std::string& reason);
  absl::Status FoldBody(v1::Party party, const ledger::Leaf& leaf,
                        absl::string_view body, bool writing, Touched* touched);
  // Makes what is derived and not in a snapshot.
  void Index();
  static void IndexRecord(PartyState& party, size_t place);
  void NoteDeadline(const decision::Decision& decision,
                    const decision::Revision& revision);
  void NoteRatified(const decision::Decision& decision,
                    const decision::Outcome& outcome);
  void TouchEverything();

  const PartyState& Of(v1::Party party) const {
    return party == v1::PARTY_A ? a_ : b_;
  }
  PartyState& Of(v1::Party party) { return party == v1::PARTY_A ? a_ : b_; }

  std::string alliance_uid_;
  const expectation::Catalogue* catalogue_;
  Limits limits_;
  std::optional<expectation::Date> as_of_;
  PartyState a_;
  PartyState b_;
  std::map<CellKey, Cell> cells_;
  std::map<CellKey, TextStatement> texts_;
  std::map<expectation::TopicRef, CharterTerm> charter_;
  // Derived: the decisions that were ratified on each topic, by their keys.
  std::map<expectation::TopicRef, std::set<decision::RatificationKey>>
      ratified_;
  // Derived: limits to respond that had not passed at the last digest, and
  // whose decision each is of.
  std::set<Deadline> deadlines_;
  // Derived.
  std::set<decision::RatificationKey> ratified_terms_;
  DigestSum digest_;
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_STATE_H_
