"""The trained encoder: the words of windows in, a score for each tag at each word out."""

from collections.abc import Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

Scores = NDArray[np.float32]
"""Logarithms of probabilities, ``(words, tags)``; each row sums to one as probabilities."""

_BEGIN, _END = 0, 2
_LONGEST = 510
"""Pieces that fit between the first and the last: the encoder knows 512 places."""


class Encoder:
    """Runs the weights on one core: who wants more cores runs more processes.

    Windows run one by one. In whole-number weights the scale of the numbers is that of all rows that run together, so
    that in a batch a text would score otherwise than alone.

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
        for own, encoding in zip(result, encodings, strict=True):
            if encoding.ids:
                words, places = _firsts(encoding)
                own[words] = self._run(encoding)[places]
        return result

    def _outside(self, words: int) -> Scores:
        scores = np.full((words, len(self.tags)), -30.0, dtype=np.float32)
        scores[:, self.tags.index("O")] = 0.0
        return scores

    def _run(self, encoding: Encoding) -> Scores:
        ids = np.array([[_BEGIN, *encoding.ids[:_LONGEST], _END]], dtype=np.int64)
        [scores] = self._session.run(["scores"], {"ids": ids, "present": np.ones_like(ids, dtype=np.bool_)})
        return _log_softmax(scores[0])


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
