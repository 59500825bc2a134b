// SPDX-License-Identifier: Apache-2.0
// Every text of the partner's log that people are shown, or sign, is what it
// looks like: no control characters, no separators, nothing that turns the
// direction of reading, and one line where one line is meant.
#include <functional>
#include <ostream>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/decision/content.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

// In a text of one or of several lines.
const std::string kNeverPlain[] = {
    std::string("a\0b", 3),  // ends a C string
    "a\rb",                  // goes back to the start of the line
    "\x1b[2J",               // clears the screen
    "a\x7f",
    "a\xc2\x9b"
    "2J",                             // the same in C1
    "a\xe2\x80\xa8verdict: approve",  // line separator
    "a\xe2\x80\xa9verdict: approve",  // paragraph separator
    "a\xe2\x80\xae"
    "detceper",  // reads from right to left
    "a\xe2\x81\xa7z",
};
const std::string kOnlyInLines[] = {"a\nverdict: approve", "a\tb"};

v1::DecisionContent Terms() {
  v1::DecisionContent terms;
  terms.set_type("roadmap_changes");
  terms.set_title("Plan");
  return terms;
}

v1::Body Proposal(const v1::DecisionContent& terms) {
  v1::Body body;
  body.mutable_proposal()->set_uid(std::string(16, 'p'));
  body.mutable_proposal()->set_content(terms.SerializeAsString());
  return body;
}

// A proposal that sets one topic.
v1::Body Setting(const std::string& topic,
                 const std::function<void(v1::Value&)>& fill,
                 v1::Party about = v1::PARTY_UNSPECIFIED) {
  v1::DecisionContent terms = Terms();
  v1::CharterSetting& setting = *terms.add_settings();
  setting.set_topic(topic);
  setting.set_about(about);
  fill(*setting.mutable_value());
  return Proposal(terms);
}

v1::Body StanceWith(const std::string& topic,
                    const std::function<void(v1::Value&)>& fill,
                    v1::Party about = v1::PARTY_UNSPECIFIED) {
  v1::Body body;
  v1::Stance& stance = *body.mutable_stance();
  stance.set_topic(topic);
  stance.set_about(about);
  stance.set_cell(v1::Stance::OWN);
  fill(*stance.mutable_value());
  return body;
}

v1::Body Claim() {
  v1::Body body;
  v1::RecordClaim& claim = *body.mutable_record_claim();
  claim.set_uid(std::string(16, 'c'));
  claim.mutable_on()->set_year(2026);
  claim.mutable_on()->set_month(3);
  claim.mutable_on()->set_day(31);
  claim.mutable_contribution()->set_kind("field_sales_day");
  claim.mutable_contribution()->mutable_quantity()->set_unscaled(7);
  return body;
}

v1::Body Put(const std::function<void(v1::Person&)>& change) {
  const sim::Company& own = sim::CompanyOf(kB);
  v1::Body body = own.Enrolment(own.people[1]);
  change(*body.mutable_roster_change()->mutable_put());
  return body;
}

enum class Shape { kLine, kLines };

// One text somewhere in a statement of B.
struct Place {
  const char* name;
  Shape shape;
  // Why a statement with a bad text there is set aside.
  const char* reason;
  std::function<v1::Body(const std::string& text)> statement;
};

std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << place.name;
}

class FoldTextTest : public TwoCompanies,
                     public ::testing::WithParamInterface<Place> {
 protected:
  // A has claimed something and proposed something.
  void SetUp() override {
    Meet();
    ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "innovative")), "");
    ASSERT_EQ(Say(kA, Claim()), "");
  }
  // B's statement with this text, folded into a copy of the state.
  std::string With(const std::string& text) {
    AllianceState before = state_;
    const std::string reason = Say(kB, GetParam().statement(text));
    std::swap(state_, before);
    return reason;
  }
};

TEST_P(FoldTextTest, IsPlain) {
  EXPECT_EQ(With("plain text, caf\xc3\xa9"), "");
  for (const std::string& text : kNeverPlain) {
    EXPECT_EQ(With(text), GetParam().reason) << absl::CHexEscape(text);
  }
}

