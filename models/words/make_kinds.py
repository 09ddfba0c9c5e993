"""Make `kinds.txt.xz` from the Dutch lemma tables of spaCy's look-up data (PyPI: `spacy-lookups-data`).

Run by hand, for a new release: ``python make_kinds.py FOLDER``, the folder that holds its ``nl_lemma_*.json.gz``.
"""

import gzip
import json
import lzma
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

_LETTERS = {"verb": "v", "adj": "a", "noun": "n"}
_PLURALS = ("ers", "els", "ens", "jes", "ies", "ems", "'s")
"""Ends of plurals that the tables list as if they were singulars."""
_FORM = re.compile(r"[^\W\d_][^\W\d_'’-]{2,}")


def _table(folder: Path, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(gzip.decompress((folder / f"nl_lemma_{name}.json.gz").read_bytes()))
    return loaded


def kinds(folder: Path) -> dict[str, str]:
    """Return the kinds of each form that looks like a plural noun or not, but can be none; `n` a singular."""
    listed = {kind: set(words) for kind, words in _table(folder, "index").items()}
    irregular, regular = _table(folder, "exc"), _table(folder, "lookup")
    found: defaultdict[str, set[str]] = defaultdict(set)
    plural: set[str] = set()
    for form in {*regular, *(word for table in (listed, irregular) for words in table.values() for word in words)}:
        if _FORM.fullmatch(form):
            low = _folded(form)
            bent = {kind for kind in listed if form in irregular.get(kind, ()) or regular.get(form) in listed[kind]}
            if "noun" in bent:
                plural.add(low)
            found[low] |= {_LETTERS[kind] for kind in bent & {"verb"}}
            found[low] |= {letter for kind, letter in _LETTERS.items() if form in listed[kind]}
    kept = {form: has for form, has in found.items() if form not in plural}
    return {
        form: "".join(sorted(has))
        for form, has in kept.items()
        if has - {"n"} or (has and form.endswith("s") and _is_singular(form, {*found, *plural}))
    }


def _is_singular(form: str, known: set[str]) -> bool:
    """Tell whether a noun in -s is no plural: it has its own plural (`prijzen`), or no word is left without `s`."""
    if known & {f"{form}en", f"{form}sen", f"{form[:-1]}zen"}:
        return True
    return form[:-1] not in known and not form.endswith(_PLURALS)


def _folded(form: str) -> str:
    return "".join(x for x in unicodedata.normalize("NFD", form.lower()) if not unicodedata.combining(x))


if __name__ == "__main__":
    text = "\n".join(f"{form}/{has}" for form, has in sorted(kinds(Path(sys.argv[1])).items()))
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    (Path(__file__).parent / "kinds.txt.xz").write_bytes(packed)
