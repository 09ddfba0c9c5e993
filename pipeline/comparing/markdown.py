"""A comparison as Markdown, for a mail or a ticket."""

import re
from collections.abc import Iterator

from pipeline.comparing.glimpse import Seen, glimpse
from pipeline.comparing.models import AnnexDiff, Change, Diff, Pair
from pipeline.comparing.words import (
    annex_words,
    change_words,
    kinds_words,
    old_title,
    page_words,
    pair_title,
    reading_words,
    summary_words,
)
from pipeline.messages import _

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!$&])|^(\s*)([-+=:]|\d+[.)])(?=\s)", re.MULTILINE)


def markdown(diff: Diff) -> str:
    """Return a comparison as Markdown (CommonMark, with the struck-out words of GitHub's)."""
    return "\n".join(line for annex in diff.annexes for line in _annex(annex)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Return text of a document as Markdown shows it literally, on one line."""
    flat = " ".join(text.split())
    return _MARKUP.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", flat)


def _annex(annex: AnnexDiff) -> Iterator[str]:
    yield f"# {escaped(annex_words(annex))}"
    yield ""
    yield summary_words(annex)
    yield ""
    for pair in annex.pairs:
        if pair.kinds != ["unchanged"]:
            yield from _pair(pair)


def _pair(pair: Pair) -> Iterator[str]:
    yield f"## {escaped(pair_title(pair))}"
    yield ""
    before = old_title(pair)
    yield f"*{kinds_words(pair.kinds)}*" + (f" ({_('was')}: {escaped(before)})" if before else "")
    yield ""
    shown = [one for one in pair.changes if one.kind != "title"]
    for change in shown:
        if change.kind != "text":
            pages = page_words(change)
            apart = f" – *{escaped(reading_words())}*" if change.is_reading else ""
            yield f"- {escaped(change_words(change))}" + (f" ({pages})" if pages else "") + apart
    for change in shown:
        if change.kind == "text":
            yield f"- {_('wording')}: {_runs(change)}"
    if shown:
        yield ""


def _runs(change: Change) -> str:
    return "".join(map(_marked, glimpse(change.runs)))


def _marked(piece: Seen) -> str:
    """Mark what changed; the marks must touch the words, so that spaces stand outside."""
    around = {"removed": "~~", "added": "**"}.get(piece.what, "")
    bare = piece.text.strip()
    head, _found, tail = piece.text.partition(bare) if bare else (piece.text, "", "")
    return f"{head}{around}{escaped(bare)}{around}{tail}" if bare else head
