"""What the registers know of a name that stands in a cell: the body of that name, or the governments of a place."""

from functools import cache, lru_cache

from pipeline.register import Register, folded, places

_GOVERNMENTS = {"municipality": "Gemeente", "province": "Provincie"}


@lru_cache(maxsize=4)
def known_names(register: Register) -> dict[str, str]:
    """Return the names of the register of organisations by the folded forms that stand for them."""
    return {folded(form): body.name for form, kind, body in register.forms() if kind != "abbreviation"}


@lru_cache(maxsize=4)
def _abbreviations(register: Register) -> frozenset[str]:
    return frozenset(form for form, kind, _ in register.forms() if kind == "abbreviation")


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


def is_known_body(name: str, register: Register) -> bool:
    """Whether a whole text is a name or abbreviation of the register."""
    return folded(name) in known_names(register) or name in _abbreviations(register)


def begins_with_known_body(text: str, register: Register) -> bool:
    """Whether the first words of a text are a name of the register."""
    words = text.split()
    return any(is_known_body(" ".join(words[:count]), register) for count in range(1, len(words) + 1))
