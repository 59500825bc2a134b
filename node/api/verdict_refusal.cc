// SPDX-License-Identifier: Apache-2.0
#include "node/api/verdict_refusal.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/refusal.h"

namespace tallystick::node {
namespace {

// Why, and what to do about it; empty: the refusal's own words will do.
std::string Sentence(const std::string& reason, const Attempt& attempt) {
  const std::string look =
      absl::StrCat("(see: tally decision ", attempt.decision, ")");
  if (reason == "unknown_person") {
    return absl::StrCat(attempt.person, " is not on the roster of ",
                        attempt.party, " (see: tally people)");
  }
  if (reason == "unknown_signer") {
    return absl::StrCat("it was signed with another key than the roster of ",
                        attempt.party, " has for ", attempt.person,
                        " (see: tally people)");
  }
  if (reason == "text_mismatch") {
    return absl::StrCat(
        "the signed text is not that of the terms as they "
        "stand; read them and sign again ",
        look);
  }
  if (reason == "bad_signature") {
    return "the signature does not fit the text; sign exactly the text shown";
  }
  if (reason == "namespace_mismatch") {
    return "it was signed for another purpose (sign with: ssh-keygen -Y sign "
           "-n tallystick)";
  }
  if (reason == "malformed") {
    return "this is no signature of ssh-keygen -Y sign or of an ssh agent";
  }
  if (reason == "key_type_not_allowed") {
    return "people sign with an Ed25519 key (make one with: ssh-keygen -t "
           "ed25519)";
  }
  if (reason == "hash_not_allowed") {
    return "the signature is over SHA-512 or SHA-256, nothing else";
  }
  if (reason == "no_partner") {
    return "there is no partner yet; both companies must have joined (see: "
           "tally invite)";
  }
  if (reason == "already_ratified") {
    return absl::StrCat("it was ratified before ", look);
  }
  if (reason == "own_revision") {
    return absl::StrCat(
        "these are our own terms; take them back with: tally "
        "withdraw ",
        attempt.decision);
  }
  if (reason == "not_the_offerer") {
    return absl::StrCat(
        "only who offered the terms withdraws them; say no "
        "with: tally reject ",
        attempt.decision);
  }
  if (reason == "not_ratified") {
    return absl::StrCat("it is not in force: both must approve it first ",
                        look);
  }
  if (reason == "same_terms") {
    return absl::StrCat(
        "exactly these terms have been offered; approve them "
        "with: tally approve ",
        attempt.decision);
  }
  return "";
}

bool IsAboutTheState(const std::string& reason) {
  return reason == "no_partner" || reason == "not_ratified" ||
         reason == "already_ratified" || reason == "revision_ended" ||
         reason == "same_terms" || reason == "own_revision" ||
         reason == "not_the_offerer" || reason == "unknown_person" ||
         reason == "unknown_revision";
}

}  // namespace

absl::Status ExplainRefusal(const absl::Status& status,
                            const Attempt& attempt) {
  const std::string reason = evidence::ReasonOf(status);
  if (status.ok() || reason.empty()) return status;
  std::string why = Sentence(reason, attempt);
  if (why.empty()) {
    why = absl::StrCat(status.message(), " (see: tally decision ",
                       attempt.decision, ")");
  }
  absl::Status explained(IsAboutTheState(reason)
                             ? absl::StatusCode::kFailedPrecondition
                             : status.code(),
                         absl::StrCat("decision ", attempt.decision,
                                      " cannot be ", attempt.verb, ": ", why));
  status.ForEachPayload([&](absl::string_view key, const absl::Cord& value) {
    explained.SetPayload(key, value);
  });
  return explained;
}

}  // namespace tallystick::node
