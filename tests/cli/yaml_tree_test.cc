// SPDX-License-Identifier: Apache-2.0
#include "cli/yaml_tree.h"

#include <string>

#include "cli/outcome.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The place and reason of the refusal; "" if there is none.
std::string Refusal(const std::string& text) {
  const auto node = ParseYaml(text, "f.yaml");
  return node.ok() ? "" : RenderError(node.status(), "").front();
}

TEST(YamlTreeTest, KnowsTheLinesOfKeysAndValues) {
  const auto node = ParseYaml("a: 1\nb:\n  c: [x,\n    y]\n", "f");
  ASSERT_TRUE(node.ok());
  EXPECT_EQ(node->fields[1].line, 2);
  EXPECT_EQ(node->fields[1].value.fields[0].line, 3);
  EXPECT_EQ(node->fields[1].value.fields[0].value.items[1].line, 4);
}

TEST(YamlTreeTest, WordsStayAsTheyWereTyped) {
  const auto node = ParseYaml("[1.50, '4', 0x10, true, 2025-02-10]", "f");
  ASSERT_TRUE(node.ok());
  EXPECT_EQ(node->items[0].scalar, "1.50");
  EXPECT_EQ(node->items[1].scalar, "4");
  EXPECT_EQ(node->items[2].scalar, "0x10");
  EXPECT_EQ(node->items[3].scalar, "true");
  EXPECT_EQ(node->items[4].scalar, "2025-02-10");
}

TEST(YamlTreeTest, BadSyntaxIsRefusedWithItsLine) {
  EXPECT_THAT(Refusal("a: 1\nb: c: d\n"),
              StartsWith("f.yaml:2: this is no YAML: "));
}

TEST(YamlTreeTest, AKeyTwiceIsRefusedWithBothLines) {
  EXPECT_EQ(Refusal("a: 1\nb: 2\na: 3\n"),
            "f.yaml:3: \"a\" is there already, in line 1");
}

TEST(YamlTreeTest, AliasesAnchorsTagsAndSecondDocumentsAreRefused) {
  EXPECT_THAT(Refusal("a: &x 1\nb: *x\n"), StartsWith("f.yaml:1: an anchor"));
  EXPECT_THAT(Refusal("a: !!binary aGk=\n"), StartsWith("f.yaml:1: a tag"));
  EXPECT_THAT(Refusal("a: 1\n---\nb: 1\n"), HasSubstr("second document"));
}

TEST(YamlTreeTest, DeepNestingIsRefusedInsteadOfFillingTheStack) {
  EXPECT_THAT(Refusal(std::string(40, '[') + std::string(40, ']')),
              HasSubstr("nested too deeply"));
  EXPECT_NE(Refusal(std::string(100000, '[')), "");
}

TEST(YamlTreeTest, WhatIsWrittenIsReadBackTheSame) {
  v1::RawValue value;
  for (const char* text : {"plain", "5 days", "null", "", "a: b", "- x",
                           "\"quoted\"", "#no", "back\\slash", "two\nlines",
                           " blank ", "K\u00f6ln", "1e3", "{", "~", "x\x01y"}) {
    value.mutable_list()->add_values()->set_scalar(text);
  }
  v1::RawValue::Field* field =
      value.mutable_list()->add_values()->mutable_map()->add_fields();
  field->set_key("a key: with colon");
  field->mutable_value()->mutable_list();
  const auto node = ParseYaml(WriteValue(value), "f");
  ASSERT_TRUE(node.ok()) << WriteValue(value);
  EXPECT_EQ(WriteValue(ToRaw(*node)), WriteValue(value));
  for (int i = 0; i < value.list().values_size(); ++i) {
    EXPECT_EQ(ToRaw(*node).list().values(i).scalar(),
              value.list().values(i).scalar());
  }
}

TEST(YamlTreeTest, AValueOnTheCommandLineIsAWordUnlessItIsAListOrMap) {
  EXPECT_EQ(ParseValue("Cascadia: keeps it")->scalar(), "Cascadia: keeps it");
  EXPECT_EQ(ParseValue("[a, b]")->list().values_size(), 2);
  EXPECT_EQ(ParseValue("{a: 1}")->map().fields(0).key(), "a");
  EXPECT_EQ(ExitOf(ParseValue("[a, ").status()), Exit::kUsage);
}

}  // namespace
}  // namespace tallystick::cli
