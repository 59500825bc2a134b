// SPDX-License-Identifier: Apache-2.0
#include "cli/balance_words.h"

#include <cmath>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

using Dimension = v1::BalanceDimension;

constexpr int kWidth = 78;

// "3,745,000" of "3745000.00".
std::string Grouped(std::string text) {
  if (absl::EndsWith(text, ".00")) text.resize(text.size() - 3);
  const size_t point = text.find('.');
  size_t end = point == std::string::npos ? text.size() : point;
  const size_t begin = !text.empty() && text[0] == '-' ? 1 : 0;
  while (end > begin + 3) {
    end -= 3;
    text.insert(end, 1, ',');
  }
  return text;
}

std::string Number(bool exists, const v1::BalanceAmount& amount) {
  return exists ? Grouped(amount.text()) : "-";
}

std::string Percent(bool exists, double part) {
  return exists ? absl::StrFormat("%.1f%%", 100 * part) : "-";
}

std::string InWords(Dimension::Basis basis, absl::string_view own,
                    absl::string_view partner) {
  switch (basis) {
    case Dimension::CLAIMED:
      return "claimed";
    case Dimension::ACKNOWLEDGED:
      return "acknowledged";
    case Dimension::AGREED:
      return "agreed";
    case Dimension::OWN:
      return absl::StrCat("by ", own);
    case Dimension::PARTNER:
      return absl::StrCat("by ", partner);
    default:
      return "-";
  }
}

Cell StateCell(Dimension::State state) {
  switch (state) {
    case Dimension::NO_DATA:
      return Cell("no records", Tone::kQuiet);
    case Dimension::ONE_SIDED:
      return Cell("one-sided", Tone::kQuiet);
    case Dimension::NO_TARGET:
      return Cell("none agreed", Tone::kQuiet);
    case Dimension::PARTIAL:
      return Cell("partial", Tone::kQuiet);
    case Dimension::BALANCED:
      return Cell("balanced", Tone::kGood);
    case Dimension::WATCH:
      return Cell("watch", Tone::kWarning);
    case Dimension::BREACH:
      return Cell("unbalanced", Tone::kBad);
    case Dimension::NEGATIVE:
      return Cell("a loss", Tone::kWarning);
    default:
      return Cell("-");
  }
}

// "claimed", and where amounts are not in the currency of the rest, what they
// are: "claimed, points".
std::string BasisAndUnit(const Dimension& row, absl::string_view currency) {
  const std::string basis = InWords(row.basis(), "us", "them");
  const std::string& unit =
      row.has_own() ? row.own().currency() : row.partner().currency();
  return unit.empty() || unit == currency ? basis
                                          : absl::StrCat(basis, ", ", unit);
}

bool IsShown(Dimension::Basis basis, BalanceView view) {
  if (view == BalanceView::kOwn) return basis != Dimension::PARTNER;
  if (view == BalanceView::kPartner) return basis != Dimension::OWN;
  return true;
}

void AddLine(absl::string_view text, std::string& out) {
  for (const std::string& line : Wrap(Printable(text), kWidth)) {
    absl::StrAppend(&out, line, "\n");
  }
}

std::string DimensionTable(const v1::Balance& balance, BalanceView view,
                           const Layout& layout) {
  Table table({{"dimension"},
               {"basis"},
               {Shorten(balance.own(), 12), Table::Align::kRight},
               {Shorten(balance.partner(), 12), Table::Align::kRight},
               {"share", Table::Align::kRight},
               {"agreed", Table::Align::kRight},
               {"state"}});
  absl::string_view before;
  for (const Dimension& row : balance.dimensions()) {
    if (!IsShown(row.basis(), view)) continue;
    const bool nothing = row.state() == Dimension::NO_DATA;
    table.AddRow({before == row.dimension() ? "" : row.dimension(),
                  nothing ? "" : BasisAndUnit(row, balance.currency()),
                  Number(row.has_own(), row.own()),
                  Number(row.has_partner(), row.partner()),
                  Percent(row.has_share(), row.share()),
                  Percent(row.has_target(), row.target()),
                  StateCell(row.state())});
    before = row.dimension();
  }
  return table.Render(layout);
}

