// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_TERMS_ENCODING_H_
#define TALLYSTICK_NODE_API_TERMS_ENCODING_H_

#include <vector>

#include "core/alliance/plan_violations.h"
#include "core/alliance/terms.h"
#include "core/decision/terms.h"
#include "core/expectation/topic_ref.h"
#include "tallystick/v1/decision_service.pb.h"

// What is agreed besides topics, between its form in the core and the one that
// people write and read.
namespace tallystick::node {

// Adds what was written to the content, which has no terms yet, and everything
// that is wrong with it to `violations`, each with its line.
void DecodeAgreed(const v1::AgreedTerms& agreed,
                  const expectation::PartyNames& names,
                  v1::DecisionContent* content,
                  std::vector<alliance::Violation>* violations);

v1::AgreedTerms EncodeAgreed(const decision::Terms& terms,
                             const expectation::PartyNames& names);

// What is in force on `day`.
v1::Terms EncodeTerms(const alliance::AllianceState& state,
                      const expectation::PartyNames& names,
                      const expectation::Date& day);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_TERMS_ENCODING_H_
