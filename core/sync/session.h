// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_SYNC_SESSION_H_
#define TALLYSTICK_CORE_SYNC_SESSION_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "core/evidence/digest.h"
#include "tallystick/v1/peer.pb.h"

// One stream with the partner: who has told whom what, and what is due next.
// Knows sizes and roots only; the caller (alliance::Replica) holds the logs.
//
// A stream starts with a Hello from each side. From the partner's Hello a node
// learns how much of its own log the partner holds, and only then sends. If the
// partner holds what the node has lost, the node first takes that back.
namespace tallystick::sync {

inline constexpr uint32_t kProtocolVersion = 1;

// Batches under way to the partner at a time, each up to kBatchBytesMax.
inline constexpr size_t kWindowBatches = 4;

// Both logs as this node durably holds them.
struct Heads {
  uint64_t own_size = 0;
  evidence::Digest own_root = {};
  // The partner's receipt for our log covers this much.
  uint64_t own_cosigned_size = 0;
  uint64_t partner_size = 0;
  evidence::Digest partner_root = {};
  // Our receipt for the partner's log, as far as we remember, covers this much.
  uint64_t partner_cosigned_size = 0;
};

class Session {
 public:
  enum class Phase {
    // No stream.
    kClosed,
    // Our Hello goes out first; nothing else before the partner's is here.
    kGreeting,
    // Entries and receipts go both ways.
    kExchanging,
    // The partner gives back what we have lost of our own log.
    kRecovering,
    // We give back to the partner what it has lost; it will call again.
    kRestoring,
  };

  // A stream is open; forgets all about an earlier one.
  void Open();
  void Close() { phase_ = Phase::kClosed; }
  Phase phase() const { return phase_; }

  // Takes the partner's Hello. `own_root_there`: root of our log at
  // hello.partner_size(), absent if our log is shorter. Refusals:
  // "unknown_alliance", "bad_version", "unexpected_frame", "malformed_frame",
  // "broken_tree" (not the log of ours that it gave a receipt for).
  absl::Status OnHello(const v1::Hello& hello, const std::string& alliance_uid,
                       const Heads& heads,
                       const std::optional<evidence::Digest>& own_root_there);

  // The partner has verified and stored our log up to `size`.
  void OnCosigned(uint64_t size);
  // Entries of the partner have been stored: a receipt is due.
  void OnPartnerGrew() { cosignature_due_ = true; }
  // The partner asks for its own log back, from this index on.
  void OnRecover(uint64_t first_index);

  // What is due now, given what is durably held.
  bool HelloDue() const { return phase_ != Phase::kClosed && !hello_sent_; }
  bool RecoverDue() const {
    return phase_ == Phase::kRecovering && !recover_sent_;
  }
  bool CosignatureDue() const {
    return phase_ == Phase::kExchanging && cosignature_due_;
  }
  // First index of the next batch to send, if the window has room.
  std::optional<uint64_t> NextBatch(const Heads& heads) const;
  // First index of the next piece of the partner's log to give back.
  std::optional<uint64_t> NextRestored(const Heads& heads) const;
  // Everything has been sent and received; a digest can be compared.
  bool Quiet(const Heads& heads) const;
  bool PingDue(const Heads& heads) const;

  void HelloSent() { hello_sent_ = true; }
  void RecoverSent() { recover_sent_ = true; }
  void CosignatureSent() { cosignature_due_ = false; }
  void BatchSent(uint64_t end);
  void RestoredSent(uint64_t end) { restore_from_ = end; }
  void PingSent(const Heads& heads);

  // What the partner says it runs; for people.
  const std::string& partner_software() const { return partner_software_; }

 private:
  Phase phase_ = Phase::kClosed;
  bool hello_sent_ = false;
  bool recover_sent_ = false;
  bool cosignature_due_ = false;
  // Our log: sent on this stream, and acknowledged.
  uint64_t sent_size_ = 0;
  uint64_t acknowledged_size_ = 0;
  std::deque<uint64_t> in_flight_;
  std::optional<uint64_t> restore_from_;
  // Sizes at which digests were last sent, in a Ping or in equal Hellos.
  uint64_t pinged_own_size_ = 0;
  uint64_t pinged_partner_size_ = 0;
  std::string partner_software_;
};

}  // namespace tallystick::sync

#endif  // TALLYSTICK_CORE_SYNC_SESSION_H_
