"""The encoder as a PyTorch module that labels words, filled with the stored weights."""

import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from torch import Tensor, nn

from models.training.weights import EncoderFile

_DROPPED = 0.1


class Layer(nn.Module):
    """One layer of BERT, normalised behind each half."""

    def __init__(self, width: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.last = nn.LayerNorm(width, eps=epsilon)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the states after this layer; the mask is true where a piece stands."""
        rows, length, width = x.shape
        parts = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        x = self.norm(x + self.drop(self.out(seen.transpose(1, 2).reshape(rows, length, width))))
        mixed: Tensor = self.last(x + self.drop(self.down(F.gelu(self.up(x)))))
        return mixed


class Labeller(nn.Module):
    """Embeddings, layers, and a score for every label at every piece."""

    def __init__(self, file: EncoderFile, kept: list[int], layers: list[int], labels: int) -> None:
        super().__init__()
        width = file.width
        self.word = nn.Embedding(len(kept), width)
        self.place = nn.Embedding(file.positions, width)
        self.norm = nn.LayerNorm(width, eps=file.epsilon)
        self.layers = nn.ModuleList([Layer(width, file.inner, file.heads, file.epsilon) for _ in layers])
        self.drop = nn.Dropout(_DROPPED)
        self.head = nn.Linear(width, labels)
        self._fill(file, kept, layers)

    @torch.no_grad()
    def _fill(self, file: EncoderFile, kept: list[int], layers: list[int]) -> None:
        width, inner = file.width, file.inner

        def put(parameter: Tensor, *names: str, shape: tuple[int, ...]) -> None:
            parameter.copy_(torch.cat([torch.from_numpy(file.tensor(name, *shape).copy()) for name in names]))

        self.word.weight.copy_(torch.from_numpy(file.tensor("emb.word", file.words, width)[kept]))
        places = file.tensor("emb.pos", file.positions, width) + file.tensor("emb.type", file.types, width)[0]
        self.place.weight.copy_(torch.from_numpy(places))
        put(self.norm.weight, "emb.ln.w", shape=(width,))
        put(self.norm.bias, "emb.ln.b", shape=(width,))
        for layer, number in zip(self.layers, layers, strict=True):
            at = f"l{number}."
            put(layer.qkv.weight, *(f"{at}{each}.w" for each in "qkv"), shape=(width, width))
            put(layer.qkv.bias, *(f"{at}{each}.b" for each in "qkv"), shape=(width,))
            for module, name, shape in (
                (layer.out, "ao", (width, width)),
                (layer.up, "fi", (inner, width)),
                (layer.down, "fo", (width, inner)),
            ):
                put(module.weight, f"{at}{name}.w", shape=shape)
                put(module.bias, f"{at}{name}.b", shape=shape[:1])
            for module, name in ((layer.norm, "aln"), (layer.last, "oln")):
                put(module.weight, f"{at}{name}.w", shape=(width,))
                put(module.bias, f"{at}{name}.b", shape=(width,))

    def forward(self, ids: Tensor, present: Tensor) -> Tensor:
        """Return the scores, ``(rows, pieces, labels)``, of rows of piece numbers and where they are real."""
        x = self.word(ids) + self.place(torch.arange(ids.shape[1]))[None]
        x = self.drop(self.norm(x))
        mask = present[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        scored: Tensor = self.head(self.drop(x))
        return scored
