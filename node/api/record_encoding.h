// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_RECORD_ENCODING_H_
#define TALLYSTICK_NODE_API_RECORD_ENCODING_H_

#include "absl/status/statusor.h"
#include "core/alliance/record_row.h"
#include "core/alliance/state.h"
#include "node/engine/alliance_node.h"
#include "tallystick/v1/record_service.pb.h"

// Records as messages of the API, and what people write of them back.
namespace tallystick::node {

v1::Record EncodeRecord(const AllianceNode& alliance,
                        const alliance::AllianceState& state,
                        const record::Record& record);

// INVALID_ARGUMENT lists the types there are.
absl::StatusOr<record::Type> DecodeType(absl::string_view text);

// Errors are those of DecodeType.
absl::StatusOr<alliance::RecordRow> DecodeRow(const v1::RecordRow& row);
absl::StatusOr<alliance::RecordRow> DecodeRequest(
    const v1::CreateRecordRequest& request);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_RECORD_ENCODING_H_
