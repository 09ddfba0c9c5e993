"""The bodies whose names are most like a name, for a person to choose from: none of them is a match by that."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.linking.names import plain_key, without_form
from pipeline.register import Form, Organisation, Register

_LEAST = 60.0
"""Least likeness, of 100, that is worth showing."""
_LOOKED_AT = 60
"""Names that are looked at for each search: a body may have several of the best."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body, and the name of it that is most like the one looked for."""

    body: Organisation
    form: str
    kind: Form
    likeness: float
    """From 0 to 1, the order of words left aside."""


@lru_cache(maxsize=4)
def _forms(register: Register) -> tuple[list[tuple[str, Form, Organisation]], list[str]]:
    forms = list(register.forms())
    return forms, [plain_key(form) for form, _, _ in forms]


def nearest(name: str, register: Register, *, limit: int) -> list[Candidate]:
    """Return the bodies whose names are most like `name`, the likest first; a body once, bodies still there first."""
    forms, keys = _forms(register)
    found = process.extract(
        plain_key(without_form(name)), keys, scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST, limit=_LOOKED_AT
    )
    best: dict[str, Candidate] = {}
    for _, score, at in found:
        form, kind, body = forms[at]
        if body.id not in best:
            best[body.id] = Candidate(body, form, kind, round(score / 100, 2))
    ordered = sorted(best.values(), key=lambda c: (-c.likeness, bool(c.body.valid_until), c.body.id))
    return ordered[:limit]
