// SPDX-License-Identifier: Apache-2.0
#include "node/engine/node.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "core/canonical.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"
#include "node/engine/clock_watch.h"
#include "node/engine/spaces.h"
#include "node/identity/words.h"

namespace tallystick::node {
namespace {

constexpr size_t kUidSize = 16;
constexpr uint64_t kSnapshotEvery = 8192;

std::string NumberKey(uint64_t number) {
  return absl::StrFormat("%020d", number);
}

std::string Hex(absl::string_view bytes) {
  return absl::BytesToHexString(bytes);
}

}  // namespace

absl::Status CheckAllianceName(absl::string_view name) {
  const bool fits =
      !name.empty() && name.size() <= 63 && name[0] != '-' &&
      std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
      });
  if (fits) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", absl::CHexEscape(name),
      "\" cannot name an alliance: 1 to 63 of a-z, 0-9 and -, not beginning "
      "with -, such as rtd-coffee"));
}

absl::StatusOr<std::unique_ptr<Node>> Node::Open(Services services) {
  std::unique_ptr<Node> node(new Node(std::move(services)));
  TALLYSTICK_ASSIGN_OR_RETURN(const auto records,
                              node->store().ListDocuments(kAllianceSpace, ""));
  for (const auto& [key, bytes] : records) {
    storage::v1::AllianceRecord record;
    if (!record.ParseFromString(bytes)) {
      return absl::DataLossError("the record of an alliance cannot be read");
    }
    TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                                node->Add(std::move(record)));
    TALLYSTICK_RETURN_IF_ERROR(node->CheckIdentity(*alliance));
    WatchClock(*alliance, node->NowMicros());
  }
  node->UpdatePairingOpen();
  return node;
}

// A node that writes on under another name or key is refused by its partner,
// and its log does not hold together any more.
absl::Status Node::CheckIdentity(const AllianceNode& alliance) const {
  const alliance::Introduction* introduced =
      alliance.state().introduction(alliance.own_party());
  if (introduced == nullptr) return absl::OkStatus();
  if (introduced->domain != identity().domain) {
    return absl::FailedPreconditionError(absl::StrCat(
        "tallyd.yaml calls us ", identity().domain, ", but in ",
        alliance.name(), " we are ", introduced->domain,
        " (write party: ", introduced->domain,
        " again; another company needs a data directory of its own)"));
  }
  const v1::PartyCard card = OwnCard(alliance.record().uid(), "");
  if (introduced->log_key != card.log_key() ||
      introduced->witness_key != card.witness_key()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the keys in this data directory are not those that signed the log of ",
        alliance.name(),
        " (restore the folder keys from the backup that belongs to node.db)"));
  }
  return absl::OkStatus();
}

absl::StatusOr<AllianceNode*> Node::Add(storage::v1::AllianceRecord record) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      std::unique_ptr<AllianceNode> alliance,
      AllianceNode::Load(std::move(record), identity(), store()));
  if (alliance->has_partner()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const Certificate certificate,
        ParseCertificate(alliance->record().partner().certificate()));
    trust().Add(certificate.fingerprint);
  }
  AllianceNode* added = alliance.get();
  alliances_[added->name()] = std::move(alliance);
  return added;
}

