// SPDX-License-Identifier: Apache-2.0
// Who the parties are, and who speaks for them.
#include <algorithm>

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

}  // namespace

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
  const v1::Person& person = change.put();
  const auto key = evidence::SshPublicKey::Parse(person.ssh_public_key());
  if (!IsPersonId(person.id()) || person.display_name().size() > 200 ||
      person.roles_size() > 20 || person.forums_size() > 20 || !key.ok()) {
    return evidence::Refuse("bad_person", "a person's entry cannot be used");
  }
  own_.roster[person.id()] = {
      .id = person.id(),
      .display_name = person.display_name(),
      .roles = {person.roles().begin(), person.roles().end()},
      .forums = {person.forums().begin(), person.forums().end()},
      .ssh_public_key = person.ssh_public_key()};
  state_.digest_.Touch(PersonItem(at_.party, person.id()));
  return absl::OkStatus();
}

}  // namespace tallystick::alliance
