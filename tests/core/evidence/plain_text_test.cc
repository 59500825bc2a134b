// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/plain_text.h"

#include <string>

#include "gtest/gtest.h"

namespace tallystick::evidence {
namespace {

TEST(PlainTextTest, WordsOfAnyScriptArePlain) {
  for (const char* text : {"", "Handoff in 5 days", "Caf\xc3\xa9",
                           "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                           "\xe5\x8d\x94\xe5\xae\x9a", "\xf0\x9f\xa4\x9d"}) {
    EXPECT_TRUE(IsPlainLine(text, 100)) << text;
    EXPECT_TRUE(IsPlainText(text, 100)) << text;
  }
}

TEST(PlainTextTest, LineFeedsAndTabsAreOnlyForTextsOfSeveralLines) {
  for (const char* text : {"a\nb", "a\tb"}) {
    EXPECT_FALSE(IsPlainLine(text, 100));
    EXPECT_TRUE(IsPlainText(text, 100));
  }
}

TEST(PlainTextTest, WhatMovesOrHidesTheRestIsNotPlain) {
  for (const std::string& bad :
       {std::string("\0", 1), std::string("\r"), std::string("\x1b[2J"),
        std::string("\x7f"), std::string("\xc2\x85"), std::string("\xc2\x9b"),
        std::string("\xe2\x80\xa8"), std::string("\xe2\x80\xa9"),
        std::string("\xe2\x80\xaa"), std::string("\xe2\x80\xae"),
        std::string("\xe2\x81\xa6"), std::string("\xe2\x81\xa9")}) {
    EXPECT_FALSE(IsPlainLine("a" + bad + "b", 100));
    EXPECT_FALSE(IsPlainText("a" + bad + "b", 100));
  }
}

TEST(PlainTextTest, WhatIsNoUtf8IsNotPlain) {
  for (const char* bad : {"\xc3", "\xc0\x80", "\xed\xa0\x80", "\xff"}) {
    EXPECT_FALSE(IsPlainLine(bad, 100));
    EXPECT_FALSE(IsPlainText(bad, 100));
  }
}

TEST(PlainTextTest, IsBoundedInBytes) {
  EXPECT_TRUE(IsPlainLine("caf\xc3\xa9", 5));
  EXPECT_FALSE(IsPlainLine("caf\xc3\xa9", 4));
  EXPECT_FALSE(IsPlainText("12345", 4));
}

}  // namespace
}  // namespace tallystick::evidence