std::string Node::Random(size_t size) const {
  std::string bytes(size, '\0');
  services_.random({reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

absl::StatusOr<AllianceNode*> Node::Find(absl::string_view resource) {
  absl::ConsumePrefix(&resource, "alliances/");
  if (resource.empty() || resource == "-") {
    if (alliances_.size() == 1) return alliances_.begin()->second.get();
    return absl::InvalidArgumentError(
        alliances_.empty()
            ? "this node has no alliance yet (found one: tally alliance new; "
              "or join one: tally join TOKEN)"
            : "this node has more than one alliance: name one with --alliance "
              "(see: tally status)");
  }
  const auto found = alliances_.find(std::string(resource));
  if (found == alliances_.end()) {
    return absl::NotFoundError(absl::StrCat("there is no alliance \"", resource,
                                            "\" here (see: tally status)"));
  }
  return found->second.get();
}

AllianceNode* Node::FindByUid(absl::string_view uid) {
  for (const auto& [name, alliance] : alliances_) {
    if (alliance->record().uid() == uid) return alliance.get();
  }
  return nullptr;
}

AllianceNode* Node::FindByKey(AllianceKey key) {
  for (const auto& [name, alliance] : alliances_) {
    if (alliance->key() == key) return alliance.get();
  }
  return nullptr;
}

v1::PartyCard Node::OwnCard(absl::string_view alliance_uid,
                            absl::string_view title) const {
  const std::string uid = Hex(alliance_uid);
  v1::PartyCard card;
  card.set_domain(identity().domain);
  card.set_display_name(identity().display_name);
  card.set_title(std::string(title));
  card.set_log_key(
      evidence::VerifierKey::ForLog(OriginOf(identity().domain, uid),
                                    identity().log_key.public_key())
          .ToString());
  card.set_witness_key(
      evidence::VerifierKey::ForWitness(WitnessNameOf(identity().domain, uid),
                                        identity().witness_key.public_key())
          .ToString());
  card.set_address(config().dialable());
  card.set_certificate(identity().tls.certificate_pem);
  return card;
}

namespace {

// The first entry of a log.
v1::Body Introduce(const v1::PartyCard& card, v1::Party party,
                   absl::string_view uid) {
  v1::Body body;
  v1::Opening& opening = *body.mutable_opening();
  opening.set_alliance_uid(std::string(uid));
  opening.set_party(party);
  opening.set_domain(card.domain());
  opening.set_display_name(card.display_name());
  opening.set_title(card.title());
  opening.set_log_key(card.log_key());
  opening.set_witness_key(card.witness_key());
  opening.set_catalogue_version(expectation::BuiltInCatalogue().version);
  return body;
}

int64_t NextKey(
    const std::map<std::string, std::unique_ptr<AllianceNode>>& alliances) {
  int64_t key = 1;
  for (const auto& [name, alliance] : alliances) {
    key = std::max(key, alliance->record().key() + 1);
  }
  return key;
}

}  // namespace

absl::StatusOr<AllianceNode*> Node::CreateAlliance(absl::string_view name,
                                                   absl::string_view title) {
  TALLYSTICK_RETURN_IF_ERROR(CheckAllianceName(name));
  if (title.empty() || !evidence::IsPlainLine(title, 200)) {
    return absl::InvalidArgumentError(
        "an alliance has a title: one line of 1 to 200 bytes (--title)");
  }
  if (alliances_.count(std::string(name)) > 0) {
    return absl::AlreadyExistsError(absl::StrCat(
        "there is an alliance \"", name, "\" already (see: tally status)"));
  }
  storage::v1::AllianceRecord record;
  record.set_key(NextKey(alliances_));
  record.set_alliance(std::string(name));
  record.set_title(std::string(title));
  record.set_uid(Random(kUidSize));
  record.set_own_party(v1::PARTY_A);
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance, Add(record));
  alliance->Put({std::string(kAllianceSpace), absl::StrCat(record.key()),
                 record.SerializeAsString()});
  const v1::Body opening =
      Introduce(OwnCard(record.uid(), title), v1::PARTY_A, record.uid());
  TALLYSTICK_RETURN_IF_ERROR(Append(*alliance, {&opening, 1}, ""));
  return alliance;
}

absl::StatusOr<AllianceNode*> Node::AddJoined(absl::string_view name,
                                              absl::string_view uid,
                                              const v1::PartyCard& partner) {
  storage::v1::AllianceRecord record;
  record.set_key(NextKey(alliances_));
  record.set_alliance(std::string(name));
  record.set_title(partner.title());
  record.set_uid(std::string(uid));
  record.set_own_party(v1::PARTY_B);
  *record.mutable_partner() = partner;
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance, Add(record));
  alliance->Put({std::string(kAllianceSpace), absl::StrCat(record.key()),
                 record.SerializeAsString()});
  const v1::Body opening =
      Introduce(OwnCard(uid, partner.title()), v1::PARTY_B, uid);
  TALLYSTICK_RETURN_IF_ERROR(Append(*alliance, {&opening, 1}, ""));
  return alliance;
}

std::string Node::FingerprintWords(const AllianceNode& alliance) const {
  if (!alliance.has_partner()) return "";
  const v1::PartyCard own = OwnCard(alliance.record().uid(), "");
  const v1::PartyCard& partner = alliance.record().partner();
  const auto keys_of = [](const v1::PartyCard& card) -> PartyKeys {
    const auto certificate = ParseCertificate(card.certificate());
    return {.domain = card.domain(),
            .certificate =
                certificate.ok() ? certificate->fingerprint : Fingerprint(),
            .log_vkey = card.log_key(),
            .witness_vkey = card.witness_key()};
  };
  const bool founded = alliance.own_party() == v1::PARTY_A;
  return SixWords(WordsDigest(alliance.record().uid(),
                              keys_of(founded ? own : partner),
                              keys_of(founded ? partner : own)));
}

absl::Status Node::Append(AllianceNode& alliance,
                          absl::Span<const v1::Body> bodies,
                          absl::string_view author) {
  if (!author.empty() && alliance.state()
                                 .roster(alliance.own_party())
                                 .count(std::string(author)) == 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", author, "\" is not on the roster of ",
        alliance.ShortName(alliance.own_party()), " (see: tally people)"));
  }
  const auto appended = alliance.replica().Append(
      bodies, author, [this] { return Random(ledger::kSaltSize); },
      NowMicros());
  alliance.unsnapshotted += bodies.size();
  WatchClock(alliance, NowMicros());
  return appended.status();
}

