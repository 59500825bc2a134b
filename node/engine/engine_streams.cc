// SPDX-License-Identifier: Apache-2.0
// The engine's dealings with partners: streams and dialling.
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "node/engine/engine.h"
#include "node/engine/refused_by_partner.h"

namespace tallystick::node {
namespace {

bool DialledByA(const PeerStream& stream, const AllianceNode& alliance) {
  return stream.dialled() == (alliance.own_party() == v1::PARTY_A);
}

drift::Finding PartnerFinding(const AllianceNode& alliance,
                              absl::string_view kind, absl::string_view variant,
                              std::string text) {
  return {.kind = std::string(kind),
          .subject = alliance.name(),
          .party = alliance.partner_party(),
          .variant = std::string(variant),
          .severity = drift::Severity::kWarning,
          .text = std::move(text)};
}

}  // namespace

void Engine::OnStreamOpened(std::shared_ptr<PeerStream> stream) {
  Post([this, stream = std::move(stream)](Node&) { TakeStream(stream); });
}

void Engine::OnFrame(uint64_t stream_id, v1::Frame frame) {
  auto shared = std::make_shared<v1::Frame>(std::move(frame));
  Post([this, stream_id, shared](Node&) { HandleFrame(stream_id, *shared); });
}

void Engine::OnQueueEmpty(uint64_t) {
  // Running an empty batch pumps what had to wait for room.
  Post([](Node&) {});
}

void Engine::OnStreamClosed(uint64_t stream_id, absl::Status status) {
  Post([this, stream_id, status = std::move(status)](Node&) {
    DropStream(stream_id, status);
  });
}

AllianceNode* Engine::FindByStream(uint64_t stream_id) {
  for (const auto& [name, alliance] : node_->alliances()) {
    if (alliance->stream && alliance->stream->id() == stream_id) {
      return alliance.get();
    }
  }
  return nullptr;
}

void Engine::TakeStream(const std::shared_ptr<PeerStream>& stream) {
  if (!stream->dialled()) {
    // Which alliance it is for, its Hello will say.
    unbound_[stream->id()] = stream;
    stream->ReadNext();
    return;
  }
  AllianceNode* alliance = node_->FindByKey(AllianceKey{stream->tag()});
  if (alliance == nullptr) {
    stream->Cancel();
    return;
  }
  Bind(stream, *alliance);
  if (alliance->stream == stream) stream->ReadNext();
}

// Of two streams the one that party A dialled stays, so both nodes keep the
// same one; a second one of the same direction replaces a dead one.
void Engine::Bind(const std::shared_ptr<PeerStream>& stream,
                  AllianceNode& alliance) {
  if (alliance.stream) {
    if (DialledByA(*alliance.stream, alliance) &&
        !DialledByA(*stream, alliance)) {
      stream->Close();
      return;
    }
    alliance.stream->Close();
    alliance.replica().OnClose();
  }
  alliance.stream = stream;
  if (alliance.dialling == stream) alliance.dialling = nullptr;
  alliance.last_contact = node_->Now();
  alliance.replica().OnOpen(alliance.reader());
  Log("info", absl::StrCat("alliance=", alliance.name(), " connected partner=",
                           alliance.Domain(alliance.partner_party()),
                           " dialled=", stream->dialled()));
}

// The first frame on a stream the partner opened says what it is about.
AllianceNode* Engine::BindByHello(uint64_t stream_id, const v1::Frame& frame) {
  const auto found = unbound_.find(stream_id);
  if (found == unbound_.end()) return nullptr;
  const std::shared_ptr<PeerStream> stream = found->second;
  unbound_.erase(found);
  AllianceNode* alliance = frame.has_hello()
                               ? node_->FindByUid(frame.hello().alliance_uid())
                               : nullptr;
  if (alliance != nullptr &&
      alliance->PartnerFingerprint() == std::optional(stream->fingerprint())) {
    Bind(stream, *alliance);
    return alliance->stream == stream ? alliance : nullptr;
  }
  // Not theirs, or none at all: both look the same to the caller.
  stream->Cancel();
  for (const auto& [name, other] : node_->alliances()) {
    if (other->PartnerFingerprint() != std::optional(stream->fingerprint())) {
      continue;
    }
    other->replica().Raise(
        PartnerFinding(*other, "sync.refused", "unknown_alliance",
                       absl::StrCat(other->Domain(other->partner_party()),
                                    " called about an alliance it is not a "
                                    "party of, and was refused "
                                    "(unknown_alliance). Ask its engineers "
                                    "what happened.")),
        node_->NowMicros());
  }
  return nullptr;
}

void Engine::HandleFrame(uint64_t stream_id, const v1::Frame& frame) {
  AllianceNode* alliance = FindByStream(stream_id);
  if (alliance == nullptr) alliance = BindByHello(stream_id, frame);
  if (alliance == nullptr) return;
  // The next frame is read while this one is checked and stored.
  alliance->stream->ReadNext();
  const uint64_t before = alliance->replica().partner_log().size();
  alliance->replica().OnFrame(frame, alliance->reader(), node_->NowMicros());
  alliance->unsnapshotted += alliance->replica().partner_log().size() - before;
  if (alliance->replica().partner_log().size() > before && alliance->backoff) {
    alliance->backoff->Reset();
  }
  if (frame.has_goodbye()) {
    OnGoodbye(*alliance, frame.goodbye().reason(), node_->NowMicros());
  } else if (alliance->replica().InStep()) {
    OnNoLongerRefused(*alliance, node_->NowMicros());
  }
  alliance->last_contact = node_->Now();
}

void Engine::PumpAll() {
  for (const auto& [name, alliance] : node_->alliances()) {
    if (alliance->stream) Pump(*alliance);
  }
}

void Engine::Pump(AllianceNode& alliance) {
  alliance::Outgoing out = alliance.replica().Pump(
      alliance.reader(), alliance.stream->queued_bytes(), node_->NowMicros());
  for (v1::Frame& frame : out.frames) alliance.stream->Send(std::move(frame));
  if (!out.ending) {
    // Only once all that came was taken: whoever sends what is refused is not
    // called again at once.
    if (alliance.backoff && alliance.replica().InStep()) {
      alliance.backoff->Reset();
    }
    return;
  }
  Log(out.ending->partner_fault ? "warning" : "info",
      absl::StrCat("alliance=", alliance.name(),
                   " stream ended reason=", out.ending->reason, " detail=\"",
                   absl::CHexEscape(out.ending->detail), "\""));
  alliance.stream->Close();
  alliance.stream = nullptr;
  alliance.replica().OnClose();
  alliance.RememberContact();
  alliance.dial_at = node_->SteadyNow() + alliance.NextBackoff(*node_);
  if (out.ending->reason == "recovered") {
    alliance.dial_at = node_->SteadyNow();
  }
}

void Engine::DropStream(uint64_t stream_id, const absl::Status& status) {
  unbound_.erase(stream_id);
  for (const auto& [name, alliance] : node_->alliances()) {
    if (alliance->dialling && alliance->dialling->id() == stream_id) {
      alliance->dialling = nullptr;
      alliance->dial_at = node_->SteadyNow() + alliance->NextBackoff(*node_);
      Log("debug",
          absl::StrCat("alliance=", name, " not reached: ", status.message()));
    }
    if (!alliance->stream || alliance->stream->id() != stream_id) continue;
    alliance->stream = nullptr;
    alliance->replica().OnClose();
    alliance->RememberContact();
    alliance->dial_at = node_->SteadyNow() + alliance->NextBackoff(*node_);
    Log("info",
        absl::StrCat("alliance=", name, " disconnected: ", status.ToString()));
    if (absl::IsResourceExhausted(status)) {
      alliance->replica().Raise(
          PartnerFinding(
              *alliance, "sync.refused", "oversize",
              absl::StrCat("What ", alliance->Domain(alliance->partner_party()),
                           "'s node sent was refused (oversize): a "
                           "frame was larger than is allowed. "
                           "Nothing of it was stored.")),
          node_->NowMicros());
    }
  }
}

void Engine::DialDue() {
  if (!options_.dial || !broken_.ok()) return;
  for (const auto& [name, alliance] : node_->alliances()) {
    if (!alliance->WantsToDial()) continue;
    if (alliance->dial_at > node_->SteadyNow()) continue;
    auto stream =
        Dial(alliance->record().partner().address(),
             alliance->record().partner().certificate(), node_->identity().tls,
             streams_, this, alliance->record().key());
    if (stream.ok()) {
      alliance->dialling = *std::move(stream);
    } else {
      alliance->dial_at = node_->SteadyNow() + alliance->NextBackoff(*node_);
      Log("warning", absl::StrCat("alliance=", name,
                                  " cannot dial: ", stream.status().message()));
    }
  }
}

}  // namespace tallystick::node
