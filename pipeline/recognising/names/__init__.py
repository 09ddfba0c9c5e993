"""The spaCy component that finds names with the trained encoder and sets them as the entities of a doc."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.recognising.names.decoding import best_path, tagged_spans
from pipeline.recognising.names.encoder import Encoder
from pipeline.recognising.names.windows import windows

__all__ = ["SCORE", "NameRecogniser", "make_names"]

SCORE = "annex_score"
"""Extension of a span: how sure the model is of it, from 0 to 1."""
_FACTORY = "annex_names"
_FILES = ("encoder.onnx", "tokeniser.json", "tags.json")


class NameRecogniser:
    """spaCy component `annex_names`: sets ``doc.ents``, and ``span._.annex_score`` of each.

    Labels are those of the training text in capitals: ``ORG``, ``LOC``, ``PER``, and what must not be taken for them
    (``PROGRAMME``, ``LAW``, ``PLAN``, ``TITLE``, ``FUNCTION``, ``GROUP``, ``PRODUCT``, ``GEO``). Entities that were
    set before stay, and what overlaps with them is not set. The weights are read from the folder of the model when the
    first text comes.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._files: dict[str, bytes] = {}
        self._folder: Path | None = None
        self._encoder: Encoder | None = None
        if not Span.has_extension(SCORE):
            Span.set_extension(SCORE, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of one doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Set the entities of docs, so many at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._set(batch)
            yield from batch

    def _set(self, docs: list[Doc]) -> None:
        encoder = self._ready()
        parts = [(doc, window) for doc in docs for window in windows(doc)]
        scored = encoder.scores([[token.text for token in window] for _, window in parts])
        found: dict[int, list[Span]] = {id(doc): [] for doc in docs}
        for (doc, window), scores in zip(parts, scored, strict=True):
            for first, last, label, sure in tagged_spans(best_path(scores, encoder.tags), scores, encoder.tags):
                span = Span(doc, window[first].i, window[last].i + 1, label=label.upper())
                span._.set(SCORE, sure)
                found[id(doc)].append(span)
        for doc in docs:
            taken = {token for span in doc.ents for token in range(span.start, span.end)}
            free = [span for span in found[id(doc)] if taken.isdisjoint(range(span.start, span.end))]
            doc.ents = (*doc.ents, *filter_spans(free))

    def _ready(self) -> Encoder:
        if self._encoder is None:
            if self._folder is not None:
                self._files = {name: (self._folder / name).read_bytes() for name in _FILES}
            if not self._files:
                raise ValueError(
                    f"component {self.name} has no weights: take it from its model with "
                    f"add_pipe({_FACTORY!r}, source=pipeline.load_model()), or train one"
                )
            tags = tuple(json.loads(self._files["tags.json"]))
            self._encoder = Encoder(self._files["encoder.onnx"], self._files["tokeniser.json"].decode("utf-8"), tags)
        return self._encoder

    def __getstate__(self) -> dict[str, object]:
        """Return what travels to another process: what runs the weights does not, and is made anew there."""
        return {**self.__dict__, "_encoder": None}

    def fill(self, weights: bytes, tokeniser: str, tags: Iterable[str]) -> None:
        """Take over weights (ONNX), a tokeniser (its JSON) and the tags that the weights score, in their order."""
        values = (weights, tokeniser.encode("utf-8"), json.dumps(list(tags)).encode("utf-8"))
        self._files = dict(zip(_FILES, values, strict=True))
        self._folder = self._encoder = None

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002  # spaCy's signature
        """Write the files of the model into a folder."""
        self._ready()
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "NameRecogniser":  # noqa: ARG002
        """Take the files of a folder, to be read when they are needed; raises `FileNotFoundError` where one lacks."""
        folder = Path(path)
        for name in _FILES:
            if not (folder / name).is_file():
                raise FileNotFoundError(folder / name)
        self._folder, self._encoder = folder, None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002  # spaCy's signature
        """Return the model as bytes: a line with the sizes of its files, then the files."""
        self._ready()
        head = json.dumps([len(self._files[name]) for name in _FILES]).encode("ascii") + b"\n"
        return head + b"".join(self._files[name] for name in _FILES)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "NameRecogniser":  # noqa: ARG002
        """Take over what `to_bytes` gave."""
        head, _, rest = data.partition(b"\n")
        at = 0
        self._files = {}
        for name, size in zip(_FILES, json.loads(head), strict=True):
            self._files[name] = rest[at : at + size]
            at += size
        self._folder = self._encoder = None
        return self


@Language.factory(_FACTORY, assigns=["doc.ents", "span._.annex_score"])
def make_names(nlp: Language, name: str) -> NameRecogniser:  # noqa: ARG001  # spaCy's signature
    """Return the component, without weights until it is loaded."""
    return NameRecogniser(name)
