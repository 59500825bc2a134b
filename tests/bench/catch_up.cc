// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/bench/bench_node.h"
#include "tests/bench/bodies.h"
#include "tests/bench/daemon.h"
#include "tests/bench/measures.h"
#include "tests/e2e/program.h"

namespace tallystick::bench {
namespace {

constexpr size_t kEntryBytes = 300;

// The same bytes, one transaction.
double FloorB(const std::string& path, int entries) {
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  sqlite3_exec(db,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "CREATE TABLE t(i INTEGER PRIMARY KEY, d BLOB) STRICT",
               nullptr, nullptr, nullptr);
  const std::string row(kEntryBytes, 'x');
  const auto start = Clock::now();
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO t(d) VALUES(?)", -1, &insert, nullptr);
  for (int i = 0; i < entries; ++i) {
    sqlite3_bind_blob(insert, 1, row.data(), static_cast<int>(row.size()),
                      SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  const double seconds = SecondsSince(start);
  sqlite3_close(db);
  return seconds;
}

size_t EntrySize(BenchNode& node, uint64_t index) {
  size_t size = 0;
  node.Call([&](node::AllianceNode& alliance) -> absl::Status {
    const auto entries =
        alliance.reader().ReadEntries(ledger::Side::kOwn, index, 1);
    if (!entries.ok()) return entries.status();
    const ledger::Entry& entry = entries->at(0);
    size = entry.leaf.size() + entry.salt.size() + entry.body.size();
    return absl::OkStatus();
  });
  return size;
}

void AppendStances(BenchNode& node, int first, int count, size_t reason) {
  std::vector<v1::Body> bodies;
  for (int i = 0; i < count; ++i) bodies.push_back(Stance(first + i, reason));
  node.CallNode([&](node::Node& n) -> absl::Status {
    return n.Append(**n.Find(""), bodies, "");
  });
}

void Fill(BenchNode& node, int entries) {
  constexpr size_t kGuess = 150;
  AppendStances(node, 0, 1, kGuess);
  const size_t reason = kGuess + kEntryBytes - EntrySize(node, 1);
  for (int at = 1; at < entries; at += 1000) {
    AppendStances(node, at, std::min(1000, entries - at), reason);
  }
}

double DirectoryBytes(const std::string& directory) {
  double bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(directory)) {
    if (file.path().filename().string().rfind("node.db", 0) == 0) {
      bytes += static_cast<double>(file.file_size());
    }
  }
  return bytes;
}

}  // namespace

CatchUp MeasureCatchUp(const std::string& directory, int entries) {
  const std::string name = absl::StrCat(directory, "/", entries);
  const std::string sender_directory = name + "a";
  const std::string receiver = name + "b";
  const double payload = static_cast<double>(entries) * kEntryBytes;
  const std::string prefix = absl::StrCat(entries, " entries: ");

  BenchNode sender(sender_directory, "cascadia.example", e2e::FreePort());
  sender.Listen();
  {
    BenchNode partner(receiver, "meridian.example", 0);
    sender.PairWith(partner);
  }
  sender.StopListening();
  Fill(sender, entries);

  Daemon daemon(receiver);
  const double resting = daemon.Mib("VmRSS:");
  const double cpu_before = daemon.CpuSeconds();
  const double wire_before = Field("/proc/net/dev", "lo:");
  const int connections = sender.connections();
  sender.Listen();
  e2e::Eventually([&] { return sender.connections() > connections; });
  const auto start = Clock::now();
  sender.Until([&](node::AllianceNode& alliance) {
    const auto& log = alliance.replica().own_log();
    return log.head().cosigned_size == log.size();
  });
  const double seconds = SecondsSince(start);
  const double cpu = daemon.CpuSeconds() - cpu_before;
  const double wire = Field("/proc/net/dev", "lo:") - wire_before;
  const double floor = FloorB(name + "floor.db", entries);

  PrintRow(prefix + "floor B", entries / floor, "entries/s", "");
  PrintRow(prefix + "catch-up", entries / seconds, "entries/s", "");
  PrintRow(prefix + "  ratio", floor / seconds, "x", ">= 0.4");
  PrintRow(prefix + "receiver, processor time / time", cpu / seconds, "x", "");
  PrintRow(prefix + "on the wire (all of loopback) / payload", wire / payload,
           "x", "<= 1.1");
  PrintRow(prefix + "receiver, resting memory", resting, "MiB", "< 40");
  PrintRow(prefix + "receiver, peak above resting",
           daemon.Mib("VmHWM:") - resting, "MiB", "<= 64");
  PrintRow(prefix + "CLI read, whole process",
           daemon.TimeReads({"status"}, 50).median * 1e3, "ms", "< 30");
  daemon.Stop();
  PrintRow(prefix + "stored / payload", DirectoryBytes(receiver) / payload, "x",
           "<= 1.3");

  std::vector<double> starts;
  for (int i = 0; i < 5; ++i) starts.push_back(Daemon(receiver).start());
  PrintRow(prefix + "node start", Median(starts) * 1e3, "ms", "");
  return {.start = Median(starts)};
}

}  // namespace tallystick::bench
