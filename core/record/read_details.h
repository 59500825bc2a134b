// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_READ_DETAILS_H_
#define TALLYSTICK_CORE_RECORD_READ_DETAILS_H_

#include "absl/status/status.h"
#include "core/record/record.h"
#include "tallystick/v1/do.pb.h"

// Inside of ReadClaim: what each type of record must look like.
namespace tallystick::record {

// Takes kind, title, figure and details out of a claim. "bad_record" names the
// first bound of do.proto that is broken, "unknown_statement" a type that this
// version does not know.
absl::Status ReadDetails(const v1::RecordClaim& claim, Record& record);

absl::Status RefuseRecord(absl::string_view detail);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_READ_DETAILS_H_
