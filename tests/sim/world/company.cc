// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/company.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/digest.h"
#include "core/evidence/party_name.h"
#include "core/evidence/sshsig.h"
#include "core/expectation/catalogue.h"

namespace tallystick::sim {
namespace {

evidence::SigningKey KeyFor(absl::string_view what) {
  const evidence::Digest seed = evidence::Sha256(what);
  return *evidence::SigningKey::FromSeed(
      {reinterpret_cast<const char*>(seed.data()), seed.size()});
}

std::string HexUid() { return absl::BytesToHexString(kAllianceUid); }

Company MakeCompany(v1::Party party, const std::string& name) {
  Company company = {.party = party,
                     .domain = absl::StrCat(name, ".example"),
                     .log_key = KeyFor(absl::StrCat(name, " log")),
                     .witness_key = KeyFor(absl::StrCat(name, " witness"))};
  for (const char* person : {"chief", "second"}) {
    const std::string id = absl::StrCat(name, ".", person);
    company.people.push_back({.id = id, .key = KeyFor(id)});
  }
  return company;
}

}  // namespace

std::string Person::PublicKey() const {
  return evidence::SshPublicKey{.key = key.public_key()}.ToString();
}

std::string Person::Sign(absl::string_view text) const {
  return evidence::ArmourSignature(evidence::SshSignature{
      .key = {.key = key.public_key()},
      .signature_namespace = std::string(evidence::kApprovalNamespace),
      .ed25519 = key.Sign(evidence::SshSigPreimage(text))});
}

std::string Company::Origin() const {
  return evidence::OriginOf(domain, HexUid());
}

std::string Company::WitnessName() const {
  return evidence::WitnessNameOf(domain, HexUid());
}

alliance::PartnerKeys Company::Keys() const {
  return {evidence::VerifierKey::ForLog(Origin(), log_key.public_key()),
          evidence::VerifierKey::ForWitness(WitnessName(),
                                            witness_key.public_key())};
}

v1::Body Company::Opening() const {
  v1::Body body;
  v1::Opening& opening = *body.mutable_opening();
  opening.set_alliance_uid(std::string(kAllianceUid));
  opening.set_party(party);
  opening.set_domain(domain);
  opening.set_display_name(domain);
  opening.set_title("Simulated");
  opening.set_log_key(Keys().log_key.ToString());
  opening.set_witness_key(Keys().witness_key.ToString());
  opening.set_catalogue_version(1);
  return body;
}

v1::Body Company::Enrolment(const Person& person) const {
  v1::Body body;
  v1::Person& put = *body.mutable_roster_change()->mutable_put();
  put.set_id(person.id);
  put.set_display_name(person.id);
  put.set_ssh_public_key(person.PublicKey());
  return body;
}

const Company& CompanyOf(v1::Party party) {
  static const Company* const kA =
      new Company(MakeCompany(v1::PARTY_A, "cascadia"));
  static const Company* const kB =
      new Company(MakeCompany(v1::PARTY_B, "meridian"));
  return party == v1::PARTY_A ? *kA : *kB;
}

alliance::ReplicaSetup SetupOf(const Company& own) {
  const Company& partner = CompanyOf(ledger::Other(own.party));
  return {.alliance_uid = std::string(kAllianceUid),
          .alliance = "simulated",
          .own_party = own.party,
          .names = {"cascadia", "meridian"},
          .log_key = &own.log_key,
          .witness_key = &own.witness_key,
          .origin = own.Origin(),
          .witness_name = own.WitnessName(),
          .partner = partner.Keys(),
          .catalogue = &expectation::BuiltInCatalogue(),
          .software_version = "simulated/1"};
}

}  // namespace tallystick::sim
