"""What may stand between, before and after the tokens of a date, and a reader that looks at it."""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.recognising.dates.lexicon import SPACE, one_of, words
from pipeline.recognising.dates.tokens import Token
from pipeline.recognising.dates.year_words import is_noun, is_unit, words_of

MAX_GAP = 60
"""Characters between two tokens that still belong together."""


@cache
def gaps() -> dict[str, re.Pattern[str]]:
    """Compile what may stand between two tokens, by what it does."""
    known = words()["words"]
    filler = f"(?:{one_of(known['filler'])}{SPACE}){{0,4}}"
    conjunction = one_of(known["and"])
    before_year = f"{SPACE}(?:{one_of(known['before_year'])}{SPACE})?"
    gaps = {
        "space": SPACE,
        "filler": f"{SPACE}{filler}|-",
        "sign": f"(?:{SPACE})?",
        "day": f"{SPACE}|-",
        "year": rf"{before_year}|[-/]|(?<=\.)",
        "of month": f"{SPACE}(?:{one_of(known['of_month'])}{SPACE})?|-",
        "bracket": rf"{SPACE}\(",
        "short": f"{SPACE}|[-/]|",
        "code": f"{before_year}|[-/]|,{SPACE}|",
        "narrower": rf",?{SPACE}(?:{one_of(known['articles_of_parts'])}{SPACE})?|[-/]|,|{SPACE}\(|",
        "dash": r"\s?[-–—‑−]\s?|~",
        "slash": r"\s?/\s?",
        "night": f"{SPACE}{one_of(known['night'])}{SPACE}(?:{one_of(known['filler'])}{SPACE})?",
        "conjunction": f",?{SPACE}{conjunction}{SPACE}(?:{one_of(known['articles'])}{SPACE})?",
        "comma": rf"\s?,(?:{SPACE})?",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in gaps.items()}


@cache
def after() -> dict[str, re.Pattern[str]]:
    """Compile what stands right after a date, or a piece of one, and tells what it means."""
    known = words()
    return {
        "later": re.compile(f"{SPACE}{one_of(known['words']['later'])}(?!\\w)", re.IGNORECASE),
        "earlier": re.compile(f"{SPACE}{one_of(known['words']['earlier'])}(?!\\w)", re.IGNORECASE),
        "contrast": re.compile(f"{SPACE}{one_of(known['words']['contrasts'])}{SPACE}", re.IGNORECASE),
        "century": re.compile(f"{SPACE}({one_of(known['decade_century'])})(?!\\w)", re.IGNORECASE),
        "closing": re.compile(r"[^\S\n]{0,3}(?:$|[;|)\]\n]|\.(?:$|\n))"),
        "time": re.compile(
            rf"{SPACE}(?:{one_of(known['words']['before_time'])}{SPACE})?\d{{1,2}}[.:]\d\d"
            rf"(?:{SPACE}{one_of(known['words']['hours'])})?{SPACE}(?:{one_of(known['words']['filler'])}{SPACE}){{0,3}}",
            re.IGNORECASE,
        ),
        "phone": re.compile(
            rf"(?:[^\S\n]\d{{2,4}}){{1,3}}(?=[^\S\n]?(?:[.,;|)]|$|\n))"
            rf"|{SPACE}\d{{4}}{SPACE}{one_of(known['words']['and'])}(?!\w)",
            re.IGNORECASE,
        ),
        "open end": re.compile(r"[^\S\n]?[-–—](?=[^\S\n]{0,3}(?:$|[;|)]|\n\s{0,3}(?:[^\W\d_a-z]|[-•]|$)))"),
    }


@cache
def before() -> dict[str, re.Pattern[str]]:
    """Compile what stands right before a date and changes what it means."""
    known = words()["words"]
    return {
        name: re.compile(f"(?<!\\w){one_of(known[entry])}{SPACE}$", re.IGNORECASE)
        for name, entry in (
            ("planned", "planned_before"),
            ("stressed", "stresses_before"),
            ("counted", "counts_up"),
            ("within", "within"),
            ("dated", "dates_about"),
            ("months", "before_months"),
            ("anno", "anno"),
        )
    } | {
        "announced": re.compile(f"(?:^|[:;|(\n]|(?<!\\w){one_of(known['announces_days'])})\\s?$", re.IGNORECASE),
        "contrasted": re.compile(
            f"(?<!\\w){one_of(known['opens_contrast'])}{SPACE}[^.;]{{0,20}}\\d{{4}},?{SPACE}"
            f"{one_of(known['joins_contrast'])}{SPACE}$",
            re.IGNORECASE,
        ),
        "dash": re.compile(r"\d\s?[-–]\s?$"),
        "cell": re.compile(r"(?:^|[:;|(\n])[^\S\n]{0,3}$"),
    }


@dataclass(frozen=True, slots=True)
class TokenReader:
    """Reads one text. Each method takes a token index and gives what it read and the index after it, or None."""

    text: str
    tokens: list[Token]

    def gap(self, name: str, start: int, end: int) -> bool:
        """Tell whether what lies between two tokens is of that name."""
        return end - start <= MAX_GAP and gaps()[name].fullmatch(self.text, start, end) is not None

    def next(self, name: str, end: int, at: int, *kinds: str) -> Token | None:
        """Return the token at an index when it is of one of the kinds and the gap before it is of that name."""
        if at >= len(self.tokens) or (kinds and self.tokens[at].kind not in kinds):
            return None
        token = self.tokens[at]
        return token if self.gap(name, end, token.start) else None

    def preceded(self, name: str, start: int) -> bool:
        """Tell whether what stands before a place is of that name."""
        return before()[name].search(self.text[max(0, start - MAX_GAP) : start]) is not None

    def closes(self, end: int) -> bool:
        """Tell whether a cell, line or bracket ends here."""
        return after()["closing"].match(self.text, end) is not None

    def counts(self, end: int) -> bool:
        """Tell whether a number that ends here counts what follows: ``2000 deelnemers``."""
        following = words_of(self.text[end : end + MAX_GAP])[:1]
        return bool(following) and (is_unit(following[0]) or is_noun(following[0], sure=False))

    def dials_on(self, end: int) -> bool:
        """Tell whether groups of digits follow to the end of the phrase: ``06-2019 2021``."""
        return after()["phone"].match(self.text, end) is not None

    def loose(self, start: int) -> bool:
        """Tell whether nothing is glued to the front of a number."""
        return re.search(r"\w[-/.:]?$", self.text[max(0, start - 2) : start]) is None

    def free(self, end: int) -> bool:
        """Tell whether a number ends here, and no longer one goes on."""
        return re.match(r"[-/.]?\w", self.text[end : end + 2]) is None
