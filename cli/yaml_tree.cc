// SPDX-License-Identifier: Apache-2.0
#include "cli/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/outcome.h"
#include "cli/text.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

constexpr size_t kFileSizeMax = 4 << 20;
constexpr size_t kLevelsMax = 32;

int LineOf(const YAML::Mark& mark) { return mark.line + 1; }

// Builds the tree from the parser's events. After the first thing that is
// wrong the rest is ignored.
class Builder : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Take(Scalar(mark, YamlNode::Kind::kNull, ""), "", anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Refuse(LineOf(mark), "an alias (*name) cannot be used here; write it out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override {
    Take(Scalar(mark, YamlNode::Kind::kScalar, value), tag, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(Scalar(mark, YamlNode::Kind::kList, ""), tag, anchor);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    Open(Scalar(mark, YamlNode::Kind::kMap, ""), tag, anchor);
  }
  void OnMapEnd() override { Close(); }

  YamlNode& root() { return root_; }
  // 0: nothing is wrong.
  int wrong_line() const { return wrong_line_; }
  const std::string& wrong() const { return wrong_; }

 private:
  // A list or map that is not complete yet.
  struct Unfinished {
    YamlNode node;
    // Of a map: the key whose value comes next.
    bool has_key = false;
    std::string key;
    int key_line = 0;
  };

  static YamlNode Scalar(const YAML::Mark& mark, YamlNode::Kind kind,
                         const std::string& text) {
    YamlNode node;
    node.kind = kind;
    node.scalar = text;
    node.line = LineOf(mark);
    return node;
  }

  void Refuse(int line, std::string what) {
    if (wrong_line_ != 0) return;
    wrong_line_ = line;
    wrong_ = std::move(what);
  }

  void CheckPlain(const YamlNode& node, const std::string& tag,
                  YAML::anchor_t anchor) {
    if (anchor != 0) {
      Refuse(node.line, "an anchor (&name) cannot be used here");
    } else if (!tag.empty() && tag != "?" && tag != "!") {
      Refuse(node.line, absl::StrCat("a tag (", tag, ") cannot be used here"));
    }
  }

  void Open(YamlNode node, const std::string& tag, YAML::anchor_t anchor) {
    CheckPlain(node, tag, anchor);
    if (open_.size() >= kLevelsMax) Refuse(node.line, "nested too deeply");
    if (!open_.empty() && open_.back().node.kind == YamlNode::Kind::kMap &&
        !open_.back().has_key) {
      Refuse(node.line, "a key must be a word, not a list or a map");
    }
    if (wrong_line_ != 0) return;
    open_.push_back({std::move(node), false, "", 0});
  }

  void Close() {
    if (wrong_line_ != 0) return;
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    Take(std::move(node), "", 0);
  }

  void Take(YamlNode node, const std::string& tag, YAML::anchor_t anchor) {
    CheckPlain(node, tag, anchor);
    if (wrong_line_ != 0) return;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Unfinished& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::kList) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      TakeKey(node, parent);
    } else {
      parent.node.fields.push_back(
          {std::move(parent.key), parent.key_line, std::move(node)});
      parent.has_key = false;
    }
  }

  void TakeKey(const YamlNode& node, Unfinished& parent) {
    for (const YamlField& field : parent.node.fields) {
      if (field.key != node.scalar) continue;
      Refuse(node.line,
             absl::StrCat("\"", node.scalar, "\" is there already, in line ",
                          field.line));
    }
    if (node.IsNull()) Refuse(node.line, "a key is missing");
    parent.has_key = true;
    parent.key = node.scalar;
    parent.key_line = node.line;
  }

  YamlNode root_;
  std::vector<Unfinished> open_;
  int wrong_line_ = 0;
  std::string wrong_;
};

}  // namespace

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string text;
  // One byte more than allowed shows that there is too much.
  text.resize(kFileSizeMax + 1);
  if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad() || (in.fail() && !in.eof())) {
    const char* reason = errno == 0 ? "cannot be read" : std::strerror(errno);
    return absl::NotFoundError(
        absl::StrCat(path, ": ", reason, " (name a file you can read)"));
  }
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kFileSizeMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " has more than 4 MiB (split it into several files)"));
  }
  if (const size_t bad = FindBadUtf8(text); bad != std::string::npos) {
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(bad), '\n');
    return FileError(path, static_cast<int>(line), "is not UTF-8 text");
  }
  return text;
}

absl::StatusOr<YamlNode> ParseYaml(absl::string_view text,
                                   absl::string_view file) {
  if (text.size() > kFileSizeMax) {
    return FileError(file, 1, "more than 4 MiB");
  }
  Builder builder;
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    parser.HandleNextDocument(builder);
    if (builder.wrong_line() == 0) {
      Builder second;
      if (parser.HandleNextDocument(second)) {
        return FileError(file, second.root().line,
                         "a second document begins; a file has one");
      }
    }
  } catch (const YAML::Exception& error) {
    if (builder.wrong_line() == 0) {
      return FileError(file, LineOf(error.mark),
                       absl::StrCat("this is no YAML: ", error.msg));
    }
  }
  if (builder.wrong_line() != 0) {
    return FileError(file, builder.wrong_line(), builder.wrong());
  }
  return std::move(builder.root());
}

v1::RawValue ToRaw(const YamlNode& node, int first_line) {
  v1::RawValue raw;
  raw.set_line(first_line + node.line);
  switch (node.kind) {
    case YamlNode::Kind::kScalar:
      raw.set_scalar(node.scalar);
      break;
    case YamlNode::Kind::kList:
      raw.mutable_list();
      for (const YamlNode& item : node.items) {
        *raw.mutable_list()->add_values() = ToRaw(item, first_line);
      }
      break;
    case YamlNode::Kind::kMap:
      raw.mutable_map();
      for (const YamlField& field : node.fields) {
        v1::RawValue::Field* out = raw.mutable_map()->add_fields();
        out->set_key(field.key);
        *out->mutable_value() = ToRaw(field.value, first_line);
      }
      break;
    case YamlNode::Kind::kNull:
      break;
  }
  return raw;
}

absl::StatusOr<v1::RawValue> ParseValue(const std::string& text) {
  v1::RawValue raw;
  if (absl::StartsWith(text, "[") || absl::StartsWith(text, "{")) {
    absl::StatusOr<YamlNode> node = ParseYaml(text, "value");
    if (!node.ok()) {
      return UsageError(absl::StrCat("\"", text,
                                     "\" is neither a list as [a, b] nor a "
                                     "map as {a: 1, b: 2}"));
    }
    raw = ToRaw(*node);
  } else {
    raw.set_scalar(text);
  }
  return raw;
}

}  // namespace tallystick::cli
