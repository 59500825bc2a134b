// SPDX-License-Identifier: Apache-2.0
// Build-time program: turns topics.yaml into C++ constants (catalogue_rows.h).
//
//   generate_catalogue topics.yaml catalogue_data.cc
//
// A mistake in the file stops the build with the topic and the field.
#include <yaml-cpp/yaml.h>

#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

const std::map<std::string, std::string> kAnswerTypes = {
    {"ordinal", "kOrdinal"},   {"nominal", "kNominal"},
    {"set", "kSet"},           {"ranking", "kRanking"},
    {"quantity", "kQuantity"}, {"percentage", "kPercentage"},
    {"score", "kScore"},       {"duration", "kDuration"},
    {"money", "kMoney"},       {"date", "kDate"},
    {"interval", "kInterval"}, {"map", "kMap"},
    {"text", "kText"}};
const std::map<std::string, std::string> kComparators = {
    {"ordinal_step", "kOrdinalStep"},
    {"exact", "kExact"},
    {"jaccard", "kJaccard"},
    {"relative", "kRelative"},
    {"scaled", "kScaled"},
    {"scaled_days", "kScaledDays"},
    {"interval_jaccard", "kIntervalJaccard"},
    {"interval_gap", "kIntervalGap"},
    {"kendall", "kKendall"},
    {"share_variation", "kShareVariation"},
    {"map_mean", "kMapMean"},
    {"confirmed_text", "kConfirmedText"}};
const std::map<std::string, std::string> kElements = {{"", "kNone"},
                                                      {"exact", "kExact"},
                                                      {"relative", "kRelative"},
                                                      {"share", "kShare"},
                                                      {"typed", "kTyped"}};
const std::map<std::string, std::string> kShares = {
    {"shared", "kShared"}, {"banded", "kBanded"}, {"private", "kPrivate"}};
const std::map<std::string, std::string> kGood = {
    {"lower", "kLower"}, {"higher", "kHigher"}, {"two_sided", "kTwoSided"}};
// Every field that a topic and its answer may have.
const std::set<std::string> kTopicFields = {
    "id",          "layer",          "title",      "subject",
    "prompt_self", "prompt_partner", "answer",     "comparator",
    "weight",      "from_position",  "from_stage", "practice_measure",
    "share",       "review_days",    "source"};
const std::set<std::string> kAnswerFields = {
    "type", "options", "items", "open",        "unit",       "currency",
    "keys", "element", "allow", "window_days", "resolution", "scale"};

[[noreturn]] void Stop(const std::string& reason) {
  throw std::runtime_error(reason);
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) Stop("control character in text");
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

// Empty if the field is absent or null.
std::string TextOf(const YAML::Node& node, const std::string& field) {
  const YAML::Node value = node[field];
  return !value || value.IsNull() ? "" : value.as<std::string>();
}

double NumberOf(const YAML::Node& node, const std::string& field,
                double absent) {
  const YAML::Node value = node[field];
  return !value || value.IsNull() ? absent : value.as<double>();
}

std::string Enumerator(const std::map<std::string, std::string>& names,
                       const std::string& type, const std::string& word) {
  const auto at = names.find(word);
  if (at == names.end()) Stop("unknown " + type + " \"" + word + "\"");
  return type + "::" + at->second;
}

void CheckFields(const YAML::Node& node, const std::set<std::string>& known) {
  for (const auto& field : node) {
    const auto name = field.first.as<std::string>();
    if (known.count(name) == 0) Stop("unknown field \"" + name + "\"");
  }
}

int IndexIn(const YAML::Node& list, const std::string& word) {
  int index = 0;
  for (const YAML::Node& one : list) {
    if (one.as<std::string>() == word) return index;
    ++index;
  }
  Stop("\"" + word + "\" is not in the list of positions or stages");
}

// Writes the words as an array of their own, as a span cannot own them, and
// returns its name.
std::string WriteWords(std::ostream& out, const std::string& name,
                       const YAML::Node& list) {
  if (!list || list.size() == 0) return "{}";
  out << "constexpr absl::string_view " << name << "[] = {";
  for (const YAML::Node& word : list) {
    out << Quoted(word.as<std::string>()) << ", ";
  }
  out << "};\n";
  return name;
}

// What the comparators rely on; a topic that breaks it would never compare.
void CheckTopic(const YAML::Node& topic) {
  const YAML::Node answer = topic["answer"];
  CheckFields(topic, kTopicFields);
  CheckFields(answer, kAnswerFields);
  const std::string type = answer["type"].as<std::string>();
  const std::string comparator = topic["comparator"]["name"].as<std::string>();
  if ((type == "ordinal" || type == "nominal") && answer["options"].size() < 2)
    Stop("fewer than two options");
  if (comparator == "scaled" && NumberOf(answer, "scale", 0) <= 0)
    Stop("no scale");
  if (comparator == "scaled_days" && NumberOf(answer, "window_days", 0) <= 0)
    Stop("no window_days");
  const double tolerance = topic["comparator"]["tolerance"].as<double>();
  if (!(tolerance >= 0 && tolerance <= 1)) Stop("tolerance not in 0 to 1");
  const int weight = topic["weight"].as<int>();
  if (weight < 1 || weight > 5) Stop("weight not in 1 to 5");
  const std::string subject = topic["subject"].as<std::string>();
  if (subject != "joint" && subject != "per_party") Stop("unknown subject");
}

