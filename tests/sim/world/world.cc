// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/world.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "tests/sim/world/workload.h"

namespace tallystick::sim {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr int64_t kDayUs = 24 * 3600 * kSecondUs;
constexpr v1::Party kParties[] = {v1::PARTY_A, v1::PARTY_B};
// Far more than healing takes.
constexpr int kRestingStepsMax = 5000;
constexpr int kRestingDialsMax = 40;

}  // namespace

World::World(const WorldOptions& options)
    : options_(options),
      random_(options.seed),
      invariants_(options.raw_faults),
      wire_(options.seed + 1,
            [this](v1::Party from, const std::string& frame) {
              invariants_.OnSent(from, frame);
            }),
      a_(std::make_unique<SimNode>(CompanyOf(v1::PARTY_A), options.seed + 2,
                                   options.defect, wire_)),
      b_(std::make_unique<SimNode>(CompanyOf(v1::PARTY_B), options.seed + 3,
                                   options.defect, wire_)) {}

void World::Trace(v1::Party party, const std::string& line) {
  if (options_.trace == nullptr) return;
  *options_.trace << (now_us_ / kSecondUs) % 1'000'000 << " "
                  << (party == v1::PARTY_A ? "A " : "B ") << line;
  for (SimNode* node : {a_.get(), b_.get()}) {
    *options_.trace << " [";
    if (node->up()) {
      *options_.trace << node->replica().own_log().size() << "/"
                      << node->replica().partner_log().size()
                      << (node->stream() ? "" : " offline")
                      << (node->replica().writable() ? "" : " recovering");
    } else {
      *options_.trace << "down";
    }
    *options_.trace << "]";
  }
  *options_.trace << "\n";
}

absl::Status World::Run() {
  TALLYSTICK_RETURN_IF_ERROR(SetUp());
  for (int step = 0; step < options_.steps; ++step) {
    now_us_ += static_cast<int64_t>(Below(60)) * kSecondUs;
    TALLYSTICK_RETURN_IF_ERROR(Act());
    for (const v1::Party party : kParties) {
      if (Node(party).disk().failing()) PowerFailure(party);
      TALLYSTICK_RETURN_IF_ERROR(invariants_.CheckNode(Node(party)));
    }
    TALLYSTICK_RETURN_IF_ERROR(invariants_.CheckBoth(*a_, *b_));
  }
  return ComeToRest();
}

absl::Status World::SetUp() {
  for (const v1::Party party : kParties) {
    TALLYSTICK_RETURN_IF_ERROR(Node(party).Start());
    const Company& own = CompanyOf(party);
    TALLYSTICK_RETURN_IF_ERROR(Node(party).Say(
        {own.Opening(), own.Enrolment(own.people[0])}, "", NowOf(party)));
    TALLYSTICK_RETURN_IF_ERROR(EndBatch(party, false));
  }
  return absl::OkStatus();
}

absl::Status World::Act() {
  const v1::Party party = SomeParty();
  return Below(100) < 88 ? Happen(party) : Misfortune(party);
}

// What happens every day.
absl::Status World::Happen(v1::Party party) {
  if (!Node(party).up()) return Below(3) == 0 ? Start(party) : absl::OkStatus();
  const uint64_t draw = Below(100);
  if (draw < 35) return Speak(party);
  if (draw < 45) return EndBatch(party, /*quiet=*/true);
  if (draw < 48) {
    // A full disk or a power failure may come here, too.
    Node(party).Idle().IgnoreError();
    return absl::OkStatus();
  }
  const std::vector<Wire::Arrival> arrivals = wire_.Arrivals();
  if (!partitioned_ && !arrivals.empty()) {
    return Deliver(arrivals[Below(arrivals.size())]);
  }
  if (!Node(party).stream() || Below(20) == 0) return Dial(party);
  return Speak(party);
}

