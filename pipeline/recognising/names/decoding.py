"""From the scores of tags to spans: the best path that BIO allows, and how sure each span is."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from pipeline.recognising.names.encoder import Scores

_NEVER = -1e9


@cache
def _transitions(tags: tuple[str, ...]) -> Scores:
    """Return what each step from tag to tag costs: ``I-x`` follows only ``B-x`` and ``I-x``."""
    costs = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for to, tag in enumerate(tags):
        if tag.startswith("I-"):
            costs[:, to] = [0.0 if before != "O" and before[2:] == tag[2:] else _NEVER for before in tags]
    return costs


def best_path(scores: Scores, tags: tuple[str, ...]) -> list[int]:
    """Return the likeliest allowed tags (Viterbi, 1967), as indices into ``tags``.

    Parameters
    ----------
    scores
        Logarithms of probabilities, ``(words, tags)``.
    """
    if not len(scores):
        return []
    steps = _transitions(tags)
    best = scores[0] + np.array([_NEVER if tag.startswith("I-") else 0.0 for tag in tags], dtype=np.float32)
    came: list[np.ndarray[tuple[int, ...], np.dtype[np.intp]]] = []
    for row in scores[1:]:
        reached = best[:, None] + steps
        before = reached.argmax(axis=0)
        came.append(before)
        best = reached[before, np.arange(len(tags))] + row
    path = [int(best.argmax())]
    for before in reversed(came):
        path.append(int(before[path[-1]]))
    return path[::-1]


def tagged_spans(path: Sequence[int], scores: Scores, tags: tuple[str, ...]) -> Iterator[tuple[int, int, str, float]]:
    """Give ``(first, last, label, sure)`` of each span: words inclusive, the least probability of its label in it."""
    at = 0
    while at < len(path):
        tag = tags[path[at]]
        if tag == "O":
            at += 1
            continue
        label, first = tag[2:], at
        at += 1
        while at < len(path) and tags[path[at]] == f"I-{label}":
            at += 1
        own = [tags.index(f"B-{label}"), tags.index(f"I-{label}")]
        sure = float(np.exp(scores[first:at, own]).sum(axis=1).min())
        yield first, at - 1, label, round(min(sure, 1.0), 3)
