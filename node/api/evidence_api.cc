// SPDX-License-Identifier: Apache-2.0
#include "node/api/evidence_api.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/digest_text.h"
#include "core/evidence/merkle.h"
#include "core/evidence/verifier_key.h"
#include "node/api/entry_summary.h"
#include "node/api/names.h"
#include "node/api/paging.h"
#include "node/api/verification.h"

namespace tallystick::node {
namespace {

using ledger::Side;

constexpr uint64_t kReadBytes = 1 << 20;

v1::Party PartyOf(const AllianceNode& alliance, Side side) {
  return side == Side::kOwn ? alliance.own_party() : alliance.partner_party();
}

// What is known of an entry beside its bytes.
struct Listed {
  v1::LogEntry message;
  int64_t time_us = 0;
};

Listed Describe(const AllianceNode& alliance, Side side, uint64_t index,
                const ledger::Entry& entry) {
  Listed listed;
  v1::LogEntry& message = listed.message;
  const v1::Party party = PartyOf(alliance, side);
  message.set_index(index);
  message.set_party(alliance.ShortName(party));
  const auto leaf = ledger::ParseLeaf(entry.leaf);
  if (leaf.ok()) {
    listed.time_us = leaf->time_us;
    message.set_time(TimeText(leaf->time_us));
    message.set_author(leaf->author);
    message.set_partner_size(leaf->partner_size);
  }
  const EntrySummary summary = Summarise(alliance, entry.body);
  message.set_kind(summary.kind);
  message.set_summary(summary.text);
  message.set_leaf_hash(
      evidence::DigestToBase64(evidence::HashLeaf(entry.leaf)));
  message.set_witnessed(side == Side::kPartner ||
                        index <
                            alliance.replica().own_log().head().cosigned_size);
  const std::string reason = alliance.state().WhySetAside(party, index);
  if (!reason.empty()) message.set_set_aside(reason);
  return listed;
}

// Entries [begin, end) of one log, as far as they are stored.
absl::StatusOr<std::vector<Listed>> ReadListed(const AllianceNode& alliance,
                                               Side side, uint64_t begin,
                                               uint64_t end) {
  std::vector<Listed> listed;
  while (begin < end) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const std::vector<ledger::Entry> entries,
        alliance.reader().ReadEntries(side, begin, kReadBytes));
    if (entries.empty()) break;
    for (const ledger::Entry& entry : entries) {
      if (begin == end) break;
      listed.push_back(Describe(alliance, side, begin++, entry));
    }
  }
  return listed;
}

// The sides a request asks for.
absl::StatusOr<std::vector<Side>> ReadSides(const AllianceNode& alliance,
                                            const std::string& name) {
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Party party, FindParty(alliance, name));
  if (party == v1::PARTY_UNSPECIFIED) {
    return std::vector<Side>{Side::kOwn, Side::kPartner};
  }
  return std::vector<Side>{party == alliance.own_party() ? Side::kOwn
                                                         : Side::kPartner};
}

}  // namespace

absl::StatusOr<v1::ListEntriesResponse> ListEntries(
    Node& node, const v1::ListEntriesRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<Side> sides,
                              ReadSides(*alliance, request.party()));
  TALLYSTICK_ASSIGN_OR_RETURN(const size_t size,
                              ReadPageSize(request.page_size()));
  const std::string list =
      absl::StrCat("entries\n", alliance->name(), "\n", request.party());
  // How much of each log is still to come.
  std::vector<uint64_t> ends;
  uint64_t total = 0;
  for (const Side side : sides) {
    TALLYSTICK_ASSIGN_OR_RETURN(const ledger::LogHead head,
                                alliance->reader().ReadHead(side));
    ends.push_back(head.size);
    total += head.size;
  }
  if (!request.page_token().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const std::vector<uint64_t> place,
        ParseToken(list, request.page_token(), sides.size()));
    for (size_t i = 0; i < ends.size(); ++i) {
      ends[i] = std::min(ends[i], place[i]);
    }
  }
  std::vector<std::vector<Listed>> newest;
  for (size_t i = 0; i < sides.size(); ++i) {
    const uint64_t begin = ends[i] - std::min<uint64_t>(ends[i], size);
    TALLYSTICK_ASSIGN_OR_RETURN(
        newest.emplace_back(), ReadListed(*alliance, sides[i], begin, ends[i]));
    ends[i] = begin + newest[i].size();
  }
  v1::ListEntriesResponse response;
  while (static_cast<size_t>(response.entries_size()) < size) {
    size_t latest = 0;
    for (size_t i = 1; i < newest.size(); ++i) {
      if (newest[latest].empty() ||
          (!newest[i].empty() &&
           newest[i].back().time_us > newest[latest].back().time_us)) {
        latest = i;
      }
    }
    if (newest[latest].empty()) break;
    *response.add_entries() = std::move(newest[latest].back().message);
    newest[latest].pop_back();
    --ends[latest];
  }
  if (std::any_of(ends.begin(), ends.end(),
                  [](uint64_t end) { return end > 0; })) {
    response.set_next_page_token(FormatToken(list, ends));
  }
  response.set_total_size(static_cast<int32_t>(total));
  return response;
}

