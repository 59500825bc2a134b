// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_STATUS_MACROS_H_
#define TALLYSTICK_CORE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the enclosing function if `expr` is not OK.
#define TALLYSTICK_RETURN_IF_ERROR(expr)                                    \
  do {                                                                      \
    if (absl::Status tallystick_status = (expr); !tallystick_status.ok()) { \
      return tallystick_status;                                             \
    }                                                                       \
  } while (false)

// Declares or assigns `lhs` from the value of a StatusOr, or returns its
// status: TALLYSTICK_ASSIGN_OR_RETURN(const Note note, OpenNote(text));
#define TALLYSTICK_ASSIGN_OR_RETURN(lhs, expr) \
  TALLYSTICK_ASSIGN_OR_RETURN_IMPL_(           \
      TALLYSTICK_CONCAT_(tallystick_statusor_, __LINE__), lhs, expr)

// `lhs` may be a declaration, which cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define TALLYSTICK_CONCAT_INNER_(a, b) a##b
#define TALLYSTICK_CONCAT_(a, b) TALLYSTICK_CONCAT_INNER_(a, b)
#define TALLYSTICK_ASSIGN_OR_RETURN_IMPL_(statusor, lhs, expr) \
  auto statusor = (expr);                                      \
  if (!statusor.ok()) return std::move(statusor).status();     \
  lhs = *std::move(statusor)

// NOLINTEND(bugprone-macro-parentheses)

#endif  // TALLYSTICK_CORE_STATUS_MACROS_H_
