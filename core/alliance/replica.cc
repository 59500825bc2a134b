// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/replica.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/alliance/day_watch.h"
#include "core/alliance/replay.h"
#include "core/canonical.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/refusal.h"
#include "core/ledger/framing.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using ledger::Entry;
using ledger::Leaf;
using ledger::Side;

// A snapshot of the state and what it was folded from: a log can be taken back
// and grow again, past the size of the snapshot, with other entries.
struct BoundSnapshot {
  evidence::Digest own_root = {};
  evidence::Digest partner_root = {};
  std::string state;
};

template <typename Archive>
void Visit(Archive& archive, BoundSnapshot& snapshot) {
  archive(snapshot.own_root);
  archive(snapshot.partner_root);
  archive(snapshot.state);
}

// Whether the first `size` entries of a log have this root.
bool IsPrefix(const ledger::LogReader& reader, const ledger::Log& log,
              uint64_t size, const evidence::Digest& root) {
  if (size > log.size()) return false;
  const auto root_there = log.RootAt(reader, size);
  return root_there.ok() && *root_there == root;
}

}  // namespace

absl::StatusOr<Replica> Replica::Load(ReplicaSetup setup,
                                      const ledger::LogReader& reader,
                                      StoredParts parts) {
  AllianceState state(setup.alliance_uid, *setup.catalogue);
  BoundSnapshot bound;
  CanonicalReader bound_reader(parts.snapshot);
  bound_reader(bound);
  auto snapshot = AllianceState::FromSnapshot(bound.state, *setup.catalogue);
  Replica replica(std::move(setup), std::move(state));
  TALLYSTICK_ASSIGN_OR_RETURN(replica.own_,
                              ledger::Log::Load(reader, Side::kOwn));
  TALLYSTICK_ASSIGN_OR_RETURN(replica.partner_,
                              ledger::Log::Load(reader, Side::kPartner));
  if (snapshot.ok() && bound_reader.Finish().ok() &&
      IsPrefix(reader, replica.own_, snapshot->size(replica.own_party()),
               bound.own_root) &&
      IsPrefix(reader, replica.partner_,
               snapshot->size(replica.partner_party()), bound.partner_root) &&
      snapshot->alliance_uid() == replica.setup_.alliance_uid) {
    replica.state_ = *std::move(snapshot);
  }
  replica.alerts_ = drift::AlertBook(std::move(parts.alerts));
  replica.detached_ = std::move(parts.detached);
  replica.stopped_ = std::move(parts.stopped);
  replica.unproven_ = std::move(parts.unproven);
  TALLYSTICK_RETURN_IF_ERROR(replica.Replay(reader));
  if (!replica.detached_.empty()) {
    // The power failed in the middle of a recovery. Work goes on; what is still
    // to come back is taken when the partner calls.
    TALLYSTICK_RETURN_IF_ERROR(replica.AppendDetached());
  }
  return replica;
}

absl::Status Replica::Replay(const ledger::LogReader& reader) {
  TALLYSTICK_RETURN_IF_ERROR(
      FoldStored(reader, own_party(), own_.size(), partner_.size(), state_));
  // Own entries that came back from the partner have seen more of its log than
  // has come back so far.
  state_behind_ = state_.size(own_party()) < own_.size() ||
                  state_.size(partner_party()) < partner_.size();
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Replica::Append(absl::Span<const v1::Body> bodies,
                                         absl::string_view author,
                                         const SaltSource& salts,
                                         int64_t now_us) {
  if (!writable()) {
    return absl::UnavailableError(
        "this node is taking its own entries back from the partner; nothing "
        "was recorded, try again when the partner has been in contact");
  }
  std::vector<Entry> entries;
  std::vector<Leaf> leaves;
  const int64_t time_us = std::max(now_us, own_.last_time_us());
  for (const v1::Body& body : bodies) {
    Entry& entry = entries.emplace_back(ledger::MakeEntry(
        partner_.size(), time_us, author, salts(), body.SerializeAsString()));
    TALLYSTICK_ASSIGN_OR_RETURN(Leaf leaf, ledger::VerifyEntry(entry));
    leaves.push_back(std::move(leaf));
  }
  if (bodies.size() > 1) {
    // All or none: a trial on a copy shows whether any would be refused.
    AllianceState trial = state_;
    for (size_t i = 0; i < entries.size(); ++i) {
      TALLYSTICK_RETURN_IF_ERROR(
          trial.FoldOrRefuse(own_party(), leaves[i], entries[i].body).status());
    }
  }
  const uint64_t first = own_.size();
  for (size_t i = 0; i < entries.size(); ++i) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const Touched touched,
        state_.FoldOrRefuse(own_party(), leaves[i], entries[i].body));
    TALLYSTICK_RETURN_IF_ERROR(own_.Append(std::move(entries[i]), leaves[i]));
    watch_.Note(touched);
  }
  LookAtChanges(now_us);
  return first;
}

