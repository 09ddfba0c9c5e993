"""Slugs: the form in which titles and file names stand in ids and file names."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 80


def slug(text: str) -> str:
    """Return the slug of a text by the record contract: NFKD, ASCII, lower case, cut at a hyphen to 80.

    A text without one letter or digit of ASCII gives ``"x"``: a file needs a name.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    whole = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(whole) > LONGEST:
        head = whole[: LONGEST + 1]
        whole = head.rsplit("-", 1)[0] if "-" in head else head[:LONGEST]
    return whole or "x"


def unique_slugs(texts: Iterable[str]) -> list[str]:
    """Return a slug for each text; the second equal one gets ``-2``, the third ``-3``."""
    taken: set[str] = set()
    slugs = []
    for text in texts:
        base = candidate = slug(text)
        number = 2
        while candidate in taken:
            candidate = f"{base}-{number}"
            number += 1
        taken.add(candidate)
        slugs.append(candidate)
    return slugs
