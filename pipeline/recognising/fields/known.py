"""What the registers know of a name that stands in a cell: the body of that name, or the governments of a place."""

from functools import cache

from pipeline.register import folded, organisations, places

_GOVERNMENTS = {"municipality": "Gemeente", "province": "Provincie"}


@cache
def known_names() -> dict[str, str]:
    """Return the names of the register of organisations by the folded forms that stand for them."""
    return {
        folded(form): body.name for body in organisations() for form, kind in body.forms() if kind != "abbreviation"
    }


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(form for body in organisations() for form, kind in body.forms() if kind == "abbreviation")


@cache
def governments() -> dict[str, dict[str, str]]:
    """Return, for each form of a place's name, the governments that it may stand for, by kind."""
    found: dict[str, dict[str, str]] = {}
    for place in places():
        if place.kind in _GOVERNMENTS:
            for form in (place.name, *place.aliases):
                found.setdefault(form, {})[place.kind] = f"{_GOVERNMENTS[place.kind]} {place.name}"
    return found


@cache
def place_names() -> frozenset[str]:
    """Return all forms of the names of places."""
    return frozenset(form for place in places() for form in (place.name, *place.aliases))


def is_known_body(name: str) -> bool:
    """Whether a whole text is a name or abbreviation of the register."""
    return folded(name) in known_names() or name in _abbreviations()


def begins_with_known_body(text: str) -> bool:
    """Whether the first words of a text are a name of the register."""
    words = text.split()
    return any(is_known_body(" ".join(words[:count])) for count in range(1, len(words) + 1))
