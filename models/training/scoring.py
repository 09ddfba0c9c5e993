"""Scores a spaCy pipeline on passages of the training text: exact spans with label, by what and where they are."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from models.training.passages import Passage


@dataclass(slots=True)
class Tally:
    """What was to be found, what was found, and what of it was right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Part of what was found that is right; 0 where nothing was."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Part of what was to be found that was; 0 where there was nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.found) if self.right else 0.0


@dataclass(slots=True)
class Scores:
    """Tallies by label and by form of text, recall by whether a name was learned, and words a second."""

    labels: dict[str, Tally] = field(default_factory=dict)
    forms: dict[str, Tally] = field(default_factory=dict)
    """Of organisations only."""
    unseen: Tally = field(default_factory=Tally)
    """Organisations whose names are not in the train part; what was found is not counted."""
    bands: Counter[tuple[int, bool]] = field(default_factory=Counter)
    """How many organisations were found with a score in each tenth, and were right or not."""
    words_per_second: float = 0.0


def score(
    nlp: Language, passages: Sequence[Passage], is_seen: Callable[[str], bool], sure: Callable[[Doc, int], float | None]
) -> Scores:
    """Return the scores of a pipeline that sets ``doc.ents``; sentences of a passage are joined by a space.

    Parameters
    ----------
    is_seen
        Tells whether a name stands in what the pipeline was trained on.
    sure
        Gives the confidence of the entity of that index in a doc, None where the pipeline has none.
    """
    result = Scores()
    golds = [_gold(passage) for passage in passages]
    start = time.process_time()
    docs = list(nlp.pipe([text for text, _ in golds]))
    words = sum(not token.is_space for doc in docs for token in doc)
    result.words_per_second = words / (time.process_time() - start)
    for passage, (text, gold), doc in zip(passages, golds, docs, strict=True):
        found = [(e.start_char, e.end_char, e.label_.casefold()) for e in doc.ents]
        for at, span in enumerate(found):
            result.labels.setdefault(span[2], Tally()).found += 1
            result.labels[span[2]].right += span in gold
            if span[2] == "org":
                form = result.forms.setdefault(passage.form, Tally())
                form.found += 1
                form.right += span in gold
                if (stated := sure(doc, at)) is not None:
                    result.bands[min(int(stated * 10), 9), span in gold] += 1
        for span in gold:
            result.labels.setdefault(span[2], Tally()).gold += 1
            if span[2] == "org":
                result.forms.setdefault(passage.form, Tally()).gold += 1
                if not is_seen(text[span[0] : span[1]]):
                    result.unseen.gold += 1
                    result.unseen.right += span in found
    return result


def _gold(passage: Passage) -> tuple[str, set[tuple[int, int, str]]]:
    spans: set[tuple[int, int, str]] = set()
    parts: list[str] = []
    at = 0
    for sentence in passage.sentences:
        spans |= {(at + n.start, at + n.end, n.label) for n in sentence.names}
        parts.append(sentence.text)
        at += len(sentence.text) + 1
    return " ".join(parts), spans


def table(scores: Scores) -> Iterable[str]:
    """Give the lines of a table in Markdown."""
    yield "| | gold | precision | recall | F1 |"
    yield "|---|---|---|---|---|"
    rows = [(f"`{label.upper()}`", tally) for label, tally in _largest_first(scores.labels)]
    rows += [(f"`ORG` in {form}", tally) for form, tally in _largest_first(scores.forms)]
    for name, tally in rows:
        yield f"| {name} | {tally.gold} | {tally.precision:.3f} | {tally.recall:.3f} | {tally.f1:.3f} |"
    yield f"| `ORG` never seen in training | {scores.unseen.gold} | | {scores.unseen.recall:.3f} | |"


def _largest_first(tallies: dict[str, Tally]) -> list[tuple[str, Tally]]:
    return sorted(tallies.items(), key=lambda item: (-item[1].gold, item[0]))
