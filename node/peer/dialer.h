// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_DIALER_H_
#define TALLYSTICK_NODE_PEER_DIALER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/identity/certificate.h"
#include "node/peer/peer_stream.h"
#include "node/peer/stream_registry.h"

namespace tallystick::node {

// Calls a partner whose certificate we have pinned. Returns at once; the rest
// is told to `handler`, which must outlive the stream: OnStreamOpened if the
// partner was reached and takes us, OnStreamClosed in any case. Frames may be
// sent right away. `tag` is the caller's and comes back as PeerStream::tag.
// INVALID_ARGUMENT if the address or the certificate is none,
// FAILED_PRECONDITION after StreamRegistry::CancelAll.
absl::StatusOr<std::shared_ptr<PeerStream>> Dial(
    absl::string_view address, absl::string_view partner_certificate_pem,
    const TlsKeyPair& own, const std::shared_ptr<StreamRegistry>& streams,
    PeerHandler* handler, int64_t tag);

struct Paired {
  v1::PairResponse response;
  // Of the connection the response came over; has the expected fingerprint.
  Certificate inviter;
};

// Redeems an invitation with a node of which only the fingerprint is known.
// Returns at once and calls `done` once, on a thread of gRPC's or, for a bad
// address, before it returns. Errors are sentences for people: UNAVAILABLE not
// reached, DEADLINE_EXCEEDED, PERMISSION_DENIED another certificate than the
// one expected (nothing was sent), UNAUTHENTICATED refused, INVALID_ARGUMENT no
// address.
void PairWith(absl::string_view address, const Fingerprint& expected,
              const TlsKeyPair& own, const v1::PairRequest& request,
              absl::Duration timeout,
              std::function<void(absl::StatusOr<Paired>)> done);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_DIALER_H_
