"""What a record holds, in words for a person, in the language in use."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from pipeline.messages import N_, _, ngettext
from pipeline.records.models import DateRecord, FigureRecord, Warning

ORGANISATION_KINDS = {
    "ministry": N_("ministry"),
    "agency": N_("agency"),
    "municipality": N_("municipality"),
    "province": N_("province"),
    "water_board": N_("water board"),
    "region": N_("region"),
    "justice": N_("justice"),
    "health": N_("health"),
    "care": N_("care"),
    "education": N_("education"),
    "research": N_("research"),
    "company": N_("company"),
    "ngo": N_("NGO"),
    "fund": N_("fund"),
    "association": N_("association"),
    "partnership": N_("partnership"),
    "platform": N_("platform"),
    "international": N_("international"),
    "other": N_("other"),
}
LOCATION_KINDS = {
    "country": N_("country"),
    "province": N_("province"),
    "municipality": N_("municipality"),
    "town": N_("town"),
    "region": N_("region"),
}
ROLES = {
    "commissioner": N_("commissioner"),
    "executor": N_("executor"),
    "funder": N_("funder"),
    "partner": N_("partner"),
}
DATE_ROLES = {"start": N_("start"), "end": N_("end"), "period": N_("period"), "reference": N_("reference date")}
FIGURE_KINDS = {
    "count": N_("count"),
    "money": N_("money"),
    "percentage": N_("percentage"),
    "duration": N_("duration"),
    "age": N_("age"),
    "ratio": N_("ratio"),
    "measure": N_("measure"),
}
REPAIR_RULES = {
    "glyph": N_("misread letter"),
    "roman": N_("misread Roman numeral"),
    "ligature": N_("joined letters"),
    "space": N_("space"),
    "hyphen": N_("hyphen at the end of a line"),
}
WARNINGS = {
    "low_confidence_heading": N_("the heading reads like a sentence; check that a project begins here"),
    "row_without_title": N_("a row of the table has no title; check what project it is"),
    "read_by_ocr": N_("the text was read from a picture; check names and numbers"),
    "poor_text_layer": N_("part of the text can hardly be read; compare with the source"),
    "not_dutch": N_("the text does not read as Dutch"),
    "empty_section": N_("no text stands under the heading"),
    "text_left_out": N_("text between two projects stands in no project; is one missing?"),
    "damaged_file": N_("the file has no proper end; compare the last projects with the source"),
    "limits_near": N_("the file is almost too large"),
    "conflict": N_("an earlier decision no longer fits what the text says"),
}
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_COMPARED = {
    "=": "{amount}",
    "~": N_("about {amount}"),
    ">": N_("more than {amount}"),
    ">=": N_("at least {amount}"),
    "<": N_("less than {amount}"),
    "<=": N_("at most {amount}"),
}
_QUOTED = re.compile(r"“[^”]*”")
# What `text_left_out` counts, and where the longest piece begins; the first words of it are quoted.
_LEFT_OUT = re.compile(r"(?P<words>\d+) words .*?(?: on (?P<place>page|line) (?P<number>\d+))?: (?P<opening>“.*”)$")
SURE = 0.9
LIKELY = 0.7


def day_words(day: date) -> str:
    """Write a day: ``15 July 2024``."""
    return f"{day.day} {_(_MONTHS[day.month - 1])} {day.year}"


def month_words(day: date) -> str:
    """Write the month of a day: ``July 2024``."""
    return f"{_(_MONTHS[day.month - 1])} {day.year}"


def date_words(one: DateRecord) -> str:
    """Say which days a date comes to."""
    return days_words(one.earliest, one.latest)


def days_words(earliest: date | None, latest: date | None) -> str:
    """Say from which day to which, both included; an end may be open."""
    if earliest and latest and (whole := _whole_words(earliest, latest)):
        return whole
    if earliest is None:
        return "–" if latest is None else _("up to and including {day}").format(day=day_words(latest))
    if latest is None:
        return _("from {day} on").format(day=day_words(earliest))
    return day_words(earliest) if earliest == latest else f"{day_words(earliest)} – {day_words(latest)}"


def _whole_words(earliest: date, latest: date) -> str:
    """Say what years or months two days are the first and last of: ``2024``, ``June 2023``; nothing where of none."""
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        return str(earliest.year) if earliest.year == latest.year else f"{earliest.year} – {latest.year}"
    if earliest.day != 1 or (latest + timedelta(days=1)).day != 1:
        return ""
    months = [month_words(day) for day in (earliest, latest)]
    return months[0] if months[0] == months[1] else " – ".join(months)


def number_words(number: Decimal) -> str:
    """Write a number with the marks of the language in use."""
    sample = _("1,234.5")  # how the language writes this says all
    english = f"{number:,f}"
    return english.translate(str.maketrans(",.", sample[1] + sample[5]))


def ratio_words(ratio: float | None, places: int = 3) -> str:
    """Write a ratio with the mark of the language in use; a dash where there is none."""
    return "–" if ratio is None else f"{ratio:.{places}f}".replace(".", _("1,234.5")[5])


def figure_words(one: FigureRecord) -> str:
    """Say what a figure means."""
    return amount_words(one.kind, one.value, one.value_max, one.unit, one.comparator)


def amount_words(kind: str, value: Decimal, value_max: Decimal | None, unit: str | None, comparator: str) -> str:
    """Say what a figure of a kind, by the values of a record, means."""
    amount = number_words(value)
    if value_max is not None:
        amount = f"{amount} – {number_words(value_max)}"
    return _(_COMPARED[comparator]).format(
        amount=_with_unit(kind, unit or "", amount, is_one=value == 1 and not value_max)
    )


def confidence_words(confidence: float) -> str:
    """Say how sure something is."""
    if confidence >= SURE:
        return _("sure")
    return _("likely") if confidence >= LIKELY else _("doubtful")


def warning_words(warning: Warning) -> str:
    """Say what a warning means; one that is not known here stays as it was written."""
    if warning.code not in WARNINGS:
        return f"{warning.message} ({warning.code})"
    words = _(WARNINGS[warning.code])
    if warning.code == "conflict" and (sides := _QUOTED.findall(warning.message)):  # what was decided on, what is there
        words += f": {sides[0]} → {sides[1] if len(sides) > 1 else '–'}"
    if warning.code == "text_left_out" and (found := _LEFT_OUT.match(warning.message)):
        words += " " + _left_out_words(found)
    return words


def _left_out_words(found: re.Match[str]) -> str:
    """Say how much was left out and where it begins."""
    values = {"words": found["words"], "number": found["number"], "opening": found["opening"]}
    if found["place"] == "page":
        return _("{words} words; the longest piece begins on page {number}: {opening}").format(**values)
    if found["place"] == "line":
        return _("{words} words; the longest piece begins on line {number}: {opening}").format(**values)
    return _("{words} words; the longest piece begins with {opening}").format(**values)


def pages_words(pages: Sequence[int]) -> str:
    """Write pages shortly: ``3``, ``3-5``, ``3, 7``; a dash where there are none."""
    if not pages:
        return "–"
    runs: list[list[int]] = [[pages[0]]]
    for before, page in pairwise(pages):
        if page == before + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _with_unit(kind: str, unit: str, amount: str, *, is_one: bool) -> str:
    if kind == "money":
        return f"{unit} {amount}"
    if kind == "age":
        return _("{amount} years old").format(amount=amount)
    if kind == "ratio" and unit:
        return _("{amount} of {unit}").format(amount=amount, unit=unit)
    if kind == "duration":
        unit = _unit_of_time(unit, 1 if is_one else 2)
    return f"{amount}%" if unit == "%" else f"{amount} {unit}".strip()


def _unit_of_time(unit: str, count: int) -> str:
    words = {
        "hour": ngettext("hour", "hours", count),
        "day": ngettext("day", "days", count),
        "week": ngettext("week", "weeks", count),
        "month": ngettext("month", "months", count),
        "year": ngettext("year", "years", count),
    }
    return words.get(unit, unit)
