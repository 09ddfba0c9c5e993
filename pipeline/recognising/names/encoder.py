"""The trained encoder: the words of windows in, a score for each tag at each word out."""

from collections.abc import Iterator, Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

Scores = NDArray[np.float32]
"""Logarithms of probabilities, ``(words, tags)``; each row sums to one as probabilities."""

_BEGIN, _PADDING, _END = 0, 1, 2
_LONGEST = 510
"""Pieces that fit between the first and the last: the encoder knows 512 places."""
_BATCH = 1024
"""Pieces that run at once: more need more memory and are no faster."""


class Encoder:
    """Runs the weights on one core: who wants more cores runs more processes.

    Parameters
    ----------
    weights
        The model in ONNX: ``ids`` and ``present``, both ``(rows, pieces)``, in; ``scores``,
        ``(rows, pieces, tags)``, out.
    tokeniser
        The JSON of a tokeniser of the package ``tokenizers``.
    tags
        What the scores are of: ``O``, ``B-org``, ``I-org`` …
    """

    def __init__(self, weights: bytes, tokeniser: str, tags: tuple[str, ...]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._tokeniser = Tokenizer.from_str(tokeniser)
        self.tags = tags

    def scores(self, windows: Sequence[Sequence[str]]) -> list[Scores]:
        """Return the scores of the words of each window; of words past the longest input, certainty of ``O``."""
        encodings = self._tokeniser.encode_batch(
            [list(words) for words in windows], is_pretokenized=True, add_special_tokens=False
        )
        result: list[Scores] = [self._outside(len(words)) for words in windows]
        for batch in _batches([min(len(e.ids), _LONGEST) for e in encodings]):
            rows = self._run([encodings[at] for at in batch])
            for at, row in zip(batch, rows, strict=True):
                words, places = _firsts(encodings[at])
                result[at][words] = row[places]
        return result

    def _outside(self, words: int) -> Scores:
        scores = np.full((words, len(self.tags)), -30.0, dtype=np.float32)
        scores[:, self.tags.index("O")] = 0.0
        return scores

    def _run(self, encodings: Sequence[Encoding]) -> Scores:
        length = max(min(len(e.ids), _LONGEST) for e in encodings) + 2
        ids = np.full((len(encodings), length), _PADDING, dtype=np.int64)
        for row, encoding in zip(ids, encodings, strict=True):
            own = [_BEGIN, *encoding.ids[:_LONGEST], _END]
            row[: len(own)] = own
        [scores] = self._session.run(["scores"], {"ids": ids, "present": ids != _PADDING})
        return _log_softmax(scores)


def _firsts(encoding: Encoding) -> tuple[list[int], list[int]]:
    """Return the words that have a piece within the longest input, and the place of the first piece of each."""
    words: list[int] = []
    places: list[int] = []
    last = None
    for place, word in enumerate(encoding.word_ids[:_LONGEST], start=1):  # after the piece that begins
        if word is not None and word != last:
            words.append(word)
            places.append(place)
            last = word
    return words, places


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Give the indices of what runs together: of like length, and no more pieces than `_BATCH`, padding included."""
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not lengths[at]:
            continue
        if batch and lengths[at] * (len(batch) + 1) > _BATCH:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch
