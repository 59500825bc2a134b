// SPDX-License-Identifier: Apache-2.0
#include "cli/text_verdicts.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/session.h"
#include "cli/yaml_fields.h"
#include "core/status_macros.h"
#include "tallystick/v1/expectation_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

absl::StatusOr<bool> ReadDiffers(const YamlFields& fields,
                                 absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string word,
                              fields.RequiredText("verdict"));
  if (word == "same") return false;
  if (word == "differs" || word == "not_the_same") return true;
  return FileError(
      file, fields.Find("verdict")->line,
      absl::StrCat("verdict: \"", word, "\" is not same or differs"));
}

absl::StatusOr<TextVerdict> ReadVerdict(const YamlNode& node,
                                        absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(node,
                       {"topic", "verdict", "on", "hashes", "confirmed_by"},
                       "a confirmation of texts", file));
  TextVerdict verdict;
  TALLYSTICK_ASSIGN_OR_RETURN(verdict.topic, fields.RequiredText("topic"));
  TALLYSTICK_ASSIGN_OR_RETURN(verdict.differs, ReadDiffers(fields, file));
  TALLYSTICK_ASSIGN_OR_RETURN(verdict.stated, fields.Day("on"));
  const YamlField* hashes = fields.Find("hashes");
  const YamlField* by = fields.Find("confirmed_by");
  if (hashes == nullptr || hashes->value.kind != YamlNode::Kind::kMap) {
    return FileError(file, fields.line(),
                     "hashes: takes the hash of each company's text");
  }
  if (by == nullptr || by->value.kind != YamlNode::Kind::kList) {
    return FileError(file, fields.line(),
                     "confirmed_by: takes a list of companies");
  }
  for (const YamlField& hash : hashes->value.fields) {
    const std::string& hex = hash.value.scalar;
    if (hex.size() != 64 || !std::all_of(hex.begin(), hex.end(), [](char c) {
          return absl::ascii_isxdigit(static_cast<unsigned char>(c));
        })) {
      return FileError(
          file, hash.line,
          absl::StrCat(hash.key, ": a hash is 64 hexadecimal digits"));
    }
    verdict.hashes[hash.key] = hex;
  }
  for (const YamlNode& party : by->value.items) {
    verdict.confirmed_by.push_back(party.scalar);
  }
  return verdict;
}

}  // namespace

absl::StatusOr<std::vector<TextVerdict>> ReadTextVerdicts(
    const YamlField& confirmations, absl::string_view file) {
  if (confirmations.value.kind != YamlNode::Kind::kList) {
    return FileError(file, confirmations.line,
                     "text_confirmations: takes a list of {topic: , verdict: , "
                     "hashes: , confirmed_by: }");
  }
  std::vector<TextVerdict> verdicts;
  for (const YamlNode& node : confirmations.value.items) {
    TALLYSTICK_ASSIGN_OR_RETURN(verdicts.emplace_back(),
                                ReadVerdict(node, file));
  }
  return verdicts;
}

absl::StatusOr<SaidOfTexts> SayOfTexts(Session& session,
                                       const std::vector<TextVerdict>& verdicts,
                                       bool validate_only) {
  SaidOfTexts result;
  if (verdicts.empty()) return result;
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Alliance alliance,
                              session.FindAlliance());
  const std::string& own = alliance.own_short_name();
  const std::string& partner = alliance.partner_short_name();
  for (const TextVerdict& verdict : verdicts) {
    const auto& by = verdict.confirmed_by;
    for (const std::string& party : by) {
      if (party == own || party == partner) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          "text_confirmations: ", verdict.topic, ": confirmed_by: ", party,
          " is no party; write ", own, " or ", partner));
    }
    if (std::find(by.begin(), by.end(), own) == by.end()) continue;
    const auto hash_of = [&verdict](const std::string& party) -> std::string {
      const auto found = verdict.hashes.find(party);
      return found == verdict.hashes.end() ? "" : found->second;
    };
    // Without both it would say something of whatever texts there are.
    if (hash_of(own).empty() || hash_of(partner).empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("text_confirmations: ", verdict.topic,
                       ": hashes: needs ", own, " and ", partner));
    }
    v1::ConfirmTextRequest request;
    request.set_parent(alliance.name());
    request.set_topic(verdict.topic);
    request.set_differs(verdict.differs);
    request.set_stated(verdict.stated);
    request.set_own_hash(hash_of(own));
    request.set_other_hash(hash_of(partner));
    request.set_validate_only(validate_only);
    request.set_request_id(NewRequestId());
    request.set_author(session.options().person);
    v1::ConfirmTextResponse response;
    const absl::Status said = session.node().Call(
        &v1::ExpectationService::Stub::ConfirmText, request, &response);
    if (absl::IsFailedPrecondition(said)) {
      result.waiting.push_back(verdict.topic);
      continue;
    }
    TALLYSTICK_RETURN_IF_ERROR(said);
    (response.unchanged() ? result.unchanged : result.said) += 1;
  }
  return result;
}

}  // namespace tallystick::cli
