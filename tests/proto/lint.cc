// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/lint.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.pb.h"

namespace tallystick::proto {
namespace {

namespace pb = ::google::protobuf;

// Methods that change nothing and so need no request_id.
constexpr std::array kReadingVerbs = {"Get", "List", "Watch", "Verify"};
// Standard methods (AIP-130) say with their name what they do.
constexpr std::array kStandardVerbs = {"Get", "List", "Create", "Update",
                                       "Delete"};

template <typename Verbs>
bool StartsWithOneOf(absl::string_view name, const Verbs& verbs) {
  return std::any_of(verbs.begin(), verbs.end(), [&](absl::string_view verb) {
    return absl::StartsWith(name, verb);
  });
}

bool IsLowerSnake(absl::string_view name) {
  if (name.empty() || !absl::ascii_islower(name.front())) return false;
  if (absl::EndsWith(name, "_") || absl::StrContains(name, "__")) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
  });
}

bool IsUpperSnake(absl::string_view name) {
  return std::none_of(name.begin(), name.end(), absl::ascii_islower) &&
         IsLowerSnake(absl::AsciiStrToLower(name));
}

bool IsPascal(absl::string_view name) {
  return !name.empty() && absl::ascii_isupper(name.front()) &&
         std::all_of(name.begin(), name.end(), absl::ascii_isalnum);
}

// "JointState" becomes "JOINT_STATE".
std::string UpperSnake(absl::string_view pascal) {
  std::string out;
  for (const char c : pascal) {
    if (absl::ascii_isupper(c) && !out.empty()) out += '_';
    out += absl::ascii_toupper(c);
  }
  return out;
}

bool EndsInVersion(absl::string_view package) {
  const size_t dot = package.rfind('.');
  if (dot == absl::string_view::npos) return false;
  const absl::string_view last = package.substr(dot + 1);
  return last.size() > 1 && last.front() == 'v' &&
         std::all_of(last.begin() + 1, last.end(), absl::ascii_isdigit);
}

template <typename Descriptor>
bool HasComment(const Descriptor& descriptor) {
  pb::SourceLocation location;
  return descriptor.GetSourceLocation(&location) &&
         !absl::StripAsciiWhitespace(location.leading_comments).empty();
}

bool HasField(const pb::Descriptor& message, const std::string& name,
              pb::FieldDescriptor::Type type) {
  const pb::FieldDescriptor* field = message.FindFieldByName(name);
  return field != nullptr && field->type() == type && !field->is_repeated();
}

// Walks the files and gathers what it finds.
class Linter {
 public:
  explicit Linter(const LintOptions& options) : options_(options) {}

  void CheckFile(const pb::FileDescriptor& file);

  std::vector<Finding> TakeFindings() { return std::move(findings_); }

 private:
  void CheckMessage(const pb::Descriptor& message);
  void CheckField(const pb::FieldDescriptor& field);
  void CheckEnum(const pb::EnumDescriptor& enumeration);
  void CheckService(const pb::ServiceDescriptor& service);
  void CheckMethod(const pb::MethodDescriptor& method);
  void CheckMethodTypes(const pb::MethodDescriptor& method);

  // Notes a finding unless `holds`.
  void Require(bool holds, absl::string_view rule, absl::string_view where,
               absl::string_view text) {
    if (holds) return;
    findings_.push_back(
        {std::string(rule), std::string(where), std::string(text)});
  }

  const LintOptions& options_;
  std::vector<Finding> findings_;
};

void Linter::CheckFile(const pb::FileDescriptor& file) {
  const std::string& path = file.name();
  const size_t slash = path.rfind('/');
  const std::string folder = path.substr(0, slash);
  const absl::string_view stem = absl::string_view(path).substr(
      slash + 1, path.size() - slash - 1 - absl::string_view(".proto").size());
  Require(file.syntax() == pb::FileDescriptor::SYNTAX_PROTO3, "SYNTAX_PROTO3",
          path, "must say syntax = \"proto3\"");
  Require(IsLowerSnake(stem), "FILE_NAME", path, "must be lower_snake.proto");
  Require(file.package() == absl::StrReplaceAll(folder, {{"/", "."}}),
          "PACKAGE_FOLDER", path, "the package must equal the folder");
  Require(EndsInVersion(file.package()), "PACKAGE_VERSION", path,
          "the package must end in a version such as v1");
  Require(
      file.public_dependency_count() == 0 && file.weak_dependency_count() == 0,
      "IMPORT_PLAIN", path, "imports must be neither public nor weak");
  for (int i = 0; i < file.message_type_count(); ++i) {
    const pb::Descriptor& message = *file.message_type(i);
    CheckMessage(message);
    // A request or response is explained by its method.
    Require(HasComment(message) || absl::EndsWith(message.name(), "Request") ||
                absl::EndsWith(message.name(), "Response"),
            "COMMENT", message.full_name(), "needs a comment");
  }
  for (int i = 0; i < file.enum_type_count(); ++i) {
    const pb::EnumDescriptor& enumeration = *file.enum_type(i);
    CheckEnum(enumeration);
    Require(HasComment(enumeration), "COMMENT", enumeration.full_name(),
            "needs a comment");
  }
  for (int i = 0; i < file.service_count(); ++i) CheckService(*file.service(i));
}

