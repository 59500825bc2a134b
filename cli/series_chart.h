// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_SERIES_CHART_H_
#define TALLYSTICK_CLI_SERIES_CHART_H_

#include <string>

#include "cli/table.h"
#include "tallystick/v1/drift_service.pb.h"

// A measured series drawn with characters.
namespace tallystick::cli {

// One column per reading, the newest that fit: the readings, the agreed figure
// as a line, the tolerance around it, and below where the drift began and where
// it was noticed.
std::string DrawSeries(const v1::DriftSeries& series, const Layout& layout);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_SERIES_CHART_H_
