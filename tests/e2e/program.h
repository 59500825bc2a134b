// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_E2E_PROGRAM_H_
#define TALLYSTICK_TESTS_E2E_PROGRAM_H_

#include <functional>
#include <string>
#include <vector>

// Programs, run the way people run them: words in, exit status and text out.
namespace tallystick::e2e {

struct Result {
  // Exit status; 128 + n if signal n ended it.
  int status = 0;
  std::string out;
  std::string err;
};

// Waits for its end. `before_exec` runs in the child.
Result RunProgram(
    const std::vector<std::string>& words,
    const std::function<void()>& before_exec = [] {});

// The child's side of fork: standard streams, then the program. Killed when the
// parent dies. Never returns.
[[noreturn]] void Become(const std::vector<std::string>& words, int out,
                         int err);

// Exit status as in Result::status.
int WaitFor(int pid);

// True as soon as `condition` is; false after a minute.
bool Eventually(const std::function<bool()>& condition);

// A TCP port of loopback that nobody uses now.
int FreePort();

}  // namespace tallystick::e2e

#endif  // TALLYSTICK_TESTS_E2E_PROGRAM_H_
