// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/alliance/dates.h"
#include "core/alliance/state.h"
#include "core/alliance/watch.h"
#include "core/decision/past_decision.h"
#include "core/decision/terms.h"
#include "tests/bench/bench_node.h"
#include "tests/bench/bodies.h"
#include "tests/bench/daemon.h"
#include "tests/bench/measures.h"
#include "tests/e2e/program.h"

namespace tallystick::bench {
namespace {

constexpr int64_t kDayUs = int64_t{24} * 3600 * 1'000'000;
// 2020-01-01, in days since the Unix epoch.
constexpr int64_t kFirstDay = 18'262;
constexpr int kSeries = 1000;
constexpr int kMeasuresOfADecision = 100;

std::string SeriesName(int number) { return absl::StrCat("measure_", number); }

v1::Body Claim(int number, int64_t day) {
  v1::Body body;
  v1::RecordClaim& claim = *body.mutable_record_claim();
  claim.set_uid(absl::StrFormat("%016d", number));
  *claim.mutable_on() = expectation::DateToProto(alliance::DayOf(day * kDayUs));
  return body;
}

v1::Body Reading(int number, int series, int64_t day) {
  v1::Body body = Claim(number, day);
  v1::Reading& reading = *body.mutable_record_claim()->mutable_reading();
  reading.set_measure(SeriesName(series));
  reading.mutable_value()->set_unscaled(95 + (number * 7919) % 11);
  return body;
}

v1::Body Contribution(int number, int64_t day) {
  v1::Body body = Claim(number, day);
  v1::Contribution& given =
      *body.mutable_record_claim()->mutable_contribution();
  given.set_kind(absl::StrCat("kind_", number % 8));
  given.mutable_quantity()->set_unscaled(1 + number % 50);
  return body;
}

// Agrees on a figure for a hundred series from `first` on, and on eight rates.
v1::Body Terms(int first) {
  decision::Terms terms;
  for (int i = first; i < first + kMeasuresOfADecision; ++i) {
    terms.monitored.push_back({.measure = SeriesName(i),
                               .agreed = expectation::MakeDecimal(100, 0),
                               .sigma = expectation::MakeDecimal(5, 0),
                               .interval = std::nullopt});
  }
  decision::RateTable& table = terms.rate_tables.emplace_back();
  table.version = static_cast<uint32_t>(1 + first / kMeasuresOfADecision);
  table.currency = "EUR";
  for (int i = 0; i < 8; ++i) {
    table.rates.push_back({.kind = absl::StrCat("kind_", i),
                           .unit = "",
                           .rate = expectation::MakeDecimal(62025, 2)});
  }
  v1::DecisionContent content;
  content.set_type("commercial_terms");
  content.set_title("Figures");
  decision::WriteTerms(terms, &content);
  const expectation::Date day = alliance::DayOf(kFirstDay * kDayUs);
  v1::Body body;
  *body.mutable_past_decision() =
      decision::PastDecisionToProto({.reference = absl::StrCat("D", first),
                                     .content = content.SerializeAsString(),
                                     .proposed_by = v1::PARTY_A,
                                     .proposed_on = day,
                                     .accepted_on = day});
  return body;
}

// A state alone, without nodes.
class Logs {
 public:
  alliance::Touched Write(v1::Party party, const v1::Body& body) {
    const ledger::Leaf leaf = {
        .partner_size = state_.size(ledger::Other(party)),
        .time_us = (kFirstDay + 2000) * kDayUs,
        .author = "",
        .body_commitment = {}};
    const auto touched = state_.Fold(party, leaf, body.SerializeAsString());
    Check(touched.status());
    if (!touched->set_aside.empty()) {
      Die(absl::InternalError(touched->set_aside));
    }
    return *touched;
  }
  const alliance::AllianceState& state() const { return state_; }

 private:
  alliance::AllianceState state_ = alliance::AllianceState(
      std::string(16, 'u'), expectation::BuiltInCatalogue());
};

void Append(BenchNode& node, const std::vector<v1::Body>& bodies) {
  constexpr size_t kBatch = 1000;
  for (size_t at = 0; at < bodies.size(); at += kBatch) {
    const size_t count = std::min(kBatch, bodies.size() - at);
    node.CallNode([&](node::Node& n) -> absl::Status {
      return n.Append(**n.Find(""), {bodies.data() + at, count}, "");
    });
  }
}

}  // namespace

void MeasureNewReading() {
  constexpr int kReadings = 24;
  constexpr int kTimed = 500;
  const expectation::PartyNames names = {"cascadia", "meridian"};
  Logs logs;
  for (int first = 0; first < kSeries; first += kMeasuresOfADecision) {
    for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
      logs.Write(party, Terms(first));
    }
  }
  int number = 0;
  for (int i = 0; i < kReadings; ++i) {
    for (int series = 0; series < kSeries; ++series) {
      logs.Write(v1::PARTY_A, Reading(++number, series, kFirstDay + 30 * i));
    }
  }
  alliance::Watch watch;
  drift::AlertBook book;
  const int64_t now_us = (kFirstDay + 2000) * kDayUs;
  std::vector<double> seconds;
  for (int i = 0; i < kTimed; ++i) {
    const v1::Body body = Reading(++number, i, kFirstDay + 30 * kReadings);
    const auto start = Clock::now();
    watch.Note(logs.Write(v1::PARTY_A, body));
    watch.Look(logs.state(), names, now_us, book);
    seconds.push_back(SecondsSince(start));
  }
  PrintRow("a reading among 1,000 series, folded and judged",
           Median(seconds) * 1000, "ms", "<= 1");
}

void MeasureReports(const std::string& directory) {
  const std::string receiver = directory + "/reports";
  {
    BenchNode node(receiver, "cascadia.example", e2e::FreePort());
    node.Listen();
    BenchNode partner(directory + "/partner", "meridian.example", 0);
    node.PairWith(partner);
    // The terms count once both have told them.
    Append(partner, {Terms(0)});
    node.Until([](node::AllianceNode& alliance) {
      return alliance.replica().partner_log().size() >= 2;
    });
    node.StopListening();
    std::vector<v1::Body> bodies = {Terms(0)};
    for (int i = 0; i < 10'000; ++i) bodies.push_back(Stance(i, 20));
    for (int i = 0; i < 10'000; ++i) {
      bodies.push_back(Reading(i, i % 100, kFirstDay + i / 100));
    }
    for (int i = 10'000; i < 100'000; ++i) {
      bodies.push_back(Contribution(i, kFirstDay + i % 1000));
    }
    Append(node, bodies);
  }
  Daemon daemon(receiver);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"gaps"},
        {"balance"},
        {"drift"},
        {"drift", "measure_7"},
        {"explain", "inputs"},
        {"explain", "measure_7"}}) {
    const Daemon::Read read = daemon.TimeReads(words, 25);
    std::string name = "tally";
    for (const std::string& word : words) absl::StrAppend(&name, " ", word);
    PrintRow(absl::StrCat(name, ", 10,000 stances, 100,000 records, median"),
             read.median * 1000, "ms", "<= 60");
    PrintRow("  longest of 25", read.longest * 1000, "ms", "");
  }
}

}  // namespace tallystick::bench