void Node::StoreSnapshots(bool all) {
  for (const auto& [name, alliance] : alliances_) {
    if (alliance->unsnapshotted == 0 ||
        (!all && alliance->unsnapshotted < kSnapshotEvery)) {
      continue;
    }
    alliance->Put(
        {std::string(kSnapshotSpace), name, alliance->replica().Snapshot()});
    alliance->unsnapshotted = 0;
  }
}

void Node::TakeStep(AllianceNode& alliance, Transaction* transaction) {
  alliance::Step step = alliance.replica().TakeStep();
  if (step.stopped) alliance.Stop(*step.stopped);
  if (step.fork) {
    storage::v1::ForkEvidence evidence;
    evidence.set_at_us(NowMicros());
    evidence.set_held(step.fork->held);
    evidence.set_received(step.fork->received);
    alliance.Put({absl::StrCat(kEvidenceSpacePrefix, alliance.name()),
                  NumberKey(static_cast<uint64_t>(NowMicros())),
                  evidence.SerializeAsString()});
  }
  if (step.detached) {
    alliance.Put({std::string(kDetachedSpace), alliance.name(),
                  step.detached->empty() ? std::nullopt
                                         : std::optional(*step.detached)});
  }
  if (step.unproven) {
    alliance.Put({std::string(kUnprovenSpace), alliance.name(),
                  step.unproven->empty() ? std::nullopt
                                         : std::optional(*step.unproven)});
  }
  if (step.changes.truncate_own) {
    alliance.Put({std::string(kSnapshotSpace), alliance.name(), std::nullopt});
  }
  for (drift::Alert& alert : step.alerts) {
    CanonicalWriter writer;
    writer(alert);
    alliance.Put({absl::StrCat(kAlertSpacePrefix, alliance.name()),
                  NumberKey(alert.number), writer.Take()});
    changed_alerts_.emplace_back(alliance.name(), std::move(alert));
  }
  if (step.reload) to_reload_.push_back(&alliance);
  if (!step.changes.empty()) {
    transaction->logs.emplace_back(alliance.key(), std::move(step.changes));
  }
  for (Document& document : alliance.TakeDocuments()) {
    transaction->documents.push_back(std::move(document));
  }
}

Transaction Node::TakeTransaction() {
  Transaction transaction;
  for (const auto& [name, alliance] : alliances_) {
    TakeStep(*alliance, &transaction);
  }
  for (Document& document : documents_) {
    transaction.documents.push_back(std::move(document));
  }
  documents_.clear();
  return transaction;
}

bool Node::Changed() const {
  for (const auto& [name, alliance] : alliances_) {
    if (alliance->replica().Changed()) return true;
  }
  return Urgent();
}

bool Node::NeedsReload() const {
  for (const auto& [name, alliance] : alliances_) {
    if (alliance->replica().needs_reload()) return true;
  }
  return false;
}

bool Node::Urgent() const {
  if (!documents_.empty()) return true;
  for (const auto& [name, alliance] : alliances_) {
    if (alliance->Urgent()) return true;
  }
  return false;
}

std::vector<std::pair<std::string, drift::Alert>> Node::TakeChangedAlerts() {
  return std::exchange(changed_alerts_, {});
}

absl::Status Node::FinishCommit() {
  for (AllianceNode* alliance : std::exchange(to_reload_, {})) {
    TALLYSTICK_RETURN_IF_ERROR(alliance->Reload());
  }
  return absl::OkStatus();
}

absl::Status Node::Reload() {
  documents_.clear();
  changed_alerts_.clear();
  to_reload_.clear();
  TALLYSTICK_ASSIGN_OR_RETURN(const auto records,
                              store().ListDocuments(kAllianceSpace, ""));
  std::set<std::string> kept;
  for (const auto& [key, bytes] : records) {
    storage::v1::AllianceRecord record;
    if (!record.ParseFromString(bytes)) {
      return absl::DataLossError("the record of an alliance cannot be read");
    }
    const auto found = alliances_.find(record.alliance());
    if (found == alliances_.end()) continue;
    TALLYSTICK_RETURN_IF_ERROR(found->second->Reload());
    kept.insert(found->first);
  }
  // What was founded or joined in the failed transaction is gone.
  std::erase_if(alliances_, [&kept](const auto& alliance) {
    return !kept.contains(alliance.first);
  });
  UpdatePairingOpen();
  return absl::OkStatus();
}

}  // namespace tallystick::node
