"""English dates and figures as a person types them → the Dutch that the recognisers read."""

import re
from collections.abc import Mapping
from functools import cache

from pipeline.resources import vocabulary

_DATA = vocabulary("reviewing/typed/english.toml")
_MONTHS: Mapping[str, str] = {
    **_DATA["months"],
    **{english[:3]: dutch for english, dutch in _DATA["months"].items()},
}
LEAD = frozenset(_DATA["lead"])
"""What may stand in front of a date and says nothing of it, in both languages."""
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ENDINGS = "|".join(_DATA["day_endings"])
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:{_ENDINGS})?,? (\d{{4}})\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"\b(\d{{1,2}})(?:{_ENDINGS})(?: of)? (?=(?:{_MONTH})\b)", re.IGNORECASE)
_SLASHES = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_FROM_TO = re.compile(r"\bvanaf (?=.* tot\b)")


def dutch_date(words: str) -> str:
    """Return a date as Dutch writes it; what is Dutch already stays as it is."""
    words = _MONTH_FIRST.sub(r"\2 \1 \3", words)
    words = _ORDINAL.sub(r"\1 ", words)
    words = _SLASHES.sub(r"\1-\2-\3", words)
    words = re.sub(r"\b(mid|early|late)-(?=\w)", r"\1 ", words, flags=re.IGNORECASE)
    return _FROM_TO.sub("van ", _said_in_dutch(words, "dates"))


def dutch_figure(words: str) -> str:
    """Return a figure as Dutch writes it, but for the noun that it counts."""
    return _said_in_dutch(words, "figures")


def _said_in_dutch(words: str, of: str) -> str:
    pattern, table = _phrases(of)
    return pattern.sub(lambda found: table[found[0].lower()], words)


@cache
def _phrases(of: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern for any phrase of a table, and the table; of dates with the months."""
    table = {**(_MONTHS if of == "dates" else {}), **_DATA[of]}
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w])", re.IGNORECASE), table