// What stands behind the states: missing rates, and how heavy a skew is.
void AddDimensionRemarks(const v1::Balance& balance, BalanceView view,
                         std::string& out) {
  for (const Dimension& row : balance.dimensions()) {
    if (!IsShown(row.basis(), view)) continue;
    const std::string name =
        absl::StrCat(row.dimension(), ", ",
                     InWords(row.basis(), balance.own(), balance.partner()));
    if (row.state() == Dimension::NO_TARGET && row.has_expected_own() &&
        row.has_expected_partner()) {
      AddLine(absl::StrFormat(
                  "%s: no share is agreed; for %s, %s expects %.1f%% and %s "
                  "%.1f%%.",
                  name, balance.own(), balance.own(), 100 * row.expected_own(),
                  balance.partner(), 100 * row.expected_partner()),
              out);
    }
    if (!row.unvalued().empty()) {
      std::vector<std::string> kinds;
      for (const Dimension::Unvalued& kind : row.unvalued()) {
        kinds.push_back(absl::StrCat(kind.kind(), " (", kind.lines(), ")"));
      }
      AddLine(absl::StrCat(name, ": without a value, and not counted as 0: ",
                           absl::StrJoin(kinds, ", "), "."),
              out);
    }
    if (!row.trouble().empty()) {
      AddLine(absl::StrCat(name, ": ", row.trouble(), "."), out);
    }
    if (row.has_points()) {
      AddLine(absl::StrFormat("%s: %s has %.1f points %s than agreed.", name,
                              balance.own(), 100 * std::abs(row.skew()),
                              row.skew() > 0 ? "more" : "less"),
              out);
    }
  }
}

void AddAcknowledgements(const v1::Balance& balance, std::string& out) {
  for (const v1::AcknowledgementGap& row : balance.acknowledgements()) {
    std::string line;
    if (row.kind().empty()) continue;
    if (row.has_gap() && row.gap() != 0) {
      line = absl::StrFormat(
          "%s claims %s %s, of which %s are acknowledged: a gap of %.1f%%",
          row.giver(), Grouped(row.claimed()), row.kind(),
          Grouped(row.acknowledged()), 100 * row.gap());
      if (row.has_difference_value()) {
        absl::StrAppend(&line, ", worth ",
                        AmountInWords(row.difference_value()));
      }
    }
    if (row.pending() + row.unacknowledged() > 0) {
      absl::StrAppend(
          &line, line.empty() ? row.giver() + ", " + row.kind() : "",
          line.empty() ? ": " : "; ", row.pending(), " not answered yet, ",
          row.unacknowledged(), " not answered in 14 days");
    }
    if (!line.empty()) AddLine(absl::StrCat(line, "."), out);
  }
}

void AddOverclaims(const v1::Balance& balance, std::string& out) {
  for (const v1::BalanceOverclaim& row : balance.overclaims()) {
    if (!row.has_overclaim()) {
      AddLine(absl::StrCat(row.subject(),
                           ": only one company has claimed its part."),
              out);
      continue;
    }
    AddLine(absl::StrFormat(
                "%s: %s claims %.0f%% for itself, %s %.0f%%; together %.0f%%%s",
                row.subject(), balance.own(), 100 * row.own_share(),
                balance.partner(), 100 * row.partner_share(),
                100 * (1 + row.overclaim()),
                row.level() == v1::BalanceOverclaim::WARNING ? " (warning)."
                : row.level() == v1::BalanceOverclaim::WATCH ? " (watch)."
                                                             : "."),
            out);
  }
}

std::string EquityInWords(const v1::BalanceEquity& row,
                          const v1::Balance& balance) {
  const std::string by = InWords(row.basis(), balance.own(), balance.partner());
  switch (row.state()) {
    case v1::BalanceEquity::BALANCED:
      return absl::StrFormat("Equity (risks %s): %.4f, in balance.", by,
                             row.ratio());
    case v1::BalanceEquity::FAVOURS_OWN:
    case v1::BalanceEquity::FAVOURS_PARTNER:
      return absl::StrFormat(
          "Equity (risks %s): %.4f, in favour of %s, which gets more for what "
          "it puts in.",
          by, row.ratio(),
          row.state() == v1::BalanceEquity::FAVOURS_OWN ? balance.own()
                                                        : balance.partner());
    case v1::BalanceEquity::UNDEFINED:
      return absl::StrCat("Equity (risks ", by,
                          "): no ratio; a company has put in or received "
                          "nothing.");
    case v1::BalanceEquity::NEGATIVE:
      return absl::StrCat("Equity (risks ", by, "): a loss; net ",
                          balance.own(), " ", AmountInWords(row.own_net()),
                          ", ", balance.partner(), " ",
                          AmountInWords(row.partner_net()), ".");
    default:
      return row.has_ratio_without_upkeep()
                 ? absl::StrFormat(
                       "Equity (risks %s): not known yet; without upkeep %.4f.",
                       by, row.ratio_without_upkeep())
                 : absl::StrCat("Equity (risks ", by, "): not known yet.");
  }
}

