// SPDX-License-Identifier: Apache-2.0
#include "core/sync/session.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/evidence/refusal.h"

namespace tallystick::sync {
namespace {

constexpr size_t kSoftwareVersionSizeMax = 64;

}  // namespace

void Session::Open() {
  *this = Session();
  phase_ = Phase::kGreeting;
}

absl::Status Session::OnHello(
    const v1::Hello& hello, const std::string& alliance_uid, const Heads& heads,
    const std::optional<evidence::Digest>& own_root_there) {
  if (phase_ != Phase::kGreeting) {
    return evidence::Refuse("unexpected_frame", "a second Hello");
  }
  if (hello.alliance_uid() != alliance_uid) {
    return evidence::Refuse("unknown_alliance", "a Hello for another alliance");
  }
  if (hello.protocol_version() == 0) {
    return evidence::Refuse("bad_version", "a Hello without a version");
  }
  if (hello.own_root().size() != sizeof(evidence::Digest) ||
      hello.partner_root().size() != sizeof(evidence::Digest) ||
      hello.state_digest().size() != sizeof(evidence::Digest) ||
      hello.software_version().size() > kSoftwareVersionSizeMax) {
    return evidence::Refuse("malformed_frame", "a Hello cannot be read");
  }
  partner_software_ = hello.software_version();
  const bool holds_our_log =
      own_root_there &&
      std::equal(own_root_there->begin(), own_root_there->end(),
                 reinterpret_cast<const uint8_t*>(hello.partner_root().data()));
  if (!holds_our_log && hello.partner_size() <= heads.own_cosigned_size) {
    return evidence::Refuse("broken_tree",
                            "holds another log of ours than the one it gave "
                            "a receipt for");
  }
  if (!holds_our_log) {
    phase_ = Phase::kRecovering;
    return absl::OkStatus();
  }
  if (hello.own_size() < heads.partner_size) {
    phase_ = Phase::kRestoring;
    return absl::OkStatus();
  }
  phase_ = Phase::kExchanging;
  sent_size_ = hello.partner_size();
  acknowledged_size_ = std::min(sent_size_, heads.own_cosigned_size);
  // A receipt that was lost on the way, or that we forgot in a crash, is given
  // again.
  cosignature_due_ = hello.own_cosigned_size() < heads.partner_size ||
                     heads.partner_cosigned_size < heads.partner_size;
  return absl::OkStatus();
}

void Session::OnCosigned(uint64_t size) {
  acknowledged_size_ = std::max(acknowledged_size_, size);
  while (!in_flight_.empty() && in_flight_.front() <= size) {
    in_flight_.pop_front();
  }
}

void Session::OnRecover(uint64_t first_index) {
  // The partner may find out from our Hello before we do from its.
  if (phase_ != Phase::kRecovering) phase_ = Phase::kRestoring;
  restore_from_ = first_index;
}

std::optional<uint64_t> Session::NextBatch(const Heads& heads) const {
  if (phase_ != Phase::kExchanging || sent_size_ >= heads.own_size ||
      in_flight_.size() >= kWindowBatches) {
    return std::nullopt;
  }
  return sent_size_;
}

std::optional<uint64_t> Session::NextRestored(const Heads& heads) const {
  if ((phase_ != Phase::kRestoring && phase_ != Phase::kRecovering) ||
      !restore_from_ || *restore_from_ >= heads.partner_size) {
    return std::nullopt;
  }
  return restore_from_;
}

bool Session::Quiet(const Heads& heads) const {
  return phase_ == Phase::kExchanging && hello_sent_ && !cosignature_due_ &&
         sent_size_ == heads.own_size && acknowledged_size_ == heads.own_size;
}

bool Session::PingDue(const Heads& heads) const {
  return Quiet(heads) && (pinged_own_size_ != heads.own_size ||
                          pinged_partner_size_ != heads.partner_size);
}

void Session::BatchSent(uint64_t end) {
  sent_size_ = end;
  in_flight_.push_back(end);
}

void Session::PingSent(const Heads& heads) {
  pinged_own_size_ = heads.own_size;
  pinged_partner_size_ = heads.partner_size;
}

}  // namespace tallystick::sync
