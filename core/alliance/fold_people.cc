// SPDX-License-Identifier: Apache-2.0
// Who the parties are, and who speaks for them.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "core/alliance/folder.h"
#include "core/alliance/items.h"
#include "core/evidence/party_name.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/evidence/ssh_public_key.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

constexpr size_t kTitleSizeMax = 200;
constexpr int kRolesMax = 20;
constexpr size_t kRoleSizeMax = 100;

// Domain, keys and title stand in every text that is signed in the alliance.
absl::Status CheckNames(const v1::Opening& opening) {
  TALLYSTICK_RETURN_IF_ERROR(evidence::CheckDomain(opening.domain()));
  TALLYSTICK_RETURN_IF_ERROR(
      evidence::CheckDisplayName(opening.display_name()));
  if (!evidence::IsPlainLine(opening.title(), kTitleSizeMax)) {
    return absl::InvalidArgumentError(
        "the title of an alliance is one line of at most 200 bytes");
  }
  return evidence::ReadPartyKeys(opening.domain(),
                                 absl::BytesToHexString(opening.alliance_uid()),
                                 opening.log_key(), opening.witness_key())
      .status();
}

absl::Status RefusePerson(absl::string_view detail) {
  return evidence::Refuse("bad_person", detail);
}

template <typename Words>
bool AreRoles(const Words& words) {
  return words.size() <= kRolesMax &&
         std::all_of(words.begin(), words.end(), [](const std::string& word) {
           return !word.empty() && evidence::IsPlainLine(word, kRoleSizeMax);
         });
}

absl::StatusOr<RosterPerson> ReadPerson(const v1::Person& person) {
  if (!IsPersonId(person.id())) {
    return RefusePerson(
        "the id of a person is 1 to 63 of a-z, 0-9, '.', '_' and '-'");
  }
  if (!evidence::IsPlainLine(person.display_name(),
                             evidence::kDisplayNameSizeMax)) {
    return RefusePerson("a name is one line of plain text, at most 200 bytes");
  }
  if (!AreRoles(person.roles()) || !AreRoles(person.forums())) {
    return RefusePerson(
        "a person has at most 20 roles and 20 forums, each one line of plain "
        "text of 1 to 100 bytes");
  }
  const auto key = evidence::SshPublicKey::Parse(person.ssh_public_key());
  if (!key.ok()) return RefusePerson(key.status().message());
  return RosterPerson{
      .id = person.id(),
      .display_name = person.display_name(),
      .roles = {person.roles().begin(), person.roles().end()},
      .forums = {person.forums().begin(), person.forums().end()},
      // Without the comment that may stand behind it.
      .ssh_public_key = key->ToString()};
}

}  // namespace

bool IsPersonId(absl::string_view id) {
  if (id.empty() || id.size() > ledger::kAuthorSizeMax) return false;
  const auto is_alnum = [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c);
  };
  return is_alnum(id[0]) &&
         std::all_of(id.begin(), id.end(), [&](unsigned char c) {
           return is_alnum(c) || c == '.' || c == '_' || c == '-';
         });
}

absl::Status Folder::FoldOpening(const v1::Opening& opening) {
  if (at_.index != 0) {
    return RefuseStatement("only the first entry introduces its author");
  }
  if (opening.alliance_uid() != state_.alliance_uid_ ||
      opening.party() != at_.party) {
    return RefuseStatement("the introduction is not for this log");
  }
  if (const absl::Status sound = CheckNames(opening); !sound.ok()) {
    return RefuseStatement(sound.message());
  }
  own_.introduction = Introduction{.domain = opening.domain(),
                                   .display_name = opening.display_name(),
                                   .title = opening.title(),
                                   .log_key = opening.log_key(),
                                   .witness_key = opening.witness_key()};
  state_.digest_.Touch(IntroductionItem(at_.party));
  return absl::OkStatus();
}

absl::Status Folder::FoldRosterChange(const v1::RosterChange& change) {
  if (change.change_case() == v1::RosterChange::kRemove) {
    if (own_.roster.erase(change.remove()) == 0) {
      return evidence::Refuse("unknown_person", "no such person to remove");
    }
    state_.digest_.Touch(PersonItem(at_.party, change.remove()));
    return absl::OkStatus();
  }
  TALLYSTICK_ASSIGN_OR_RETURN(RosterPerson person, ReadPerson(change.put()));
  std::string id = person.id;
  state_.digest_.Touch(PersonItem(at_.party, id));
  own_.roster[std::move(id)] = std::move(person);
  return absl::OkStatus();
}

}  // namespace tallystick::alliance
