"""Which decisions concern an annex: those of its own, and those of others whose words stand in it."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from pipeline.records.writing import AnnexFolder
from pipeline.reviewing.decisions.log import line_of
from pipeline.reviewing.decisions.models import Decision


class Concerning:
    """The decisions that count, ready to be asked which of them concern an annex.

    A decision of another annex holds only where its words stand with all that stood around them, word for word (see
    `pipeline.reviewing.decisions.standing`), so looking for these in what was written misses none.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._decisions = sorted(decisions, key=lambda one: (one.at, one.id))
        self._ids = {one.id for one in self._decisions}
        self._needles = [(one, _needles(one)) for one in self._decisions]
        self.log = _hash(self._decisions)
        """Hash of all of them."""

    def own(self, annex_id: str) -> str:
        """Return a hash of those of the annexes that an input gives: one, or several with its id and a suffix."""
        return _hash([one for one in self._decisions if _is_own(one, annex_id)])

    def others(self, annex_id: str, folders: Sequence[AnnexFolder]) -> tuple[str, ...]:
        """Return the ids of those of other annexes whose words stand in what was written."""
        whole = b"\n".join(content for folder in folders for content in folder.files.values())
        return tuple(
            one.id
            for one, needles in self._needles
            if not _is_own(one, annex_id) and any(needle in whole for needle in needles)
        )

    def are_there(self, ids: Iterable[str]) -> bool:
        """Say whether decisions still count."""
        return self._ids.issuperset(ids)


def _is_own(one: Decision, annex_id: str) -> bool:
    return one.annex == annex_id or one.annex.startswith(f"{annex_id}-bijlage-")


def _needles(one: Decision) -> list[bytes]:
    """Return the words to look for, as JSON has them."""
    words = (piece.before + piece.text + piece.after for piece in one.evidence)
    return [json.dumps(each, ensure_ascii=False)[1:-1].encode() for each in words if each]


def _hash(decisions: Sequence[Decision]) -> str:
    return sha256(b"".join(map(line_of, decisions))).hexdigest() if decisions else ""
