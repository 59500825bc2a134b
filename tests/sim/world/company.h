// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_WORLD_COMPANY_H_
#define TALLYSTICK_TESTS_SIM_WORLD_COMPANY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/alliance/replica.h"
#include "core/evidence/ed25519.h"
#include "tallystick/v1/entry.pb.h"

// The two companies every simulation is about: keys, names and people, all
// made from fixed seeds.
namespace tallystick::sim {

inline constexpr absl::string_view kAllianceUid = "0123456789abcdef";

// A person with an SSH key.
struct Person {
  std::string id;
  evidence::SigningKey key;

  // "ssh-ed25519 AAAA..."
  std::string PublicKey() const;
  // An armoured SSHSIG over `text`, as ssh-keygen makes it.
  std::string Sign(absl::string_view text) const;
};

struct Company {
  v1::Party party;
  std::string domain;
  evidence::SigningKey log_key;
  evidence::SigningKey witness_key;
  std::vector<Person> people;

  std::string Origin() const;
  std::string WitnessName() const;
  alliance::PartnerKeys Keys() const;
  // The first entry of its log, and the one that puts a person on the roster.
  v1::Body Opening() const;
  v1::Body Enrolment(const Person& person) const;
};

// The company that is `party`; lives for ever.
const Company& CompanyOf(v1::Party party);

// How `own` sees the alliance with the other company.
alliance::ReplicaSetup SetupOf(const Company& own);

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_WORLD_COMPANY_H_
