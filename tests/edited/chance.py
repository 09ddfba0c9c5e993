"""What edits choose from by chance: values in many notations, bodies of the register, words of the lists."""

import csv
import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_REGISTERS = _HERE.parents[1] / "models" / "registers"
_KINDS = frozenset(
    {"municipality", "ministry", "water_board", "association", "agency", "fund", "ngo", "education", "care"}
)
_PLAIN_NAME = re.compile(r"[A-Z][\w’'-]+(?: [\w’'&-]+){1,5}")
_UNKNOWN = 0.15
"""How often a body is one that no register knows."""
_YEAR = re.compile(r"\b20[12]\d\b")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+")


@cache
def lists(name: str) -> dict[str, Any]:
    """Return the lists of a file."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def bodies() -> dict[str, list[tuple[str, str | None]]]:
    """Return the bodies of the register that are there today, by kind: name and first abbreviation."""
    with (_REGISTERS / "ambiguous.csv").open(encoding="utf-8", newline="") as file:
        doubtful = {row["name"] for row in csv.DictReader(file)}
    found: dict[str, list[tuple[str, str | None]]] = {kind: [] for kind in sorted(_KINDS)}
    with (_REGISTERS / "organisations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            short = row["abbreviations"].split("|")[0] or None
            known = row["kind"] in _KINDS and not row["valid_until"] and row["name"] not in doubtful
            if known and short not in doubtful and _PLAIN_NAME.fullmatch(row["name"]):
                found[row["kind"]].append((row["name"], short))
    return found


def body(chance: random.Random, but: set[str], *, with_short: bool = False, kind: str | None = None) -> tuple[str, str]:
    """Return the name of a body and its abbreviation (or name) that are not among some; now and then an unknown one."""
    if kind is None and not with_short and chance.random() < _UNKNOWN:
        name = chance.choice(lists("words")["unknown"])
        if name not in but:
            but.add(name)
            return name, name
    own = kind or chance.choice([one for one in bodies() if one != "municipality"])
    free = [(name, short) for name, short in bodies()[own] if name not in but and (short or not with_short)]
    if not free:  # such as municipalities, of which none has an abbreviation
        return body(chance, but, with_short=with_short)
    name, short = chance.choice(free)
    but.add(name)
    return name, short or name


def place(chance: random.Random, but: set[str]) -> str:
    """Return the name of a municipality."""
    while True:
        name = chance.choice(bodies()["municipality"])[0].removeprefix("Gemeente ")
        if name not in but:
            but.add(name)
            return name


def slots(chance: random.Random, but: set[str]) -> dict[str, str]:
    """Return a marked-up value for all that a wording may name."""
    months = lists("words")["months"]
    year = chance.randint(2019, 2026)
    money = chance.choice(
        [f"€ {chance.randint(20, 990)}.000", f"€ {chance.randint(2, 60)},{chance.randint(1, 9)} miljoen"]
    )
    return {
        "n": _grouped(chance.choice([chance.randint(13, 99), chance.randint(100, 999), chance.randint(1001, 40000)])),
        "n2": str(chance.randint(3, 12)),
        "date": f"{chance.randint(1, 28)} {chance.choice(months)} {year}",
        "month": f"{chance.choice(months)} {year}",
        "year": str(year),
        "money": money,
        "share": chance.choice([f"{chance.randint(11, 96)}%", f"{chance.randint(11, 96)} procent"]),
        "org": body(chance, but)[0],
        "org2": body(chance, but)[0],
        "place": place(chance, but),
    }


def filled(wording: str, values: dict[str, str]) -> str:
    """Return a wording with its values, marked up."""
    kinds = {"org": "org", "org2": "org", "place": "loc", "date": "date", "month": "date", "year": "date"}

    def marked(slot: re.Match[str]) -> str:
        value = values[slot[1]]
        kind = kinds.get(slot[1], "figure")
        return f"[{value}]({kind})" if kind == "org" else f'[{value}]({kind}="{value}")'

    return re.sub(r"\{(\w+)\}", marked, wording)


def other_number(words: str, chance: random.Random) -> str | None:
    """Return words with another number in one of its places, in the same notation; None where there is none."""
    places = [one for one in _NUMBER.finditer(words) if not _YEAR.fullmatch(one[0])]
    if not places:
        return _other_word(words, chance)
    place = places[-1]
    whole, comma, rest = place[0].partition(",")
    value = int(whole.replace(".", ""))
    most = 99 if re.search(r"%|procent", words) else 10 * value + 20
    for _ in range(20):
        new = min(
            most, max(1, round(value * chance.choice([0.4, 0.7, 0.9, 1.1, 1.3, 1.76, 2.5])) + chance.randint(-2, 3))
        )
        if new not in {value, 1}:
            grouped = _grouped(new) if "." in whole or new < 1000 else str(new)
            return f"{words[: place.start()]}{grouped}{comma}{rest}{words[place.end() :]}"
    return None


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _other_word(words: str, chance: random.Random) -> str | None:
    numbers = lists("words")["numbers"]
    for found in re.finditer(r"\w+", words):
        if (word := found[0].casefold()) in numbers:
            new = chance.choice([one for one in numbers if one != word])
            new = new.capitalize() if found[0][0].isupper() else new
            return f"{words[: found.start()]}{new}{words[found.end() :]}"
    return None


def other_date(words: str, chance: random.Random) -> str | None:
    """Return words with another last year, month or day; None where there is none that can be another."""
    months = lists("words")["months"]
    years = list(_YEAR.finditer(words))
    named = [one for one in re.finditer(r"[a-z]+", words) if one[0] in months]
    if len(years) == len(named) == 1:
        month = named[0]
        day = re.search(r"\b(\d{1,2}) (?=[a-z]+ 20)", words)
        choice = chance.random()
        if choice < 0.4:
            new = chance.choice([one for one in months if one != month[0]])
            if not day or int(day[1]) <= 28:
                return f"{words[: month.start()]}{new}{words[month.end() :]}"
        elif day and choice < 0.7 and len(re.findall(r"\d+", words)) == 2:
            other = chance.choice([one for one in range(1, 29) if one != int(day[1])])
            return f"{words[: day.start(1)]}{other}{words[day.end(1) :]}"
    if not years:
        return None
    last = years[-1]
    step = chance.choice([1, 2]) if len(years) > 1 else chance.choice([-1, 1, 2])
    return f"{words[: last.start()]}{int(last[0]) + step}{words[last.end() :]}"
