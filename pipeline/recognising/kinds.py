"""What kind of word a Dutch form can be, where it can be no plural noun: a verb form, an adjective without ending."""

import lzma
from functools import cache

from pipeline.resources import models_folder


@cache
def _listed() -> dict[str, str]:
    packed = (models_folder() / "words" / "kinds.txt.xz").read_bytes()
    lines = lzma.decompress(packed).decode().splitlines()
    return {form: kinds for form, _, kinds in (line.partition("/") for line in lines)}


def kinds_of(form: str) -> str:
    """Return the letters of the kinds of a folded form as `models/words/README.md` tells them; empty for any other.

    `v` is a form of a verb, `a` an adjective without ending, `n` a noun in the singular beside one of these.
    """
    return _listed().get(form, "")