void Linter::CheckMessage(const pb::Descriptor& message) {
  // Entries of map fields are written by protoc; the field itself is checked.
  if (message.options().map_entry()) return;
  Require(IsPascal(message.name()), "MESSAGE_NAME", message.full_name(),
          "must be PascalCase");
  for (int i = 0; i < message.field_count(); ++i) CheckField(*message.field(i));
  for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
    const pb::OneofDescriptor& oneof = *message.oneof_decl(i);
    Require(IsLowerSnake(oneof.name()), "ONEOF_NAME", oneof.full_name(),
            "must be lower_snake");
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    CheckMessage(*message.nested_type(i));
  }
  for (int i = 0; i < message.enum_type_count(); ++i) {
    CheckEnum(*message.enum_type(i));
  }
}

void Linter::CheckField(const pb::FieldDescriptor& field) {
  Require(IsLowerSnake(field.name()), "FIELD_NAME", field.full_name(),
          "must be lower_snake");
  if (!options_.hashed_files.contains(field.file()->name())) return;
  Require(field.cpp_type() != pb::FieldDescriptor::CPPTYPE_FLOAT &&
              field.cpp_type() != pb::FieldDescriptor::CPPTYPE_DOUBLE,
          "HASHED_NO_FLOAT", field.full_name(),
          "what is hashed holds no float or double: use Decimal");
  Require(!field.is_map(), "HASHED_NO_MAP", field.full_name(),
          "what is hashed holds no map: its order is not defined");
}

void Linter::CheckEnum(const pb::EnumDescriptor& enumeration) {
  const std::string prefix = absl::StrCat(UpperSnake(enumeration.name()), "_");
  Require(IsPascal(enumeration.name()), "ENUM_NAME", enumeration.full_name(),
          "must be PascalCase");
  Require(!enumeration.options().allow_alias(), "ENUM_NO_ALIAS",
          enumeration.full_name(), "must give each number one name");
  Require(enumeration.value(0)->number() == 0 &&
              enumeration.value(0)->name() == prefix + "UNSPECIFIED",
          "ENUM_ZERO", enumeration.full_name(),
          absl::StrCat("must begin with ", prefix, "UNSPECIFIED = 0"));
  for (int i = 0; i < enumeration.value_count(); ++i) {
    const pb::EnumValueDescriptor& value = *enumeration.value(i);
    Require(IsUpperSnake(value.name()), "ENUM_VALUE_NAME", value.full_name(),
            "must be UPPER_SNAKE");
    // Values are siblings of their enum: at the top of a file they would take
    // short names from the whole package.
    Require(
        enumeration.containing_type() != nullptr ||
            absl::StartsWith(value.name(), prefix),
        "ENUM_SCOPE", value.full_name(),
        absl::StrCat("put the enum into a message, or begin with ", prefix));
  }
}

void Linter::CheckService(const pb::ServiceDescriptor& service) {
  Require(IsPascal(service.name()), "SERVICE_NAME", service.full_name(),
          "must be PascalCase");
  Require(absl::EndsWith(service.name(), "Service"), "SERVICE_SUFFIX",
          service.full_name(), "must end in Service");
  Require(HasComment(service), "COMMENT", service.full_name(),
          "needs a comment");
  for (int i = 0; i < service.method_count(); ++i) {
    CheckMethod(*service.method(i));
  }
}

void Linter::CheckMethod(const pb::MethodDescriptor& method) {
  const pb::Descriptor& request = *method.input_type();
  const pb::Descriptor& response = *method.output_type();
  Require(IsPascal(method.name()), "RPC_NAME", method.full_name(),
          "must be PascalCase");
  Require(HasComment(method) || StartsWithOneOf(method.name(), kStandardVerbs),
          "COMMENT", method.full_name(), "needs a comment");
  CheckMethodTypes(method);
  if (absl::StartsWith(method.name(), "List")) {
    Require(
        HasField(request, "page_size", pb::FieldDescriptor::TYPE_INT32) &&
            HasField(request, "page_token", pb::FieldDescriptor::TYPE_STRING) &&
            HasField(response, "next_page_token",
                     pb::FieldDescriptor::TYPE_STRING),
        "LIST_PAGES", method.full_name(),
        "needs int32 page_size and string page_token in the request and "
        "string next_page_token in the response");
  }
  Require(StartsWithOneOf(method.name(), kReadingVerbs) ||
              HasField(request, "request_id", pb::FieldDescriptor::TYPE_STRING),
          "REQUEST_ID", method.full_name(),
          "changes something, so its request needs string request_id");
}

void Linter::CheckMethodTypes(const pb::MethodDescriptor& method) {
  const pb::Descriptor& response = *method.output_type();
  Require(method.input_type()->name() == method.name() + "Request",
          "RPC_REQUEST", method.full_name(),
          absl::StrCat("must take ", method.name(), "Request"));
  // Standard and custom methods of a resource return the resource itself.
  const bool is_resource =
      response.file()->package() == method.file()->package() &&
      !absl::EndsWith(response.name(), "Request") &&
      !absl::EndsWith(response.name(), "Response");
  Require(response.name() == method.name() + "Response" || is_resource,
          "RPC_RESPONSE", method.full_name(),
          absl::StrCat("must return ", method.name(),
                       "Response or a resource of the package"));
}

}  // namespace

std::vector<Finding> Lint(const Schema& schema, const LintOptions& options) {
  Linter linter(options);
  for (const pb::FileDescriptor* file : schema.files) {
    if (absl::StartsWith(file->name(), options.folder)) {
      linter.CheckFile(*file);
    }
  }
  return linter.TakeFindings();
}

}  // namespace tallystick::proto
