"""The words of `words.toml`, made ready for reading."""

import re
from dataclasses import dataclass
from typing import Any

from pipeline.recognising.roles.vocabulary import NOUNS
from pipeline.recognising.spans import Role
from pipeline.resources import vocabulary

DATA: dict[str, Any] = vocabulary("recognising/fields/words.toml")
CONFIDENCE: dict[str, float] = DATA["confidence"]


def matching(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the vocabulary; case does not matter."""
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """Words inside a cell that give a role to the names behind them."""

    role: Role
    pattern: re.Pattern[str]


def _nouns() -> dict[Role, str]:
    own: dict[Role, str] = DATA["nouns"]
    return {role: f"(?:{noun}|{own[role]})" for role, noun in NOUNS.items()}


ROLE_NOUNS = _nouns()
TURNS = tuple(Turn(turn["role"], matching(r"(?<!\w)" + turn["pattern"])) for turn in DATA["turns"])
ANNOUNCED = tuple(Turn(role, matching(rf"(?<!\w)({noun})\s*[:=]")) for role, noun in ROLE_NOUNS.items())
"""A noun for a role and a colon: `penvoerder: …; partners: …`."""
LABELLED = tuple(Turn(role, matching(rf"(?<!\w)({noun})(?!\w)")) for role, noun in ROLE_NOUNS.items())
"""A noun for a role in a label."""
BRACKETED = tuple(
    Turn(role, matching(rf"\s?\((?:de |tevens |als )?({noun})\b[^()]{{0,40}}\)")) for role, noun in ROLE_NOUNS.items()
)
