"""Say what a mark may hold: the kinds, their attributes and the values that each of these takes."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FIGURES = frozenset({"count", "money", "percentage", "duration", "age", "ratio", "measure"})
KINDS = frozenset({"org", "loc", "date"}) | FIGURES
COMPARATORS = ("=", "~", ">", ">=", "<", "<=")
OPTIONAL = "optional"

_ORG_ROLES = ("commissioner", "executor", "funder", "partner")
_UNITS = {
    "money": re.compile(r"[A-Z]{3}"),
    "percentage": re.compile(r"%|pp|‰"),
    "duration": re.compile(r"day|week|month|year|hour|minute|second"),
    "age": re.compile(r"year|month|week|day"),
}
_DEFAULT_UNITS = {"money": "EUR", "percentage": "%", "age": "year"}
_UNIT_NEEDED = frozenset({"count", "duration", "measure"})

_ANYTHING = re.compile(r".+")


def _one_of(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _list_of(*words: str) -> re.Pattern[str]:
    one = "|".join(words)
    return re.compile(rf"(?:{one})(?:,(?:{one}))*")


_FIGURE_ATTRIBUTES = {"unit": _ANYTHING, "cmp": _one_of(*COMPARATORS), "as_of": _ANYTHING}
_ATTRIBUTES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "org": {"role": _list_of(*_ORG_ROLES), "kind": _one_of("platform")},
    "loc": {"kind": _one_of("country", "province", "municipality", "town", "region")},
    "date": {
        "modifier": _one_of("from", "after", "until", "through", "by"),
        "part": _one_of("begin", "mid", "end"),
        "role": _one_of("start", "end", "period", "reference"),
    },
    **dict.fromkeys(FIGURES, _FIGURE_ATTRIBUTES),
}

# A value that itself holds quotes has no use here, so there is no escaping to get wrong.
_TOKEN = re.compile(r'(?P<key>[^\s="]+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+)))?(?=\s|$)')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?~?|\d{3}X|\d\dXX")
_SEASON = range(21, 25)
_PART_OF_YEAR = range(33, 42)
_MONTH = range(1, 13)
_RATIO_DECIMALS, _DECIMALS = 3, 2


@dataclass(frozen=True)
class Tag:
    """What stands between the brackets of a mark: `(kind=value key=value flag)`."""

    kind: str
    value: str | None
    others: Mapping[str, str]


def read_attributes(text: str) -> Tag:
    """Read and check what stands between the brackets of a mark.

    Parameters
    ----------
    text : str
        For example `count=200 unit=hotels cmp=">"`.

    Returns
    -------
    Tag
        Its kind, its value and its other attributes; a flag such as `optional` has the value `true`.

    Raises
    ------
    ValueError
        If anything in it is unknown, missing, double or malformed.
    """
    (kind, value), *rest = _tokens(text)
    if kind not in KINDS:
        message = f"unknown kind {kind!r}; known are {', '.join(sorted(KINDS))}"
        raise ValueError(message)
    others: dict[str, str] = {}
    for key, setting in rest:
        if key in others:
            message = f"attribute {key!r} is given twice"
            raise ValueError(message)
        others[key] = _checked(kind, key, setting)
    _check_value(kind, value)
    _check_unit(kind, others)
    if "as_of" in others:
        check_edtf(others["as_of"])
    return Tag(kind, value, MappingProxyType(others))


def units_of(kind: str, others: Mapping[str, str]) -> list[str | None]:
    """List the units that a reader would accept for a figure; `None` where it has none.

    Parameters
    ----------
    kind : str
        Kind of the figure.
    others : Mapping[str, str]
        Attributes of its mark.

    Returns
    -------
    list[str | None]
        At least one.
    """
    unit = others.get("unit", _DEFAULT_UNITS.get(kind))
    return [None] if unit is None else list(unit.split("|"))


def numbers_of(value: str) -> tuple[float, float | None]:
    """Read the value of a figure: one number, or the lower and upper bound of a range.

    Parameters
    ----------
    value : str
        For example `2500000`, `12.5` or `12..18`.

    Returns
    -------
    tuple[float, float | None]
        The number and the upper bound, whole ones as `int`.
    """
    low, dots, high = value.partition("..")
    return _number(low), _number(high) if dots else None


def check_edtf(text: str) -> None:
    """Check a date against the forms of EDTF that the annotation guidelines use.

    Parameters
    ----------
    text : str
        A point (`2024-10`, `2024-33`, `199X`, `2020~`) or a span of two points (`2021/2022`).

    Raises
    ------
    ValueError
        If it is of no such form, or no such month or day exists.
    """
    points = text.split("/")
    known = len(points) <= len(("first", "last")) and all(map(_is_point, points))
    if not known:
        message = f"{text!r} is no date in EDTF as the annotation guidelines write it"
        raise ValueError(message)


def _tokens(text: str) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    at = 0
    while rest := text[at:].lstrip():
        at = len(text) - len(rest)
        token = _TOKEN.match(text, at)
        if token is None:
            message = f"cannot read the attributes from {rest!r} on; write key=value, with double quotes round spaces"
            raise ValueError(message)
        quoted = token["quoted"]
        setting = token["bare"] if quoted is None else quoted
        if setting is not None and (not setting or setting != setting.strip()):
            message = f"the value of {token['key']!r} is empty or begins or ends with a space"
            raise ValueError(message)
        found.append((token["key"], setting))
        at = token.end()
    if not found:
        raise ValueError("a mark without kind")
    return found


def _checked(kind: str, key: str, setting: str | None) -> str:
    if key == OPTIONAL:
        if setting is not None:
            raise ValueError("'optional' is a flag and takes no value")
        return "true"
    allowed = _ATTRIBUTES[kind].get(key)
    if allowed is None:
        names = ", ".join([*_ATTRIBUTES[kind], OPTIONAL])
        message = f"unknown attribute {key!r} of {kind}; known are {names}"
        raise ValueError(message)
    if setting is None or not allowed.fullmatch(setting):
        message = f"{setting!r} is no {key} of {kind}"
        raise ValueError(message)
    return setting


def _check_value(kind: str, value: str | None) -> None:
    if kind in {"org", "loc"}:
        return
    if value is None:
        message = f"{kind} needs a value: ({kind}=…)"
        raise ValueError(message)
    if kind == "date":
        check_edtf(value)
    else:
        _check_number(kind, value)


def _check_number(kind: str, value: str) -> None:
    bounds = value.split("..")
    decimals = _RATIO_DECIMALS if kind == "ratio" else _DECIMALS
    for bound in bounds:
        # `1.200` is what a Dutch writer means by 1200; to read it as 1.2 would be a silent error.
        if not _NUMBER.fullmatch(bound) or len(bound.partition(".")[2]) > decimals:
            message = f"{value!r} is no value of {kind}: a point is for decimals, and `..` stands between two bounds"
            raise ValueError(message)
    if len(bounds) > len(("low", "high")) or sorted(bounds, key=float) != bounds or len(set(bounds)) != len(bounds):
        message = f"{value!r} is no range from a lower to an upper bound"
        raise ValueError(message)


def _check_unit(kind: str, others: Mapping[str, str]) -> None:
    if kind in _UNIT_NEEDED and "unit" not in others:
        message = f"{kind} needs a unit"
        raise ValueError(message)
    if "unit" not in others:
        return
    allowed = _UNITS.get(kind, _ANYTHING)
    units = others["unit"].split("|")
    if len(set(units)) != len(units) or not all(allowed.fullmatch(unit) and unit == unit.strip() for unit in units):
        message = f"{others['unit']!r} is no unit of {kind}"
        raise ValueError(message)


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _is_point(text: str) -> bool:
    match = _POINT.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(group) if group else None for group in match.groups())
    if year is None or month is None:
        return True
    if day is None:
        return month in _MONTH or month in _SEASON or month in _PART_OF_YEAR
    return month in _MONTH and 1 <= day <= calendar.monthrange(year, month)[1]