std::string TopicRow(std::ostream& arrays, const YAML::Node& catalogue,
                     const YAML::Node& topic, const std::string& number) {
  CheckTopic(topic);
  const YAML::Node answer = topic["answer"];
  const std::string options =
      WriteWords(arrays, "kOptions" + number, answer["options"]);
  const std::string items =
      WriteWords(arrays, "kItems" + number, answer["items"]);
  const bool open_ended =
      answer["allow"] && IndexIn(answer["allow"], "open_ended") >= 0;
  std::ostringstream row;
  row.precision(17);
  row << std::boolalpha << "    {";
  for (const char* field :
       {"id", "layer", "title", "prompt_self", "prompt_partner"}) {
    if (TextOf(topic, field).empty()) Stop(std::string("no ") + field);
    row << Quoted(TextOf(topic, field)) << ", ";
  }
  row << (topic["subject"].as<std::string>() == "per_party") << ", "
      << Enumerator(kAnswerTypes, "AnswerType", TextOf(answer, "type")) << ", "
      << options << ", " << items << ", " << answer["open"].as<bool>(false)
      << ", ";
  for (const char* field : {"unit", "currency", "keys"}) {
    row << Quoted(TextOf(answer, field)) << ", ";
  }
  row << Enumerator(kElements, "Element", TextOf(answer, "element")) << ", "
      << open_ended << ", " << NumberOf(answer, "scale", 0) << ", "
      << NumberOf(answer, "window_days", 0) << ", "
      << NumberOf(answer, "resolution", 1) << ", "
      << NumberOf(topic["comparator"], "floor", 0) << ", "
      << Enumerator(kComparators, "Comparator",
                    TextOf(topic["comparator"], "name"))
      << ", " << topic["comparator"]["tolerance"].as<double>() << ", "
      << topic["weight"].as<int>() << ", "
      << IndexIn(catalogue["positions"], TextOf(topic, "from_position")) << ", "
      << IndexIn(catalogue["stages"], TextOf(topic, "from_stage")) << ", "
      << Quoted(TextOf(topic, "practice_measure")) << ", "
      << Enumerator(kShares, "Share", TextOf(topic, "share")) << ", "
      << topic["review_days"].as<int>() << "},\n";
  return row.str();
}

std::string Topics(std::ostream& arrays, const YAML::Node& catalogue) {
  std::string rows;
  std::set<std::string> ids;
  for (const YAML::Node& topic : catalogue["topics"]) {
    const std::string id = TextOf(topic, "id");
    try {
      if (!ids.insert(id).second) Stop("the id is used twice");
      rows += TopicRow(arrays, catalogue, topic, std::to_string(ids.size()));
    } catch (const std::exception& problem) {
      Stop("topic " + id + ": " + problem.what());
    }
  }
  return rows;
}

std::string Measures(const YAML::Node& catalogue) {
  std::ostringstream rows;
  rows.precision(17);
  for (const YAML::Node& measure : catalogue["practice_measures"]) {
    const bool has_sigma = !measure["sigma"].IsNull();
    rows << "    {" << Quoted(TextOf(measure, "id")) << ", "
         << Quoted(TextOf(measure, "unit")) << ", "
         << Enumerator(kGood, "PracticeMeasure::Good", TextOf(measure, "good"))
         << ", " << Quoted(TextOf(measure, "interval")) << ", "
         << std::boolalpha << has_sigma << ", " << NumberOf(measure, "sigma", 0)
         << ", " << Quoted(TextOf(measure, "layer")) << "},\n";
  }
  return rows.str();
}

std::string Layers(const YAML::Node& catalogue) {
  std::string rows;
  int order = 0;
  for (const YAML::Node& layer : catalogue["layers"]) {
    if (layer["order"].as<int>() != order++) Stop("layers are not in order");
    rows += "    {" + Quoted(TextOf(layer, "id")) + ", " +
            Quoted(TextOf(layer, "title")) + ", " +
            (layer["always_required"].as<bool>(false) ? "true" : "false") +
            "},\n";
  }
  return rows;
}

std::string LayerWeights(const YAML::Node& catalogue) {
  std::string rows;
  for (const YAML::Node& position : catalogue["positions"]) {
    const auto name = position.as<std::string>();
    for (const YAML::Node& layer : catalogue["layers"]) {
      const std::string id = TextOf(layer, "id");
      rows += "    {" + Quoted(name) + ", " + Quoted(id) + ", " +
              catalogue["layer_weights"][name][id].as<std::string>() + "},\n";
    }
  }
  return rows;
}