absl::Status World::Misfortune(v1::Party party) {
  SimNode& node = Node(party);
  switch (Below(10)) {
    case 0:
      Trace(party, "connections break");
      wire_.BreakAll();
      return absl::OkStatus();
    case 1:
      partitioned_ = !partitioned_;
      Trace(party, partitioned_ ? "partition" : "partition healed");
      return absl::OkStatus();
    case 2:
      if (node.up()) PowerFailure(party);
      return absl::OkStatus();
    case 3:
    case 4: {
      const uint64_t operations = 1 + Below(12);
      Trace(party, absl::StrCat("power fails in ", operations, " operations"));
      node.disk().FailFrom(node.disk().operations() + operations);
      return absl::OkStatus();
    }
    case 5: {
      bool& full = full_[party - v1::PARTY_A];
      full = !full;
      Trace(party, full ? "disk full" : "disk has room");
      node.disk().SetCapacity(full ? node.disk().UsedBytes() + Below(9000)
                                   : std::numeric_limits<uint64_t>::max());
      return absl::OkStatus();
    }
    case 6:
      JumpClock(party);
      return absl::OkStatus();
    case 7:
    case 8:
      Trace(party, "backup");
      backups_[party - v1::PARTY_A] = node.disk().Snapshot();
      return absl::OkStatus();
    default:
      return RestoreBackup(party);
  }
}

absl::Status World::Speak(v1::Party party) {
  SimNode& node = Node(party);
  const Statements said = NextStatements(node.company(), node.replica().state(),
                                         random_, NowOf(party));
  const absl::Status written = node.Say(said.bodies, said.author, NowOf(party));
  Trace(party, absl::StrCat(said.what, written.ok() ? "" : " refused: ",
                            written.message()));
  return Below(4) == 0 ? absl::OkStatus() : EndBatch(party, false);
}

absl::Status World::Dial(v1::Party party) {
  const v1::Party other = ledger::Other(party);
  if (partitioned_ || !Node(party).up() || !Node(other).up()) {
    return absl::OkStatus();
  }
  ++dials_;
  const StreamId stream = wire_.Dial(party);
  Trace(party, absl::StrCat("dials ", stream));
  Node(other).StreamOpened(stream, /*dialled=*/false);
  Node(party).StreamOpened(stream, /*dialled=*/true);
  TALLYSTICK_RETURN_IF_ERROR(EndBatch(party, false));
  return EndBatch(other, false);
}

absl::Status World::Deliver(const Wire::Arrival& arrival) {
  SimNode& node = Node(arrival.to);
  std::string frame;
  Wire::Fault fault = Wire::Fault::kNone;
  bool damaged = false;
  if (options_.raw_faults) {
    const uint64_t draw = Below(20);
    if (draw == 0) fault = Wire::Fault::kDuplicate;
    if (draw == 1) fault = Wire::Fault::kReorder;
    damaged = draw == 2;
  }
  const bool is_frame = wire_.Take(arrival, &frame, fault);
  if (!node.up()) return absl::OkStatus();
  if (!is_frame) {
    Trace(arrival.to, absl::StrCat("end of ", arrival.stream));
    node.StreamEnded(arrival.stream);
    return absl::OkStatus();
  }
  if (damaged && !frame.empty()) {
    frame[Below(frame.size())] ^= static_cast<char>(1 + Below(255));
  }
  v1::Frame parsed;
  if (options_.trace != nullptr && parsed.ParseFromString(frame)) {
    Trace(arrival.to, absl::StrCat(arrival.stream, damaged ? " damaged " : " ",
                                   parsed.ShortDebugString().substr(0, 150)));
  }
  node.FrameArrived(arrival.stream, frame, NowOf(arrival.to));
  // More frames may come before the batch ends.
  return Below(4) == 0 ? absl::OkStatus() : EndBatch(arrival.to, false);
}

absl::Status World::EndBatch(v1::Party party, bool quiet) {
  SimNode& node = Node(party);
  if (!node.up()) return absl::OkStatus();
  const absl::Status finished = node.Finish(quiet, NowOf(party));
  // With the power off it cannot read; the crash comes next.
  return node.disk().failing() ? absl::OkStatus() : finished;
}

void World::PowerFailure(v1::Party party) {
  Trace(party, "power failure");
  Node(party).Crash(random_());
}

absl::Status World::Start(v1::Party party) {
  SimNode& node = Node(party);
  const absl::Status started = node.Start();
  Trace(party, absl::StrCat("starts ", started.message()));
  if (started.ok()) return invariants_.CheckStatements(node);
  // Neither a full disk nor a second power failure is the node's fault.
  if (full_[party - v1::PARTY_A] || node.disk().failing()) {
    return absl::OkStatus();
  }
  return absl::InternalError(
      absl::StrCat(node.company().domain,
                   " cannot read what it stored: ", started.message()));
}

