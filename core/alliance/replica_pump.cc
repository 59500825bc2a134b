// SPDX-License-Identifier: Apache-2.0
// What a Replica sends.
#include <utility>

#include "core/alliance/replica.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/merkle.h"
#include "core/ledger/framing.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using ledger::Entry;
using ledger::Side;

// No more is handed to a stream that has this much still unsent.
constexpr size_t kQueuedBytesMax = 4 << 20;

std::string Bytes(const evidence::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// As many entries from an index on as make one batch; returns their number.
absl::StatusOr<uint64_t> FillBatch(const ledger::LogReader& reader, Side side,
                                   uint64_t first_index, v1::Entries* batch) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const std::vector<Entry> entries,
      reader.ReadEntries(side, first_index, ledger::kBatchBytesMax));
  if (entries.empty()) return absl::DataLossError("a stored log lacks its end");
  uint64_t count = 0;
  for (const Entry& entry : entries) {
    if (batch->entries().size() >= ledger::kBatchBytesMax) break;
    ledger::AppendFramed(entry, batch->mutable_entries());
    ++count;
  }
  batch->set_first_index(first_index);
  return count;
}

}  // namespace

Outgoing Replica::Pump(const ledger::LogReader& reader, size_t queued_bytes,
                       int64_t now_us) {
  Outgoing out;
  if (state_behind_ && !state_void_ && !Replay(reader).ok()) {
    needs_reload_ = true;
    ending_ = Ending{"internal", "the other side cannot read its store"};
  }
  if (session_.phase() == sync::Session::Phase::kClosed && !ending_) {
    // Loaded again in the middle of a stream.
    ending_ = Ending{"recovered", "calls again with its log complete"};
  }
  if (session_.HelloDue()) {
    out.frames.push_back(MakeHello());
    session_.HelloSent();
  }
  for (v1::Frame& reply : replies_) out.frames.push_back(std::move(reply));
  replies_.clear();
  if (!ending_) {
    if (session_.RecoverDue()) {
      // What the partner has given a receipt for is common to both.
      v1::Frame frame;
      frame.mutable_recover()->set_first_index(own_.head().cosigned_size);
      out.frames.push_back(std::move(frame));
      session_.RecoverSent();
    }
    if (session_.CosignatureDue() && partner_.size() > 0) {
      out.frames.push_back(MakeCosignature(now_us));
    }
    session_.CosignatureSent();
    if (!PumpEntries(reader, queued_bytes, &out).ok()) {
      needs_reload_ = true;
      ending_ = Ending{"internal", "the other side cannot read its store"};
    } else if (own_party() == v1::PARTY_A && DigestVersion() != 0 &&
               session_.PingDue(Heads())) {
      out.frames.push_back(MakePing(/*reply=*/false));
      session_.PingSent(Heads());
    }
  }
  if (ending_) {
    v1::Frame frame;
    frame.mutable_goodbye()->set_reason(ending_->reason);
    frame.mutable_goodbye()->set_detail(ending_->detail);
    out.frames.push_back(std::move(frame));
    out.ending = std::exchange(ending_, std::nullopt);
    session_.Close();
  }
  return out;
}

absl::Status Replica::PumpEntries(const ledger::LogReader& reader,
                                  size_t queued_bytes, Outgoing* out) {
  while (queued_bytes < kQueuedBytesMax) {
    if (const auto first = session_.NextBatch(Heads())) {
      TALLYSTICK_ASSIGN_OR_RETURN(v1::Frame frame, MakeBatch(*first, reader));
      queued_bytes += frame.entries().entries().size();
      out->frames.push_back(std::move(frame));
    } else if (const auto restored = session_.NextRestored(Heads())) {
      TALLYSTICK_ASSIGN_OR_RETURN(v1::Frame frame,
                                  MakeRestored(*restored, reader));
      queued_bytes += frame.entries().entries().size();
      out->frames.push_back(std::move(frame));
    } else {
      break;
    }
  }
  return absl::OkStatus();
}

// 0, which no peer compares, while the digest would not be of these logs.
uint32_t Replica::DigestVersion() const {
  return state_void_ || state_behind_ ? 0 : AllianceState::kVersion;
}

v1::Frame Replica::MakeHello() {
  v1::Frame frame;
  v1::Hello& hello = *frame.mutable_hello();
  hello.set_protocol_version(sync::kProtocolVersion);
  hello.set_software_version(setup_.software_version);
  hello.set_alliance_uid(setup_.alliance_uid);
  hello.set_own_size(own_.size());
  hello.set_own_root(Bytes(own_.Root()));
  hello.set_own_cosigned_size(own_.head().cosigned_size);
  hello.set_partner_size(partner_.size());
  hello.set_partner_root(Bytes(partner_.Root()));
  hello.set_digest_version(DigestVersion());
  hello.set_state_digest(Bytes(state_.StateDigest()));
  return frame;
}

v1::Frame Replica::MakePing(bool reply) {
  v1::Frame frame;
  v1::Ping& ping = *frame.mutable_ping();
  ping.set_own_size(own_.size());
  ping.set_partner_size(partner_.size());
  ping.set_digest_version(DigestVersion());
  ping.set_state_digest(Bytes(state_.StateDigest()));
  ping.set_reply(reply);
  return frame;
}

absl::StatusOr<v1::Frame> Replica::MakeBatch(uint64_t first_index,
                                             const ledger::LogReader& reader) {
  v1::Frame frame;
  v1::Entries& batch = *frame.mutable_entries();
  TALLYSTICK_ASSIGN_OR_RETURN(
      const uint64_t count, FillBatch(reader, Side::kOwn, first_index, &batch));
  const uint64_t end = first_index + count;
  if (end == own_.size()) {
    batch.set_checkpoint(own_.head().checkpoint);
  } else {
    TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest root,
                                ledger::StoredRootAt(reader, Side::kOwn, end));
    batch.set_checkpoint(evidence::SignCheckpoint(
        {.origin = setup_.origin, .size = end, .root = root}, *setup_.log_key));
  }
  session_.BatchSent(end);
  return frame;
}

absl::StatusOr<v1::Frame> Replica::MakeRestored(
    uint64_t first_index, const ledger::LogReader& reader) {
  v1::Frame frame;
  v1::Entries& batch = *frame.mutable_entries();
  TALLYSTICK_ASSIGN_OR_RETURN(
      const uint64_t count,
      FillBatch(reader, Side::kPartner, first_index, &batch));
  const uint64_t end = first_index + count;
  batch.set_of_receiver(true);
  batch.set_checkpoint(partner_.head().checkpoint);
  TALLYSTICK_ASSIGN_OR_RETURN(
      const std::vector<evidence::Digest> proof,
      ledger::ProveStoredConsistency(reader, Side::kPartner, end,
                                     partner_.size()));
  for (const evidence::Digest& hash : proof) {
    batch.add_consistency(Bytes(hash));
  }
  session_.RestoredSent(end);
  return frame;
}

v1::Frame Replica::MakeCosignature(int64_t now_us) {
  v1::Frame frame;
  v1::Cosignature& cosignature = *frame.mutable_cosignature();
  const std::string& checkpoint = partner_.head().checkpoint;
  const std::string line = evidence::Cosign(
      checkpoint, setup_.witness_name, *setup_.witness_key, now_us / 1'000'000);
  cosignature.set_size(partner_.size());
  cosignature.set_root(Bytes(partner_.Root()));
  cosignature.set_signature_line(line);
  partner_.SetCosigned(partner_.size(), checkpoint + line);
  partner_head_changed_ = true;
  return frame;
}

}  // namespace tallystick::alliance