void CheckLayer(const YAML::Node& catalogue, const std::string& id) {
  for (const YAML::Node& layer : catalogue["layers"]) {
    if (TextOf(layer, "id") == id) return;
  }
  Stop("there is no layer \"" + id + "\"");
}

std::string DesignFocus(const YAML::Node& catalogue) {
  std::string rows;
  for (const YAML::Node& position : catalogue["positions"]) {
    const auto name = position.as<std::string>();
    if (!catalogue["design_focus"][name]) Stop("no design_focus of " + name);
    for (const YAML::Node& layer : catalogue["design_focus"][name]) {
      const auto id = layer.as<std::string>();
      CheckLayer(catalogue, id);
      rows += "    {" + Quoted(name) + ", " + Quoted(id) + "},\n";
    }
  }
  return rows;
}

std::string Neglects(const YAML::Node& catalogue) {
  std::string rows;
  for (const YAML::Node& one : catalogue["neglect"]) {
    for (const char* field : {"complete", "empty"}) {
      CheckLayer(catalogue, TextOf(one, field));
    }
    rows += "    {" + Quoted(TextOf(one, "complete")) + ", " +
            Quoted(TextOf(one, "empty")) + "},\n";
  }
  return rows;
}

// Both are asked about each party.
std::string GiveAndTake(const YAML::Node& catalogue, const char* field) {
  const std::string id = TextOf(catalogue["give_and_take"], field);
  for (const YAML::Node& topic : catalogue["topics"]) {
    if (TextOf(topic, "id") == id && TextOf(topic, "subject") == "per_party") {
      return Quoted(id);
    }
  }
  Stop(std::string("give_and_take: ") + field + " is no per_party topic");
}

// Its answers must be the positions: an agreed one is looked up among them.
std::string PositionTopic(const YAML::Node& catalogue) {
  const std::string id = TextOf(catalogue, "position_topic");
  for (const YAML::Node& topic : catalogue["topics"]) {
    if (TextOf(topic, "id") != id) continue;
    const YAML::Node options = topic["answer"]["options"];
    if (options.as<std::vector<std::string>>() !=
        catalogue["positions"].as<std::vector<std::string>>()) {
      Stop("the options of position_topic are not the positions");
    }
    return Quoted(id);
  }
  Stop("position_topic is not a topic");
}

std::string StageGates(const YAML::Node& catalogue) {
  std::string rows;
  for (const YAML::Node& stage : catalogue["stages"]) {
    const auto name = stage.as<std::string>();
    rows += "    {" + Quoted(name) + ", " +
            Quoted(TextOf(catalogue["stage_gates"], name)) + "},\n";
  }
  return rows;
}

std::string Generate(const YAML::Node& catalogue) {
  std::ostringstream out;
  out << "// SPDX-License-Identifier: Apache-2.0\n"
         "// Made by generate_catalogue from topics.yaml; do not edit.\n"
         "#include \"core/expectation/catalogue_rows.h\"\n\n"
         "namespace tallystick::expectation {\nnamespace {\n\n";
  const std::string positions =
      WriteWords(out, "kPositions", catalogue["positions"]);
  const std::string stages = WriteWords(out, "kStages", catalogue["stages"]);
  const std::string topics = Topics(out, catalogue);
  const auto table = [&out](const char* type, const char* name,
                            const std::string& rows) {
    out << "constexpr " << type << " " << name << "[] = {\n" << rows << "};\n";
  };
  table("TopicRow", "kTopics", topics);
  table("MeasureRow", "kMeasures", Measures(catalogue));
  table("LayerRow", "kLayers", Layers(catalogue));
  table("WeightRow", "kWeights", LayerWeights(catalogue));
  table("FocusRow", "kFocus", DesignFocus(catalogue));
  table("NeglectRow", "kNeglects", Neglects(catalogue));
  table("GateRow", "kGates", StageGates(catalogue));
  out << "\n}  // namespace\n\nconst CatalogueRows kBuiltInRows = {"
      << catalogue["version"].as<unsigned>() << ", " << positions << ", "
      << stages << ", kGates, kLayers, kWeights, kFocus, "
      << "kNeglects, " << GiveAndTake(catalogue, "gets") << ", "
      << GiveAndTake(catalogue, "gives") << ", " << PositionTopic(catalogue)
      << ", kTopics, kMeasures};\n\n"
      << "}  // namespace tallystick::expectation\n";
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: generate_catalogue TOPICS_YAML OUTPUT_CC\n";
    return 2;
  }
  try {
    const std::string text = Generate(YAML::LoadFile(argv[1]));
    std::ofstream file(argv[2], std::ios::binary);
    file << text;
    file.close();
    if (!file) Stop("cannot write");
  } catch (const std::exception& problem) {
    std::cerr << argv[1] << ": " << problem.what() << "\n";
    return 1;
  }
  return 0;
}
