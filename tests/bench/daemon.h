// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_BENCH_DAEMON_H_
#define TALLYSTICK_TESTS_BENCH_DAEMON_H_

#include <string>
#include <vector>

// A node as people run it, and what the system says of it.
namespace tallystick::bench {

// The number behind `name` in a file such as /proc/1/status, in its own unit;
// 0 if it is not there.
double Field(const std::string& path, const std::string& name);

class Daemon {
 public:
  // Returns when it takes calls.
  explicit Daemon(const std::string& directory);
  ~Daemon() { Stop(); }
  Daemon(const Daemon&) = delete;

  void Stop();
  // Seconds from exec to taking calls.
  double start() const { return start_; }
  // Processor time it has used, user and system.
  double CpuSeconds() const;
  double Mib(const std::string& field) const;
  // Seconds a `tally` with these words takes as a whole process: median and
  // longest of `times`.
  struct Read {
    double median = 0;
    double longest = 0;
  };
  Read TimeReads(const std::vector<std::string>& words, int times) const;

 private:
  const std::string directory_;
  int pid_ = 0;
  double start_ = 0;
};

}  // namespace tallystick::bench

#endif  // TALLYSTICK_TESTS_BENCH_DAEMON_H_
