// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_DRIFT_WORDS_H_
#define TALLYSTICK_CLI_DRIFT_WORDS_H_

#include <string>

#include "cli/table.h"
#include "tallystick/v1/drift_service.pb.h"

// Drift for somebody who runs an alliance, not a measurement.
namespace tallystick::cli {

// "meridian changed its answer": what a kind of drift means.
std::string KindInWords(const v1::StatementDrift& drift);

// All that is watched on a line each, worst first.
std::string RenderDrift(const v1::GetDriftResponse& drift,
                        const Layout& layout);

// One series with its chart and its figures.
std::string RenderSeries(const v1::DriftSeries& series, const Layout& layout);

// One finding with its figures.
std::string RenderStatement(const v1::StatementDrift& drift,
                            const Layout& layout);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_DRIFT_WORDS_H_