void AddEquity(const v1::Balance& balance, BalanceView view, std::string& out) {
  for (const v1::BalanceEquity& row : balance.equity()) {
    if (!IsShown(row.basis(), view)) continue;
    std::string line = EquityInWords(row, balance);
    if (!row.missing().empty()) {
      absl::StrAppend(&line, " Not known: ", absl::StrJoin(row.missing(), ", "),
                      ".");
    }
    AddLine(line, out);
  }
}

void AddUpkeep(const v1::Balance& balance, std::string& out) {
  for (const v1::BalanceUpkeep& row : balance.upkeep()) {
    if (!row.has_ratio()) continue;
    AddLine(absl::StrFormat(
                "Upkeep of %s: %.2f%% of the benefit%s%s.",
                row.party().empty() ? "both" : row.party(), 100 * row.ratio(),
                row.private_() ? " (with figures only this node has)" : "",
                row.level() == v1::BalanceUpkeep::WARNING ? ", too much"
                : row.level() == v1::BalanceUpkeep::WATCH ? ", watch"
                                                          : ""),
            out);
  }
}

absl::string_view InWords(v1::BalanceBetterOff::Answer answer) {
  switch (answer) {
    case v1::BalanceBetterOff::YES:
      return "yes";
    case v1::BalanceBetterOff::NO:
      return "no";
    case v1::BalanceBetterOff::UNDECIDED:
      return "undecided";
    default:
      return "has not said";
  }
}

}  // namespace

std::string AmountInWords(const v1::BalanceAmount& amount) {
  const std::string number = Grouped(amount.text());
  return amount.currency().empty()
             ? number
             : absl::StrCat(amount.currency(), " ", number);
}

std::string RenderBetterOff(const v1::BalanceBetterOff& better_off,
                            absl::string_view own, absl::string_view partner) {
  std::string out;
  AddLine(absl::StrCat("Better off than alone? ", own, ": ",
                       InWords(better_off.own_stated()), "; ", partner, ": ",
                       InWords(better_off.partner_stated()), "."),
          out);
  if (better_off.has_own_better_by()) {
    AddLine(absl::StrCat("Our own figures, which stay here: better by ",
                         AmountInWords(better_off.own_better_by()), " (",
                         InWords(better_off.own_computed()), ")."),
            out);
  } else if (!better_off.missing().empty()) {
    AddLine(absl::StrCat("Our own figures do not tell; missing: ",
                         absl::StrJoin(better_off.missing(), ", "), "."),
            out);
  }
  if (better_off.has_rule_one_met() && !better_off.rule_one_met()) {
    AddLine(
        "One of us is worse off than alone: nothing else makes up for that.",
        out);
  }
  if (better_off.synergy()) {
    AddLine("Together we are worth more than apart.", out);
  }
  return out;
}

std::string RenderBalance(const v1::Balance& balance, BalanceView view,
                          const Layout& layout) {
  std::string out;
  AddLine(
      absl::StrCat("As of ", balance.as_of(),
                   balance.currency().empty()
                       ? "."
                       : absl::StrCat(", amounts in ", balance.currency(), "."),
                   " SHARE and AGREED are those of ", balance.own(), "."),
      out);
  absl::StrAppend(&out, "\n", DimensionTable(balance, view, layout), "\n");
  AddDimensionRemarks(balance, view, out);
  AddAcknowledgements(balance, out);
  AddOverclaims(balance, out);
  AddEquity(balance, view, out);
  AddUpkeep(balance, out);
  absl::StrAppend(&out, RenderBetterOff(balance.better_off(), balance.own(),
                                        balance.partner()));
  if (balance.has_mean_index()) {
    AddLine(absl::StrFormat("Of 6 dimensions %d can be judged; the worst is at "
                            "%.2f, the mean %.2f of 1.",
                            balance.measured(), balance.least_index(),
                            balance.mean_index()),
            out);
  }
  return out;
}

int CountImbalances(const v1::Balance& balance) {
  int found = 0;
  absl::string_view before;
  for (const Dimension& row : balance.dimensions()) {
    const bool first = row.dimension() != before;
    before = row.dimension();
    if (first &&
        (row.state() == Dimension::WATCH || row.state() == Dimension::BREACH)) {
      ++found;
    }
  }
  for (const v1::BalanceEquity& row : balance.equity()) {
    if (row.state() == v1::BalanceEquity::FAVOURS_OWN ||
        row.state() == v1::BalanceEquity::FAVOURS_PARTNER) {
      ++found;
      break;
    }
  }
  const v1::BalanceBetterOff& better_off = balance.better_off();
  if (better_off.has_rule_one_met() && !better_off.rule_one_met()) ++found;
  return found;
}

}  // namespace tallystick::cli
