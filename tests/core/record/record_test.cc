// SPDX-License-Identifier: Apache-2.0
#include "core/record/record.h"

#include <functional>
#include <string>
#include <vector>

#include "core/canonical.h"
#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::record {
namespace {

using expectation::Decimal;

void Set(v1::Decimal* message, const char* text) {
  *message = expectation::DecimalToProto(*expectation::ParseDecimal(text));
}

void Set(v1::Money* money, int64_t minor_units) {
  money->set_minor_units(minor_units);
  money->set_currency("USD");
}

v1::RecordClaim Claim() {
  v1::RecordClaim claim;
  claim.set_uid(std::string(16, 'u'));
  *claim.mutable_on() = expectation::DateToProto({2025, 3, 31});
  return claim;
}

// A sound claim of every type, in the order of Type.
std::vector<v1::RecordClaim> OfEveryType() {
  std::vector<v1::RecordClaim> claims(12, Claim());
  claims[0].mutable_contribution()->set_kind("plant_hour");
  Set(claims[0].mutable_contribution()->mutable_quantity(), "12.5");
  claims[1].mutable_benefit()->set_kind("gross_profit");
  Set(claims[1].mutable_benefit()->mutable_money(), 120'000'050);
  claims[2].mutable_upkeep()->set_kind("joint_office");
  Set(claims[2].mutable_upkeep()->mutable_money(), 12'000);
  v1::Risk& risk = *claims[3].mutable_risk();
  risk.set_title("product recall");
  risk.set_likelihood("rare");
  Set(risk.mutable_impact(), 1'200'000'000);
  Set(risk.mutable_borne_by_a(), "0.6");
  v1::Reading& reading = *claims[4].mutable_reading();
  reading.set_measure("people_present");
  reading.set_about(v1::PARTY_B);
  Set(reading.mutable_value(), "-0.5");
  claims[5].mutable_knowledge()->set_kind("training_day");
  Set(claims[5].mutable_knowledge()->mutable_count(), "3");
  claims[6].mutable_meeting()->set_forum("steering");
  claims[6].mutable_meeting()->add_attendees("Mara Lindqvist");
  claims[7].mutable_milestone()->set_title("shelf-life study");
  *claims[7].mutable_milestone()->mutable_due() =
      expectation::DateToProto({2026, 4, 30});
  claims[8].mutable_conflict()->set_title("price of concentrate");
  claims[9].mutable_owned_result()->set_kind("patent_filing");
  Set(claims[9].mutable_owned_result()->mutable_owned_by_a(), "0.5");
  claims[10].mutable_share_claim()->set_subject("category_growth");
  Set(claims[10].mutable_share_claim()->mutable_own_share(), "0.6");
  claims[11].mutable_commitment()->set_person("Tobias Okafor");
  Set(claims[11].mutable_commitment()->mutable_days(), "300");
  return claims;
}

TEST(ReadClaimTest, TakesEveryTypeAndKnowsItByItsName) {
  const std::vector<v1::RecordClaim> claims = OfEveryType();
  for (size_t i = 0; i < claims.size(); ++i) {
    const auto record = ReadClaim(claims[i]);
    ASSERT_THAT(record, testing::IsOk());
    const Type type = TypeOf(record->details);
    EXPECT_EQ(type, static_cast<Type>(i));
    EXPECT_EQ(ParseType(ToText(type)), type);
  }
  EXPECT_EQ(ParseType("favour"), std::nullopt);
}

TEST(ReadClaimTest, EveryTypeIsReadBackFromItsCanonicalForm) {
  for (const v1::RecordClaim& claim : OfEveryType()) {
    Record record = *ReadClaim(claim);
    CanonicalWriter writer;
    writer(record);
    CanonicalReader reader(writer.bytes());
    Record read;
    reader(read);
    EXPECT_THAT(reader.Finish(), testing::IsOk());
    CanonicalWriter again;
    again(read);
    EXPECT_EQ(again.bytes(), writer.bytes());
  }
}

TEST(ReadClaimTest, MoneyIsAFigureInMajorUnits) {
  const auto record = ReadClaim(OfEveryType()[1]);
  EXPECT_EQ(record->claimed, *expectation::ParseDecimal("1200000.5"));
  EXPECT_EQ(record->currency, "USD");
}

struct Broken {
  const char* what;
  size_t type;
  std::function<void(v1::RecordClaim&)> harm;
};

TEST(ReadClaimTest, RefusesByNameWhatCannotBe) {
  const std::string long_line(201, 'x');
  const std::vector<Broken> broken = {
      {"no uid", 0, [](auto& c) { c.clear_uid(); }},
      {"no day", 0, [](auto& c) { c.clear_on(); }},
      {"a day before 1900", 0, [](auto& c) { c.mutable_on()->set_year(1899); }},
      {"a day that does not exist", 0,
       [](auto& c) { c.mutable_on()->set_day(32); }},
      {"a contribution of 0", 0,
       [](auto& c) { c.mutable_contribution()->clear_quantity(); }},
      {"a negative contribution", 0,
       [](auto& c) {
         Set(c.mutable_contribution()->mutable_quantity(), "-1");
       }},
      {"a figure beyond bounds", 0,
       [](auto& c) {
         c.mutable_contribution()->mutable_quantity()->set_unscaled(INT64_MAX);
       }},
      {"a kind with a blank", 0,
       [](auto& c) { c.mutable_contribution()->set_kind("plant hour"); }},
      {"a benefit of nothing", 1,
       [](auto& c) { c.mutable_benefit()->clear_amount(); }},
      {"money without a currency", 1,
       [](auto& c) { c.mutable_benefit()->mutable_money()->clear_currency(); }},
      {"a negative count of a benefit", 1,
       [](auto& c) { Set(c.mutable_benefit()->mutable_count(), "-1"); }},
      {"negative upkeep", 2,
       [](auto& c) { Set(c.mutable_upkeep()->mutable_money(), -1); }},
      {"a risk without a title", 3,
       [](auto& c) { c.mutable_risk()->clear_title(); }},
      {"a likelihood that is no word", 3,
       [](auto& c) { c.mutable_risk()->set_likelihood("quite possible"); }},
      {"a negative impact", 3,
       [](auto& c) { Set(c.mutable_risk()->mutable_impact(), -1); }},
      {"more than all of a risk", 3,
       [](auto& c) { Set(c.mutable_risk()->mutable_borne_by_a(), "1.01"); }},
      {"less than nothing of a risk", 3,
       [](auto& c) { Set(c.mutable_risk()->mutable_borne_by_a(), "-0.1"); }},
      {"a reading without a value", 4,
       [](auto& c) { c.mutable_reading()->clear_value(); }},
      {"a reading about nobody", 4,
       [](auto& c) {
         c.mutable_reading()->set_about(static_cast<v1::Party>(7));
       }},
      {"a negative transfer", 5,
       [](auto& c) { Set(c.mutable_knowledge()->mutable_count(), "-3"); }},
      {"an attendee of many lines", 6,
       [](auto& c) { c.mutable_meeting()->add_attendees("a\nb"); }},
      {"a crowd", 6,
       [](auto& c) {
         for (int i = 0; i < 200; ++i) c.mutable_meeting()->add_attendees("a");
       }},
      {"a meeting that decides a million things", 6,
       [](auto& c) { c.mutable_meeting()->set_decisions(1'000'000); }},
      {"a milestone without a day", 7,
       [](auto& c) { c.mutable_milestone()->clear_due(); }},
      {"a title that is too long", 8,
       [&](auto& c) { c.mutable_conflict()->set_title(long_line); }},
      {"a step that is too long", 8,
       [&](auto& c) { c.mutable_conflict()->set_step(long_line); }},
      {"more than all of a result", 9,
       [](auto& c) {
         Set(c.mutable_owned_result()->mutable_owned_by_a(), "2");
       }},
      {"more than all of a share", 10,
       [](auto& c) {
         Set(c.mutable_share_claim()->mutable_own_share(), "60");
       }},
      {"a share without a figure", 10,
       [](auto& c) { c.mutable_share_claim()->clear_own_share(); }},
      {"a commitment of no days", 11,
       [](auto& c) { c.mutable_commitment()->clear_days(); }}};
  for (const Broken& one : broken) {
    v1::RecordClaim claim = OfEveryType()[one.type];
    one.harm(claim);
    EXPECT_EQ(evidence::ReasonOf(ReadClaim(claim).status()), "bad_record")
        << one.what;
  }
}

TEST(ReadClaimTest, ATypeThatIsNotKnownIsNamed) {
  EXPECT_EQ(evidence::ReasonOf(ReadClaim(Claim()).status()),
            "unknown_statement");
}

TEST(CheckClaimantTest, ADayMayBeOneDayAheadAndNoMore) {
  v1::RecordClaim claim = OfEveryType()[0];
  EXPECT_THAT(CheckClaimant(claim, v1::PARTY_A, {2025, 3, 30}),
              testing::IsOk());
  EXPECT_EQ(
      evidence::ReasonOf(CheckClaimant(claim, v1::PARTY_A, {2025, 3, 29})),
      "bad_date");
}

TEST(CheckClaimantTest, NobodyCommitsThePeopleOfTheOtherParty) {
  v1::RecordClaim claim = OfEveryType()[11];
  claim.mutable_commitment()->set_party(v1::PARTY_B);
  EXPECT_THAT(CheckClaimant(claim, v1::PARTY_B, {2025, 3, 31}),
              testing::IsOk());
  EXPECT_EQ(
      evidence::ReasonOf(CheckClaimant(claim, v1::PARTY_A, {2025, 3, 31})),
      "bad_record");
}

v1::RecordAnswer Acknowledging(const char* quantity) {
  v1::RecordAnswer answer;
  Set(answer.mutable_acknowledgement()->mutable_quantity(), quantity);
  return answer;
}

TEST(AnswerTest, WithoutAQuantityItIsAsClaimed) {
  v1::RecordAnswer answer;
  answer.mutable_acknowledgement();
  Record record = *ReadClaim(OfEveryType()[0]);
  record.answer = *ReadAnswer(answer);
  EXPECT_EQ(StateOf(record), State::kAcknowledged);
  EXPECT_EQ(Acknowledged(record), record.claimed);
}

TEST(AnswerTest, MoreThanWasClaimedMayBeAcknowledged) {
  Record record = *ReadClaim(OfEveryType()[0]);
  record.answer = *ReadAnswer(Acknowledging("13"));
  EXPECT_EQ(StateOf(record), State::kPartlyAcknowledged);
  EXPECT_EQ(Acknowledged(record), (Decimal{13, 0}));
}

TEST(AnswerTest, LessThanNothingIsRefused) {
  EXPECT_EQ(evidence::ReasonOf(ReadAnswer(Acknowledging("-1")).status()),
            "bad_record");
}

TEST(AnswerTest, AFigureFitsOnlyARecordThatHasOne) {
  const Answer answer = *ReadAnswer(Acknowledging("1"));
  EXPECT_THAT(CheckAnswer(*ReadClaim(OfEveryType()[0]), answer),
              testing::IsOk());
  EXPECT_EQ(
      evidence::ReasonOf(CheckAnswer(*ReadClaim(OfEveryType()[3]), answer)),
      "bad_record");
}

}  // namespace
}  // namespace tallystick::record
