// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_SESSION_H_
#define TALLYSTICK_CLI_SESSION_H_

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/command.h"
#include "cli/node_client.h"
#include "cli/output.h"
#include "cli/table.h"
#include "tallystick/v1/alliance_service.pb.h"

// What one run of `tally` has at hand: whom it talks to, how it prints.
namespace tallystick::cli {

// The world outside, handed in.
struct Surroundings {
  std::ostream& out;
  std::ostream& err;
  // A variable of the environment; empty if it is not set.
  std::function<std::string(const std::string& name)> variable;
  // Of standard output.
  Layout layout;
  // Standard error is a terminal: progress may be shown.
  bool shows_progress = false;
};

// Options that every command takes.
struct Options {
  std::string data_dir;
  std::string socket;
  // Short name; empty: the only one.
  std::string alliance;
  // Of the own roster; empty: the company's node.
  std::string person;
  Format format = Format::kTable;
};

class Session {
 public:
  Session(Options options, const Surroundings& surroundings)
      : options_(std::move(options)),
        surroundings_(surroundings),
        node_(options_.socket) {}

  const Options& options() const { return options_; }
  const Surroundings& surroundings() const { return surroundings_; }
  NodeClient& node() { return node_; }
  std::ostream& out() { return surroundings_.out; }
  std::ostream& err() { return surroundings_.err; }
  const Layout& layout() const { return surroundings_.layout; }
  bool for_people() const { return options_.format == Format::kTable; }

  // The alliance the command is about, as a resource name. The node takes "-"
  // for the only one there is.
  std::string AllianceName() const;
  // The same with its parties; asks the node, once.
  absl::StatusOr<v1::Alliance> FindAlliance();

  // With -o json or yaml: prints `message`. For people the command prints
  // itself.
  absl::Status PrintForScripts(const google::protobuf::Message& message);

  void Print(const Table& table) { out() << table.Render(layout()); }
  // A remark; never among the results.
  void Remark(absl::string_view line) { err() << line << "\n"; }
  void RemarkDryRun(bool dry_run) {
    if (dry_run) Remark("Nothing was recorded (--dry-run).");
  }
  // For long waits; on a terminal only.
  void Progress(absl::string_view line) {
    if (surroundings_.shows_progress) err() << line << std::endl;
  }

  // The files a request is made from, named where the node refuses a line.
  const std::vector<std::string>& input_files() const { return input_files_; }
  void set_input_file(std::string file) { input_files_ = {std::move(file)}; }
  void set_input_files(std::vector<std::string> files) {
    input_files_ = std::move(files);
  }

 private:
  Options options_;
  const Surroundings& surroundings_;
  NodeClient node_;
  std::vector<std::string> input_files_;
};

// "alliances/x", "decisions", "d-7": the decision's resource name.
std::string ResourceName(absl::string_view alliance_name,
                         absl::string_view collection, absl::string_view id);

// Where the data of a node is: --data, TALLY_DATA, or the user's own place.
std::string DataDirectory(const std::string& given,
                          const Surroundings& surroundings);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_SESSION_H_
