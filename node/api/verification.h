// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_VERIFICATION_H_
#define TALLYSTICK_NODE_API_VERIFICATION_H_

#include <array>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "core/alliance/state.h"
#include "core/evidence/merkle.h"
#include "core/evidence/tile.h"
#include "core/evidence/verifier_key.h"
#include "node/engine/node.h"
#include "tallystick/v1/evidence_service.pb.h"

// Checks everything that is stored of an alliance, from the bytes up and
// trusting nothing that was computed before: every leaf, commitment and time,
// the trees with all their tiles, the signed and cosigned checkpoints, and the
// state with every approval's signature, folded again from nothing.
//
// Works in steps of bounded size on the engine's thread, so that a node with a
// long log goes on living beside it.
namespace tallystick::node {

class Verifier {
 public:
  // Fixes how much will be checked: what is stored now.
  static absl::StatusOr<std::unique_ptr<Verifier>> Begin(
      const AllianceNode& alliance);

  // Does one step. True: all is done, see Result. An error means that the store
  // could not be read; what does not check out is a result.
  absl::StatusOr<bool> Step(Node& node, AllianceNode& alliance);

  v1::Verification Result() const;

 private:
  struct Tally {
    const char* name = "";
    // What was compared.
    std::string what;
    uint64_t checked = 0;
    uint64_t failed = 0;
    std::string first_failure;

    // Notes one comparison; `failure` empty: it held.
    void Note(const std::string& failure);
  };

  struct LogCheck {
    ledger::Side side = ledger::Side::kOwn;
    std::string party;
    ledger::LogHead head;
    uint64_t next = 0;
    int64_t last_time_us = 0;
    evidence::CompactRange range;
    evidence::TileTree tiles;
  };

  explicit Verifier(const AllianceNode& alliance);

  absl::Status ReadChunk(const AllianceNode& alliance, LogCheck& log);
  void CheckEntry(LogCheck& log, const ledger::Entry& entry);
  absl::Status CheckTiles(const AllianceNode& alliance, LogCheck& log);
  absl::Status CheckHead(const AllianceNode& alliance, LogCheck& log);
  void CheckCosigned(const AllianceNode& alliance, const LogCheck& log);
  absl::StatusOr<bool> FoldChunk(AllianceNode& alliance);
  void CompareStates(AllianceNode& alliance);
  absl::Status CountForks(Node& node, const AllianceNode& alliance);

  std::array<LogCheck, 2> logs_;
  size_t log_ = 0;
  alliance::AllianceState folded_;
  v1::Party own_party_;
  std::string state_digest_;

  Tally entries_;
  Tally commitments_;
  Tally times_;
  Tally tiles_;
  Tally roots_;
  Tally signatures_;
  Tally cosignatures_;
  Tally approvals_;
  Tally states_;
  Tally forks_;
};

// The keys by which our own signatures in an alliance are checked.
evidence::VerifierKey OwnLogKey(const alliance::ReplicaSetup& setup);
evidence::VerifierKey OwnWitnessKey(const alliance::ReplicaSetup& setup);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_VERIFICATION_H_
