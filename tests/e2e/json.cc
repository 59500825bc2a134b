// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/json.h"

#include <cstdlib>

#include "google/protobuf/util/json_util.h"

namespace tallystick::e2e {

Json Json::Parse(const std::string& text) {
  google::protobuf::Value value;
  if (!google::protobuf::util::JsonStringToMessage(text, &value).ok()) {
    return Json();
  }
  return Json(std::move(value));
}

bool Json::Has(const std::string& name) const {
  return value_.struct_value().fields().contains(name);
}

Json Json::operator[](const std::string& name) const {
  const auto& fields = value_.struct_value().fields();
  const auto it = fields.find(name);
  return it == fields.end() ? Json() : Json(it->second);
}

std::vector<Json> Json::List() const {
  std::vector<Json> list;
  for (const auto& value : value_.list_value().values()) {
    list.push_back(Json(value));
  }
  return list;
}

Json Json::Find(const std::string& name, const std::string& value) const {
  for (const Json& element : List()) {
    if (element[name].Text() == value) return element;
  }
  return Json();
}

std::vector<std::string> Json::Texts() const {
  std::vector<std::string> texts;
  for (const Json& element : List()) texts.push_back(element.Text());
  return texts;
}

double Json::Number() const {
  return value_.has_string_value()
             ? std::strtod(value_.string_value().c_str(), nullptr)
             : value_.number_value();
}

}  // namespace tallystick::e2e
