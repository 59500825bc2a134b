// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/workload.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/ledger/position.h"

namespace tallystick::sim {
namespace {

constexpr std::array kPositions = {"transactional", "cooperative", "innovative",
                                   "identity"};
constexpr std::array kVisibility = {"invisible", "named_supplier", "co_branded",
                                    "one_joint_brand"};
constexpr std::array kReadiness = {"not ready (1)", "2", "3", "4",
                                   "fully ready (5)"};

std::string Bytes(const evidence::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

v1::EntryRef RefOf(const decision::Decision& decision) {
  v1::EntryRef ref;
  ref.set_party(decision.party);
  ref.set_uid(decision.uid);
  return ref;
}

std::string Terms(const std::string& title, const std::string& position,
                  int64_t respond_by_us) {
  v1::DecisionContent terms;
  terms.set_type("roadmap_changes");
  terms.set_title(title);
  terms.set_respond_by_us(respond_by_us);
  v1::CharterSetting& setting = *terms.add_settings();
  setting.set_topic("frame/spectrum-position");
  setting.mutable_value()->set_option(position);
  return terms.SerializeAsString();
}

// Draws the next statements of one company.
class Writer {
 public:
  Writer(const Company& own, const alliance::AllianceState& state,
         std::mt19937_64& random, int64_t now_us)
      : own_(own), state_(state), random_(random), now_us_(now_us) {}

  Statements Next() {
    switch (Below(18)) {
      case 16:
        return Past();
      case 17:
        return Done();
      case 0:
      case 1:
      case 2:
        return Stances();
      case 3:
      case 4:
        return Claim();
      case 5:
      case 6:
        return Answer();
      case 7:
        return Below(3) == 0 ? BetterOff() : Roster();
      case 8:
      case 9:
        return One("proposal",
                   sim::Proposal(Uid(), absl::StrCat("Plan ", Below(1000)),
                                 Pick(kPositions), Limit()));
      default:
        return OnDecision();
    }
  }

 private:
  uint64_t Below(uint64_t bound) { return random_() % bound; }
  template <size_t kSize>
  std::string Pick(const std::array<const char*, kSize>& options) {
    return options[Below(kSize)];
  }
  std::string Uid() {
    std::string uid;
    for (int i = 0; i < 16; ++i) uid.push_back(static_cast<char>(random_()));
    return uid;
  }
  int64_t Limit() {
    if (Below(2) == 0) return 0;
    return now_us_ + static_cast<int64_t>(Below(3'600'000'000));
  }
  const Person& SomePerson() { return own_.people[Below(4) == 0 ? 1 : 0]; }
  Statements One(std::string what, v1::Body body) {
    return {.bodies = {std::move(body)},
            .author = Below(2) == 0 ? "" : own_.people[0].id,
            .what = std::move(what)};
  }

  Statements Stances() {
    Statements statements = {.what = "stances"};
    for (uint64_t i = 0; i <= Below(3); ++i) {
      const v1::Stance::Cell cell =
          Below(2) == 0 ? v1::Stance::OWN : v1::Stance::PREDICTION;
      v1::Body body = Stance("frame/spectrum-position", Pick(kPositions), cell);
      v1::Stance& stance = *body.mutable_stance();
      switch (Below(3)) {
        case 0:
          stance.set_topic("frame/customer-visibility");
          stance.mutable_value()->set_option(Pick(kVisibility));
          break;
        case 1:
          stance.set_topic("socket/readiness-to-change");
          stance.set_about(Below(2) == 0 ? v1::PARTY_A : v1::PARTY_B);
          stance.mutable_value()->set_option(Pick(kReadiness));
          break;
        default:
          break;
      }
      if (Below(6) == 0) stance.mutable_declined();
      if (Below(8) == 0) stance.mutable_withdrawn();
      statements.bodies.push_back(std::move(body));
    }
    return statements;
  }

  Statements Claim() {
    v1::Body body;
    v1::RecordClaim& claim = *body.mutable_record_claim();
    claim.set_uid(Uid());
    if (Below(2) == 0) claim.set_reference(absl::StrCat("PO-", Below(20)));
    claim.mutable_on()->set_year(2026);
    claim.mutable_on()->set_month(1 + static_cast<int>(Below(12)));
    claim.mutable_on()->set_day(1 + static_cast<int>(Below(28)));
    Happening(claim);
    const auto& records = state_.records(own_.party);
    if (!records.empty() && Below(3) == 0) {
      claim.set_corrects_uid(records[Below(records.size())].uid);
    }
    return One("claim", std::move(body));
  }

  // What the claim is of: most often a contribution, and of all else something.
  void Happening(v1::RecordClaim& claim) {
    const auto figure = 1 + static_cast<int64_t>(Below(50));
    switch (Below(16)) {
      case 0:
        claim.mutable_benefit()->set_kind("gross_profit");
        claim.mutable_benefit()->mutable_money()->set_minor_units(figure);
        claim.mutable_benefit()->mutable_money()->set_currency("USD");
        return;
      case 1:
        claim.mutable_upkeep()->set_kind("joint_office");
        claim.mutable_upkeep()->mutable_money()->set_minor_units(figure);
        claim.mutable_upkeep()->mutable_money()->set_currency("USD");
        return;
      case 2: {
        v1::Risk& risk = *claim.mutable_risk();
        risk.set_title("demand shortfall");
        risk.set_likelihood(Below(2) == 0 ? "possible" : "likely");
        risk.mutable_impact()->set_minor_units(figure);
        risk.mutable_impact()->set_currency("USD");
        // Some bear more than there is.
        risk.mutable_borne_by_a()->set_unscaled(
            static_cast<int64_t>(Below(12)));
        risk.mutable_borne_by_a()->set_scale(1);
        return;
      }
      case 3:
      case 4: {
        v1::Reading& reading = *claim.mutable_reading();
        reading.set_measure("service_level");
        reading.mutable_value()->set_unscaled(96 +
                                              static_cast<int64_t>(Below(6)));
        return;
      }
      case 5:
        claim.mutable_knowledge()->set_kind("training_day");
        claim.mutable_knowledge()->mutable_count()->set_unscaled(figure);
        return;
      case 6:
        claim.mutable_meeting()->set_forum("steering");
        claim.mutable_meeting()->add_attendees(own_.people[0].id);
        return;
      case 7:
        claim.mutable_milestone()->set_title("shelf-life study");
        *claim.mutable_milestone()->mutable_due() = claim.on();
        return;
      case 8:
        claim.mutable_conflict()->set_title("price of concentrate");
        return;
      case 9:
        claim.mutable_owned_result()->set_kind("patent_filing");
        claim.mutable_owned_result()->mutable_owned_by_a();
        return;
      case 10:
        claim.mutable_share_claim()->set_subject("category_growth");
        claim.mutable_share_claim()->mutable_own_share()->set_unscaled(1);
        return;
      case 11:
        claim.mutable_commitment()->set_person(own_.people[0].id);
        claim.mutable_commitment()->mutable_days()->set_unscaled(figure);
        return;
      default:
        claim.mutable_contribution()->set_kind("field_sales_day");
        claim.mutable_contribution()->mutable_quantity()->set_unscaled(figure);
    }
  }

  Statements BetterOff() {
    v1::Body body;
    body.mutable_better_off()->set_answer(
        static_cast<v1::BetterOffAnswer::Answer>(Below(4)));
    return One("better off", std::move(body));
  }

  Statements Answer() {
    const v1::Party giver = ledger::Other(own_.party);
    const auto& records = state_.records(giver);
    if (records.empty()) return Claim();
    v1::Body body;
    v1::RecordAnswer& answer = *body.mutable_record_answer();
    answer.mutable_record()->set_party(giver);
    answer.mutable_record()->set_uid(records[Below(records.size())].uid);
    if (Below(3) == 0) {
      answer.mutable_dispute()->set_reason("We count otherwise");
    } else if (Below(3) == 0) {
      answer.mutable_acknowledgement();
    } else {
      answer.mutable_acknowledgement()->mutable_quantity()->set_unscaled(
          static_cast<int64_t>(Below(50)));
    }
    return One("answer", std::move(body));
  }

  // Both companies tell of the same few decisions, more or less alike.
  Statements Past() {
    v1::Body body;
    v1::PastDecision& past = *body.mutable_past_decision();
    past.set_reference(absl::StrCat("D", 1 + Below(3)));
    v1::DecisionContent terms;
    terms.set_type("commercial_terms");
    terms.set_title("Terms");
    v1::Target& target = *terms.add_targets();
    target.set_dimension(v1::Target::INPUTS);
    target.mutable_share_of_a()->set_unscaled(4);
    target.mutable_share_of_a()->set_scale(1);
    past.set_content(terms.SerializeAsString());
    past.set_proposed_by(v1::PARTY_A);
    SetDay(15, *past.mutable_proposed_on());
    // Now and then before it was proposed.
    SetDay(14 + Below(4), *past.mutable_accepted_on());
    return One("past decision", std::move(body));
  }

  static void SetDay(uint64_t day, v1::Date& date) {
    date.set_year(2025);
    date.set_month(1);
    date.set_day(static_cast<int>(day));
  }

  Statements Done() {
    v1::Body body;
    v1::Fulfilment& done = *body.mutable_fulfilment();
    done.set_reference(absl::StrCat("D", 1 + Below(3)));
    if (Below(3) > 0) {
      for (const v1::Party opener : {v1::PARTY_A, v1::PARTY_B}) {
        for (const decision::Decision& decision : state_.decisions(opener)) {
          if (!decision::Evaluate(decision, 0).ratified) continue;
          *done.mutable_decision() = RefOf(decision);
          break;
        }
      }
    }
    if (Below(4) > 0) SetDay(1 + Below(28), *done.mutable_done_on());
    return One("fulfilment", std::move(body));
  }

  Statements Roster() {
    if (Below(3) > 0) return One("enrolment", own_.Enrolment(SomePerson()));
    v1::Body body;
    body.mutable_roster_change()->set_remove(own_.people[1].id);
    return One("removal", std::move(body));
  }

  Statements OnDecision() {
    const v1::Party opener = Below(2) == 0 ? v1::PARTY_A : v1::PARTY_B;
    const auto& decisions = state_.decisions(opener);
    if (decisions.empty()) return Stances();
    // The newest ones are where things cross.
    const size_t from = decisions.size() > 3 ? decisions.size() - 3 : 0;
    const decision::Decision& decision =
        decisions[from + Below(decisions.size() - from)];
    const decision::Revision& revision =
        decision.revisions[Below(decision.revisions.size())];
    switch (Below(8)) {
      case 0:
        return One("counter", sim::Counter(decision, revision,
                                           absl::StrCat("Counter ", Below(3)),
                                           Pick(kPositions)));
      case 1:
        return One("withdrawal", sim::Withdrawal(decision, revision));
      case 2:
        return One("rejection",
                   sim::Verdict(own_, SomePerson(), state_, decision, revision,
                                v1::Verdict::REJECT));
      default:
        return One("approval",
                   sim::Verdict(own_, SomePerson(), state_, decision, revision,
                                v1::Verdict::APPROVE));
    }
  }

  const Company& own_;
  const alliance::AllianceState& state_;
  std::mt19937_64& random_;
  int64_t now_us_;
};

}  // namespace

Statements NextStatements(const Company& own,
                          const alliance::AllianceState& state,
                          std::mt19937_64& random, int64_t now_us) {
  return Writer(own, state, random, now_us).Next();
}

v1::Body Stance(const std::string& topic, const std::string& option,
                v1::Stance::Cell cell) {
  v1::Body body;
  body.mutable_stance()->set_topic(topic);
  body.mutable_stance()->set_cell(cell);
  body.mutable_stance()->mutable_value()->set_option(option);
  return body;
}

v1::Body Proposal(const std::string& uid, const std::string& title,
                  const std::string& position, int64_t respond_by_us) {
  v1::Body body;
  body.mutable_proposal()->set_uid(uid);
  body.mutable_proposal()->set_content(Terms(title, position, respond_by_us));
  return body;
}

v1::Body Counter(const decision::Decision& decision,
                 const decision::Revision& replaced, const std::string& title,
                 const std::string& position) {
  v1::Body body;
  *body.mutable_counter()->mutable_decision() = RefOf(decision);
  body.mutable_counter()->set_replaces_hash(Bytes(replaced.hash));
  body.mutable_counter()->set_content(Terms(title, position, 0));
  return body;
}

v1::Body Withdrawal(const decision::Decision& decision,
                    const decision::Revision& revision) {
  v1::Body body;
  *body.mutable_withdrawal()->mutable_decision() = RefOf(decision);
  body.mutable_withdrawal()->set_content_hash(Bytes(revision.hash));
  return body;
}

v1::Body Verdict(const Company& own, const Person& person,
                 const alliance::AllianceState& state,
                 const decision::Decision& decision,
                 const decision::Revision& revision, v1::Verdict::Kind kind) {
  v1::Body body;
  v1::Verdict& verdict = *body.mutable_verdict();
  *verdict.mutable_decision() = RefOf(decision);
  verdict.set_content_hash(Bytes(revision.hash));
  verdict.set_kind(kind);
  verdict.set_person(person.id);
  const auto text = state.VerdictTextFor(own.party, person.id, decision,
                                         revision.hash, kind, "");
  if (text.ok()) {
    verdict.set_text(*text);
    verdict.set_signature(person.Sign(*text));
  }
  return body;
}

}  // namespace tallystick::sim
