"""The vocabulary of the encoder, cut to Dutch, as a tokeniser of the package ``tokenizers``."""

import lzma
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from models.training.weights import EncoderFile

_SPECIAL = 4
"""The first pieces are the beginning, padding, the end, the unknown."""
_SHORT = 2
_LATIN = 0x250
_SIGNS = range(0x2000, 0x2100)


def dutch_words(folder: Path) -> list[str]:
    """Return the forms of the word list in ``models/words``, without the signs of compounds."""
    text = lzma.decompress((folder / "dutch.txt.xz").read_bytes()).decode("utf-8")
    return [line.partition("/")[0] for line in text.splitlines()]


def tokeniser(pieces: list[str], scores: Iterable[float]) -> Tokenizer:
    """Return the tokeniser of these pieces, in their order; words are given one by one, with no space."""
    made = Tokenizer(Unigram([(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)], unk_id=3))
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    return made


def kept_pieces(encoder: EncoderFile, words: Iterable[str], always: Iterable[str], *, least: int) -> list[int]:
    """Return which pieces of the encoder to keep, in its order.

    Parameters
    ----------
    encoder
        The whole encoder.
    words
        Words of the language: a piece stays that ``least`` of them use.
    always
        Words of which every piece stays.
    least
        Below so many words a piece goes; single letters and short pieces of Latin script stay.
    """
    whole = tokeniser(encoder.pieces, encoder.scores)
    counted: Counter[int] = Counter()
    for encoding in whole.encode_batch([[word] for word in words], is_pretokenized=True, add_special_tokens=False):
        counted.update(set(encoding.ids))
    kept = {at for at, count in counted.items() if count >= least}
    for encoding in whole.encode_batch([[word] for word in always], is_pretokenized=True, add_special_tokens=False):
        kept.update(encoding.ids)
    kept.update(at for at, piece in enumerate(encoder.pieces) if len(piece.strip("▁")) <= _SHORT and _is_latin(piece))
    kept.update(range(_SPECIAL))
    return sorted(kept)


def _is_latin(piece: str) -> bool:
    return all(ord(letter) < _LATIN or letter in "▁€" or ord(letter) in _SIGNS for letter in piece)