absl::StatusOr<v1::LogCheckpoint> GetCheckpoint(
    Node& node, const v1::GetCheckpointRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(v1::Party party,
                              FindParty(*alliance, request.party()));
  if (party == v1::PARTY_UNSPECIFIED) party = alliance->own_party();
  const Side side =
      party == alliance->own_party() ? Side::kOwn : Side::kPartner;
  TALLYSTICK_ASSIGN_OR_RETURN(const ledger::LogHead head,
                              alliance->reader().ReadHead(side));
  const bool cosigned =
      !head.cosigned_checkpoint.empty() && head.cosigned_size == head.size;
  v1::LogCheckpoint response;
  response.set_party(alliance->ShortName(party));
  response.set_note(cosigned ? head.cosigned_checkpoint : head.checkpoint);
  if (response.note().empty()) {
    return absl::NotFoundError(absl::StrCat(
        "there is no checkpoint of ",
        response.party().empty() ? "the partner" : response.party(), " yet"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::ParsedNote note,
                              evidence::ParseNote(response.note()));
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Checkpoint checkpoint,
                              evidence::ParseCheckpointText(note.text));
  response.set_origin(checkpoint.origin);
  response.set_size(checkpoint.size);
  response.set_cosigned(cosigned);
  return response;
}

absl::StatusOr<v1::Keys> GetKeys(Node& node,
                                 const v1::GetKeysRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  const alliance::ReplicaSetup& setup = alliance->replica().setup();
  v1::Keys response;
  v1::Keys::PartyKeys& own = *response.add_keys();
  own.set_party(alliance->ShortName(alliance->own_party()));
  own.set_domain(alliance->Domain(alliance->own_party()));
  own.set_log_key(OwnLogKey(setup).ToString());
  own.set_witness_key(OwnWitnessKey(setup).ToString());
  own.set_certificate_fingerprint(node.identity().fingerprint().ToHex());
  if (alliance->has_partner()) {
    const v1::PartyCard& card = alliance->record().partner();
    v1::Keys::PartyKeys& partner = *response.add_keys();
    partner.set_party(alliance->ShortName(alliance->partner_party()));
    partner.set_domain(card.domain());
    partner.set_log_key(card.log_key());
    partner.set_witness_key(card.witness_key());
    const auto fingerprint = FingerprintOfPem(card.certificate());
    if (fingerprint.ok()) {
      partner.set_certificate_fingerprint(fingerprint->ToHex());
    }
  }
  response.set_fingerprint_words(node.FingerprintWords(*alliance));
  return response;
}

namespace {

// One call of VerifyAlliance: step after step on the engine's thread, with
// whatever else is waiting in between.
struct Verifying {
  Engine& engine;
  grpc::CallbackServerContext* context;
  const v1::VerifyAllianceRequest* request;
  v1::Verification* response;
  grpc::ServerUnaryReactor* reactor;
  std::unique_ptr<Verifier> verifier;
  bool finished = false;
};

absl::Status Advance(Verifying& call, Node& node) {
  if (call.context->IsCancelled()) return absl::CancelledError("");
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(call.request->parent()));
  if (call.verifier == nullptr) {
    TALLYSTICK_ASSIGN_OR_RETURN(call.verifier, Verifier::Begin(*alliance));
    return absl::OkStatus();
  }
  TALLYSTICK_ASSIGN_OR_RETURN(call.finished,
                              call.verifier->Step(node, *alliance));
  if (call.finished) *call.response = call.verifier->Result();
  return absl::OkStatus();
}

void Continue(const std::shared_ptr<Verifying>& call) {
  call->engine.Call([call](Node& node) { return Advance(*call, node); },
                    [call](const absl::Status& status) {
                      if (status.ok() && !call->finished) {
                        Continue(call);
                      } else {
                        call->reactor->Finish(ToGrpcStatus(status));
                      }
                    });
}

}  // namespace

grpc::ServerUnaryReactor* EvidenceApi::VerifyAlliance(
    grpc::CallbackServerContext* context,
    const v1::VerifyAllianceRequest* request, v1::Verification* response) {
  auto call = std::make_shared<Verifying>(Verifying{
      engine_, context, request, response, context->DefaultReactor(), nullptr});
  Continue(call);
  return call->reactor;
}

}  // namespace tallystick::node