TEST_P(FoldTextTest, HasAsManyLinesAsItIsShownOn) {
  for (const std::string& text : kOnlyInLines) {
    EXPECT_EQ(With(text),
              GetParam().shape == Shape::kLines ? "" : GetParam().reason)
        << absl::CHexEscape(text);
  }
}

TEST_P(FoldTextTest, IsBounded) {
  EXPECT_EQ(With(std::string(20'000, 'x')), GetParam().reason);
}

v1::EntryRef Ref(const std::string& uid) {
  v1::EntryRef ref;
  ref.set_party(kA);
  ref.set_uid(uid);
  return ref;
}

std::string OfferedHash() {
  const evidence::Digest hash = decision::ContentHash(
      sim::Proposal(kUid, "Plan", "innovative").proposal().content());
  return std::string(evidence::AsBytes(hash));
}

INSTANTIATE_TEST_SUITE_P(
    Places, FoldTextTest,
    ::testing::Values(
        Place{"TitleOfADecision", Shape::kLine, "bad_terms",
              [](const std::string& text) {
                v1::DecisionContent terms = Terms();
                terms.set_title(text);
                return Proposal(terms);
              }},
        Place{"TextOfADecision", Shape::kLines, "bad_terms",
              [](const std::string& text) {
                v1::DecisionContent terms = Terms();
                terms.set_text(text);
                return Proposal(terms);
              }},
        Place{"TitleOfACounter", Shape::kLine, "bad_terms",
              [](const std::string& text) {
                v1::DecisionContent terms = Terms();
                terms.set_title(text);
                v1::Body body;
                v1::Counter& counter = *body.mutable_counter();
                *counter.mutable_decision() = Ref(kUid);
                counter.set_replaces_hash(OfferedHash());
                counter.set_content(terms.SerializeAsString());
                return body;
              }},
        Place{"ItemOfASetToBeAgreed", Shape::kLine, "bad_terms",
              [](const std::string& text) {
                return Setting("socket/processes", [&](v1::Value& value) {
                  value.mutable_set()->add_items(text);
                });
              }},
        Place{"ItemOfARankingToBeAgreed", Shape::kLine, "bad_terms",
              [](const std::string& text) {
                return Setting("deal/top-risks", [&](v1::Value& value) {
                  value.mutable_ranking()->add_items(text);
                });
              }},
        Place{"KeyToBeAgreed", Shape::kLine, "bad_terms",
              [](const std::string& text) {
                return Setting("socket/process-owners", [&](v1::Value& value) {
                  v1::MapEntry& entry = *value.mutable_map()->add_entries();
                  entry.set_key(text);
                  entry.mutable_value()->set_text("alice");
                });
              }},
        Place{"UnitToBeAgreed", Shape::kLine, "bad_terms",
              [](const std::string& text) {
                return Setting(
                    "performance/people-committed",
                    [&](v1::Value& value) {
                      value.mutable_quantity()->mutable_amount()->set_unscaled(
                          5);
                      value.mutable_quantity()->set_unit(text);
                    },
                    kA);
              }},
        Place{"TextToBeAgreed", Shape::kLines, "bad_terms",
              [](const std::string& text) {
                return Setting("frame/strategic-intent",
                               [&](v1::Value& value) { value.set_text(text); });
              }},
        Place{"ItemOfAnAnswer", Shape::kLine, "bad_answer",
              [](const std::string& text) {
                return StanceWith("socket/processes", [&](v1::Value& value) {
                  value.mutable_set()->add_items(text);
                });
              }},
        Place{"UnitOfAnAnswer", Shape::kLine, "bad_answer",
              [](const std::string& text) {
                return StanceWith(
                    "performance/people-committed",
                    [&](v1::Value& value) {
                      value.mutable_quantity()->mutable_amount()->set_unscaled(
                          5);
                      value.mutable_quantity()->set_unit(text);
                    },
                    kA);
              }},
        Place{"TextOfAnAnswer", Shape::kLines, "bad_answer",
              [](const std::string& text) {
                return StanceWith(
                    "frame/strategic-intent",
                    [&](v1::Value& value) { value.set_text(text); });
              }},
        Place{"ReasonOfAnAnswer", Shape::kLines, "bad_statement",
              [](const std::string& text) {
                v1::Body body =
                    sim::Stance("frame/spectrum-position", "innovative");
                body.mutable_stance()->set_reason(text);
                return body;
              }},
        Place{"ReasonOfARejection", Shape::kLines, "bad_statement",
              [](const std::string& text) {
                v1::Body body;
                v1::Verdict& verdict = *body.mutable_verdict();
                *verdict.mutable_decision() = Ref(kUid);
                verdict.set_content_hash(OfferedHash());
                verdict.set_kind(v1::Verdict::REJECT);
                verdict.set_reason(text);
                return body;
              }},
        Place{"NoteOfARecord", Shape::kLines, "bad_record",
              [](const std::string& text) {
                v1::Body body = Claim();
                body.mutable_record_claim()->set_note(text);
                return body;
              }},
        Place{"ReferenceOfARecord", Shape::kLine, "bad_record",
              [](const std::string& text) {
                v1::Body body = Claim();
                body.mutable_record_claim()->set_reference(text);
                return body;
              }},
        Place{"ReasonOfADispute", Shape::kLines, "bad_record",
              [](const std::string& text) {
                v1::Body body;
                v1::RecordAnswer& answer = *body.mutable_record_answer();
                *answer.mutable_record() = Ref(std::string(16, 'c'));
                answer.mutable_dispute()->set_reason(text);
                return body;
              }},
        Place{"NameOfAPerson", Shape::kLine, "bad_person",
              [](const std::string& text) {
                return Put([&](v1::Person& p) { p.set_display_name(text); });
              }},
        Place{"RoleOfAPerson", Shape::kLine, "bad_person",
              [](const std::string& text) {
                return Put([&](v1::Person& p) { p.add_roles(text); });
              }},
        Place{"ForumOfAPerson", Shape::kLine, "bad_person",
              [](const std::string& text) {
                return Put([&](v1::Person& p) { p.add_forums(text); });
              }}),
    [](const ::testing::TestParamInfo<Place>& place) {
      return std::string(place.param.name);
    });

class FoldTextsTest : public TwoCompanies {};

TEST_F(FoldTextsTest, TheReasonOfAWithdrawalIsPlain) {
  Meet();
  ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "innovative")), "");
  v1::Body body = sim::Withdrawal(Decision(), Decision().revisions[0]);
  body.mutable_withdrawal()->set_reason("a\rb");
  EXPECT_EQ(Say(kA, body), "bad_statement");
  body.mutable_withdrawal()->set_reason("a\nb");
  EXPECT_EQ(Say(kA, body), "");
}