void World::JumpClock(v1::Party party) {
  int64_t& offset = clock_offset_us_[party - v1::PARTY_A];
  const bool far = Below(10) == 0;
  const int64_t range = far ? 3 * kDayUs : kDayUs / 3;
  offset =
      static_cast<int64_t>(Below(static_cast<uint64_t>(2 * range))) - range;
  if (far) invariants_.ClockWasWrong();
  Trace(party, absl::StrCat("clock is off by ", offset / kSecondUs, " s"));
}

absl::Status World::RestoreBackup(v1::Party party) {
  const v1::Party other = ledger::Other(party);
  const auto& backup = backups_[party - v1::PARTY_A];
  // Two restored at a time can lose what neither holds any more.
  if (!backup || invariants_.recovering() || !Node(other).up() ||
      full_[party - v1::PARTY_A]) {
    return absl::OkStatus();
  }
  Trace(party, "its backup is restored");
  if (Node(party).up()) TALLYSTICK_RETURN_IF_ERROR(EndBatch(party, true));
  Node(party).RestoreBackup(*backup);
  // What it had sent before has arrived by now or never will.
  while (true) {
    const std::vector<Wire::Arrival> arrivals = wire_.Arrivals();
    if (arrivals.empty()) break;
    TALLYSTICK_RETURN_IF_ERROR(Deliver(arrivals[0]));
  }
  TALLYSTICK_RETURN_IF_ERROR(EndBatch(other, true));
  if (Node(other).disk().failing()) PowerFailure(other);
  if (!Node(other).up()) TALLYSTICK_RETURN_IF_ERROR(Start(other));
  if (!Node(other).up()) {
    full_[other - v1::PARTY_A] = false;
    Node(other).disk().SetCapacity(std::numeric_limits<uint64_t>::max());
    TALLYSTICK_RETURN_IF_ERROR(Start(other));
  }
  TALLYSTICK_RETURN_IF_ERROR(Node(party).Start());
  return invariants_.OnRestored(Node(party), Node(other));
}

void World::Heal() {
  partitioned_ = false;
  for (const v1::Party party : kParties) {
    Node(party).disk().FailFrom(std::numeric_limits<uint64_t>::max());
    Node(party).disk().SetCapacity(std::numeric_limits<uint64_t>::max());
    full_[party - v1::PARTY_A] = false;
    clock_offset_us_[party - v1::PARTY_A] = 0;
  }
  // Later than anything that was written by a clock ahead.
  now_us_ += 4 * kDayUs;
  if (options_.raw_faults) wire_.BreakAll();
  dials_ = 0;
}

absl::StatusOr<bool> World::DoWhatIsLeft() {
  for (const v1::Party party : kParties) {
    if (!Node(party).up()) {
      TALLYSTICK_RETURN_IF_ERROR(Start(party));
      return true;
    }
    if (Node(party).batch_open() || Node(party).Changed()) {
      TALLYSTICK_RETURN_IF_ERROR(EndBatch(party, /*quiet=*/true));
      return true;
    }
  }
  const std::vector<Wire::Arrival> arrivals = wire_.Arrivals();
  if (!arrivals.empty()) {
    TALLYSTICK_RETURN_IF_ERROR(Deliver(arrivals[0]));
    return true;
  }
  if (!a_->stream() || !b_->stream()) {
    TALLYSTICK_RETURN_IF_ERROR(Dial(SomeParty()));
    return true;
  }
  return false;
}

absl::Status World::ComeToRest() {
  Trace(v1::PARTY_A, "everything heals");
  Heal();
  options_.raw_faults = false;
  for (int i = 0; i < kRestingStepsMax; ++i) {
    TALLYSTICK_ASSIGN_OR_RETURN(const bool busy, DoWhatIsLeft());
    if (!busy) return invariants_.CheckAtRest(*a_, *b_);
    for (const v1::Party party : kParties) {
      TALLYSTICK_RETURN_IF_ERROR(invariants_.CheckNode(Node(party)));
    }
    if (dials_ > kRestingDialsMax) {
      return absl::InternalError("they call each other again and again");
    }
  }
  return absl::InternalError("they never come to rest");
}

absl::Status RunSeed(const WorldOptions& options) {
  const absl::Status status = World(options).Run();
  if (status.ok()) return status;
  return absl::Status(
      status.code(),
      absl::StrCat(status.message(), "\n  see it: sim_replay --seed ",
                   options.seed, " --steps ", options.steps,
                   options.raw_faults ? " --raw" : ""));
}

}  // namespace tallystick::sim
