// SPDX-License-Identifier: Apache-2.0
// topics.
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/expectation_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

Outcome ListTopics(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::ListTopicsRequest request;
  request.set_parent(alliance);
  request.set_layer(arguments.Get("--layer"));
  request.set_missing(arguments.Has("--missing"));
  // The catalogue has an end, and leaving out topics would hide questions.
  const int wanted = arguments.Has("--limit") ? WantedItems(arguments) : kEvery;
  v1::ListTopicsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(ListPages(
      session, &v1::ExpectationService::Stub::ListTopics, request, wanted,
      &response, [](const auto& page) { return page.topics_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (!session.for_people()) return Exit::kDone;
  Table table({{"topic"},
               {"title"},
               {"answer"},
               {"w", Table::Align::kRight},
               {"ours"},
               {"theirs"},
               {"agreed"}});
  for (const v1::Topic& topic : response.topics()) {
    table.AddRow(
        {topic.topic(), topic.title(), topic.answer_type(),
         absl::StrCat(topic.weight()), topic.own_stated() ? "stated" : "-",
         topic.prediction_stated() ? "predicted" : "-", topic.agreed()});
  }
  if (!table.empty()) {
    session.Print(table);
  } else {
    session.Remark(request.missing()
                       ? "Nothing is missing: every topic has both answers."
                       : "No topics there. See all: tally topics");
  }
  return Exit::kDone;
}

}  // namespace

void AddTopicCommands(Commands& commands) {
  commands.push_back(
      {"topics",
       "Show what can be answered, and what you have answered.",
       "tally topics --layer deal\ntally topics --missing",
       "\"Ours\" is your own answer, \"theirs\" what you believe the partner "
       "answers. Fill in many at once with: tally view template",
       {Option("--layer", "LAYER",
               "Only of this layer: frame, socket, performance, ..."),
        Switch("--missing", "Only where one of your two answers is missing."),
        Option("--limit", "N", "Show N (default: all)."),
        Switch("--all", "Show every one.")},
       ListTopics});
}

}  // namespace tallystick::cli
