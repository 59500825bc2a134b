// SPDX-License-Identifier: Apache-2.0
#include "node/api/request_hash.h"

#include "core/evidence/digest.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace tallystick::node {

std::string HashOf(const google::protobuf::MessageLite& request) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    // Maps come in the order of their keys.
    coded.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&coded);
  }
  return std::string(evidence::AsBytes(evidence::Sha256(bytes)));
}

}  // namespace tallystick::node