void Replica::LookAtChanges(int64_t now_us) {
  for (const uint64_t number :
       watch_.Look(state_, setup_.names, now_us, alerts_)) {
    changed_alerts_.insert(number);
  }
}

void Replica::TakeLog(ledger::Log& log, std::optional<ledger::LogHead>* head,
                      ledger::Changes* changes) {
  if (!log.pending().empty()) {
    changes->appends.push_back(log.TakeAppend());
  }
  *head = log.head();
}

bool Replica::Urgent() const {
  return !own_.pending().empty() || !partner_.pending().empty() ||
         !changed_alerts_.empty() || !step_.empty();
}

Step Replica::TakeStep() {
  if (!own_.pending().empty()) {
    own_.SetCheckpoint(evidence::SignCheckpoint(
        {.origin = setup_.origin, .size = own_.size(), .root = own_.Root()},
        *setup_.log_key));
    own_head_changed_ = true;
  }
  if (!partner_.pending().empty()) partner_head_changed_ = true;
  if (own_head_changed_ || step_.changes.truncate_own) {
    TakeLog(own_, &step_.changes.own_head, &step_.changes);
  }
  if (partner_head_changed_) {
    TakeLog(partner_, &step_.changes.partner_head, &step_.changes);
  }
  // However often one changed, it is stored and told once, as it now is.
  for (const uint64_t number : std::exchange(changed_alerts_, {})) {
    step_.alerts.push_back(alerts_.alerts().at(number));
  }
  own_head_changed_ = false;
  partner_head_changed_ = false;
  return std::exchange(step_, Step());
}

void Replica::LookAtDay(const expectation::Date& today, int64_t now_us) {
  if (state_void_ || state_behind_) return;
  for (const uint64_t number :
       alliance::LookAtDay(state_, setup_.names, today, now_us, alerts_)) {
    changed_alerts_.insert(number);
  }
}

void Replica::Raise(const drift::Finding& finding, int64_t now_us) {
  changed_alerts_.insert(alerts_.Raise(finding, now_us).number);
}

absl::Status Replica::AcknowledgeAlert(uint64_t number) {
  TALLYSTICK_RETURN_IF_ERROR(alerts_.Acknowledge(number).status());
  changed_alerts_.insert(number);
  return absl::OkStatus();
}

void Replica::EndAlert(const std::string& key, int64_t now_us) {
  const drift::Alert* closed = alerts_.Close(key, now_us);
  if (closed != nullptr) changed_alerts_.insert(closed->number);
}

std::string Replica::Snapshot() const {
  CanonicalWriter writer;
  writer(BoundSnapshot{own_.Root(), partner_.Root(), state_.Snapshot()});
  return writer.Take();
}

sync::Heads Replica::Heads() const {
  return {.own_size = own_.size(),
          .own_root = own_.Root(),
          .own_cosigned_size = own_.head().cosigned_size,
          .partner_size = partner_.size(),
          .partner_root = partner_.Root(),
          .partner_cosigned_size = partner_.head().cosigned_size};
}

bool Replica::InStep() const {
  return session_.Quiet(Heads()) && equal_at_ &&
         *equal_at_ == std::pair(own_.size(), partner_.size());
}

}  // namespace tallystick::alliance