TEST_F(FoldTextsTest, TheAuthorOfAnEntryIsSomeOneWhoCouldBeOnARoster) {
  Meet();
  const v1::Body body = sim::Stance("frame/spectrum-position", "innovative");
  EXPECT_EQ(Say(kA, body, "alice\x1b[2J"), "bad_person");
  EXPECT_EQ(Say(kA, body, "Alice"), "bad_person");
  EXPECT_EQ(Say(kA, body, "alice"), "");
}

// A key line may end in a comment; nobody needs the partner's.
TEST_F(FoldTextsTest, OfAKeyOnlyTheKeyIsKept) {
  Meet();
  const sim::Person& person = sim::CompanyOf(kA).people[0];
  v1::Body body = sim::CompanyOf(kA).Enrolment(person);
  body.mutable_roster_change()->mutable_put()->set_ssh_public_key(
      absl::StrCat(person.PublicKey(), " \x1b[2J comment"));
  EXPECT_EQ(Say(kA, body), "");
  EXPECT_EQ(state_.roster(kA).at(person.id).ssh_public_key, person.PublicKey());
}

TEST_F(FoldTextsTest, WhoWritesIsToldWhatIsWrong) {
  Meet();
  v1::Body body = StanceWith("socket/processes", [](v1::Value& value) {
    value.mutable_set()->add_items("a\nb");
  });
  const absl::Status refused =
      state_
          .FoldOrRefuse(kA, {.partner_size = 1, .time_us = kNowUs},
                        body.SerializeAsString())
          .status();
  EXPECT_THAT(
      std::string(refused.message()),
      ::testing::HasSubstr("an item is not one line of plain UTF-8 text"));
}

}  // namespace
}  // namespace tallystick::alliance
