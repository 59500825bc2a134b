// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/breaking.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace tallystick::proto {
namespace {

namespace pb = ::google::protobuf;

// The type as it stands in the proto file, without its cardinality.
std::string TypeOf(const pb::FieldDescriptor& field) {
  if (field.message_type() != nullptr) return field.message_type()->full_name();
  if (field.enum_type() != nullptr) return field.enum_type()->full_name();
  return field.type_name();
}

std::string CardinalityOf(const pb::FieldDescriptor& field) {
  if (field.is_repeated()) return "repeated";
  if (field.real_containing_oneof() != nullptr) {
    return absl::StrCat("in oneof ", field.real_containing_oneof()->name());
  }
  return field.has_presence() ? "optional" : "plain";
}

std::string ShapeOf(const pb::MethodDescriptor& method) {
  return absl::StrCat("(", method.client_streaming() ? "stream " : "",
                      method.input_type()->full_name(), ") returns (",
                      method.server_streaming() ? "stream " : "",
                      method.output_type()->full_name(), ")");
}

// Compares released things with their successors and gathers what broke.
class Comparison {
 public:
  explicit Comparison(const pb::DescriptorPool& current) : current_(current) {}

  void CompareFile(const pb::FileDescriptor& released);

  std::vector<Finding> TakeFindings() { return std::move(findings_); }

 private:
  void CompareMessage(const pb::Descriptor& released);
  void CompareField(const pb::FieldDescriptor& released,
                    const pb::Descriptor& current);
  void CompareEnum(const pb::EnumDescriptor& released);
  void CompareService(const pb::ServiceDescriptor& released);

  // Ranges and names that were reserved stay reserved.
  template <typename Descriptor>
  void CompareReserved(const Descriptor& released, const Descriptor& current);

  void Note(absl::string_view rule, absl::string_view where,
            absl::string_view text) {
    findings_.push_back(
        {std::string(rule), std::string(where), std::string(text)});
  }
  void NoteUnlessSame(absl::string_view rule, absl::string_view where,
                      absl::string_view released, absl::string_view current) {
    if (released == current) return;
    Note(rule, where, absl::StrCat("was ", released, ", is ", current));
  }

  const pb::DescriptorPool& current_;
  std::vector<Finding> findings_;
};

void Comparison::CompareFile(const pb::FileDescriptor& released) {
  for (int i = 0; i < released.message_type_count(); ++i) {
    CompareMessage(*released.message_type(i));
  }
  for (int i = 0; i < released.enum_type_count(); ++i) {
    CompareEnum(*released.enum_type(i));
  }
  for (int i = 0; i < released.service_count(); ++i) {
    CompareService(*released.service(i));
  }
}

template <typename Descriptor>
void Comparison::CompareReserved(const Descriptor& released,
                                 const Descriptor& current) {
  for (int i = 0; i < released.reserved_range_count(); ++i) {
    const auto& range = *released.reserved_range(i);
    bool covered = false;
    for (int j = 0; j < current.reserved_range_count(); ++j) {
      covered |= current.reserved_range(j)->start <= range.start &&
                 range.end <= current.reserved_range(j)->end;
    }
    if (!covered) {
      Note("RESERVED", released.full_name(),
           absl::StrCat("numbers from ", range.start, " were reserved"));
    }
  }
  for (int i = 0; i < released.reserved_name_count(); ++i) {
    if (!current.IsReservedName(released.reserved_name(i))) {
      Note("RESERVED", released.full_name(),
           absl::StrCat("the name ", released.reserved_name(i),
                        " was reserved"));
    }
  }
}

void Comparison::CompareMessage(const pb::Descriptor& released) {
  const pb::Descriptor* current =
      current_.FindMessageTypeByName(released.full_name());
  if (current == nullptr) {
    Note("MESSAGE_REMOVED", released.full_name(), "was released");
    return;
  }
  for (int i = 0; i < released.field_count(); ++i) {
    CompareField(*released.field(i), *current);
  }
  CompareReserved(released, *current);
  for (int i = 0; i < released.nested_type_count(); ++i) {
    CompareMessage(*released.nested_type(i));
  }
  for (int i = 0; i < released.enum_type_count(); ++i) {
    CompareEnum(*released.enum_type(i));
  }
}

void Comparison::CompareField(const pb::FieldDescriptor& released,
                              const pb::Descriptor& current) {
  const pb::FieldDescriptor* field =
      current.FindFieldByNumber(released.number());
  const std::string& where = released.full_name();
  if (field == nullptr) {
    if (!current.IsReservedNumber(released.number()) ||
        !current.IsReservedName(released.name())) {
      Note("FIELD_REMOVED", where,
           absl::StrCat("reserve both ", released.number(), " and \"",
                        released.name(), "\""));
    }
    return;
  }
  NoteUnlessSame("FIELD_NAME", where, released.name(), field->name());
  NoteUnlessSame("FIELD_TYPE", where, TypeOf(released), TypeOf(*field));
  NoteUnlessSame("FIELD_CARDINALITY", where, CardinalityOf(released),
                 CardinalityOf(*field));
}

void Comparison::CompareEnum(const pb::EnumDescriptor& released) {
  const pb::EnumDescriptor* current =
      current_.FindEnumTypeByName(released.full_name());
  if (current == nullptr) {
    Note("ENUM_REMOVED", released.full_name(), "was released");
    return;
  }
  for (int i = 0; i < released.value_count(); ++i) {
    const pb::EnumValueDescriptor& value = *released.value(i);
    const pb::EnumValueDescriptor* now =
        current->FindValueByNumber(value.number());
    if (now != nullptr) {
      NoteUnlessSame("ENUM_VALUE_NAME", value.full_name(), value.name(),
                     now->name());
    } else if (!current->IsReservedNumber(value.number()) ||
               !current->IsReservedName(value.name())) {
      Note("ENUM_VALUE_REMOVED", value.full_name(),
           absl::StrCat("reserve both ", value.number(), " and \"",
                        value.name(), "\""));
    }
  }
  CompareReserved(released, *current);
}

void Comparison::CompareService(const pb::ServiceDescriptor& released) {
  const pb::ServiceDescriptor* current =
      current_.FindServiceByName(released.full_name());
  if (current == nullptr) {
    Note("SERVICE_REMOVED", released.full_name(), "was released");
    return;
  }
  for (int i = 0; i < released.method_count(); ++i) {
    const pb::MethodDescriptor& method = *released.method(i);
    const pb::MethodDescriptor* now = current->FindMethodByName(method.name());
    if (now == nullptr) {
      Note("RPC_REMOVED", method.full_name(), "was released");
    } else {
      NoteUnlessSame("RPC_SHAPE", method.full_name(), ShapeOf(method),
                     ShapeOf(*now));
    }
  }
}

}  // namespace

std::vector<Finding> BreakingChanges(const Schema& released,
                                     const Schema& current) {
  Comparison comparison(*current.pool);
  for (const pb::FileDescriptor* file : released.files) {
    comparison.CompareFile(*file);
  }
  return comparison.TakeFindings();
}

}  // namespace tallystick::proto
