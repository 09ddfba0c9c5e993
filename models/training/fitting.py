"""Fine-tunes the encoder on the training text; needs PyTorch, from the extra `train`."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from spacy.language import Language
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.training.encoder import Labeller
from models.training.examples import TAGS, Example, Variation, example
from models.training.passages import Passage

ROUNDS = 10
_RATE = 1e-4
_HEAD = 10.0
"""How many times faster the head learns: it starts from nothing."""
_WARM = 100
_DECAY = 0.01
_CLIP = 1.0
_BUDGET = 1500
"""Pieces of a batch, padding included."""
_POOL = 600
"""Passages among which those of like length are put together."""
_LONGEST = 510
_BEGIN, _PADDING, _END = 0, 1, 2
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class _Row:
    ids: list[int]
    tags: list[int]


def fit(
    model: Labeller,
    tokeniser: Tokenizer,
    nlp: Language,
    passages: Sequence[Passage],
    *,
    seed: int,
    tell: Callable[[str], None],
) -> None:
    """Train the model in place.

    Parameters
    ----------
    tokeniser
        Its pieces have the numbers of the embeddings.
    nlp
        Whose tokeniser parts words.
    seed
        Of the order, of the guises and of dropout.
    tell
        Called with a line now and then.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311  # no secret
    variation = Variation(passages, seed)
    model.word.weight.requires_grad = False
    head = list(model.head.parameters())
    body = [p for name, p in model.named_parameters() if not name.startswith("head.") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": _RATE}, {"params": head, "lr": _RATE * _HEAD}], weight_decay=_DECAY
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    is_half = torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    model.train()
    step, smooth = 0, 0.0
    for number in range(ROUNDS):
        rows = [_row(tokeniser, example(nlp, sentences)) for sentences in variation.round(passages)]
        batches = list(_batches(rows, chance))
        for at, batch in enumerate(batches):
            left = 1 - (number + at / len(batches)) / ROUNDS
            warm = min(1.0, (step + 1) / _WARM)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * warm * left
            ids, tags = _tensors(batch)
            with torch.autocast("cpu", torch.bfloat16, enabled=is_half):
                scores = model(ids, ids != _PADDING)
            loss = cross_entropy(scores.float().view(-1, len(TAGS)), tags.view(-1), ignore_index=_IGNORED)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *head], _CLIP)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            smooth = loss.item() if step == 1 else 0.98 * smooth + 0.02 * loss.item()
        tell(f"round {number + 1} of {ROUNDS}: loss {smooth:.3f}")
    model.eval()


def _row(tokeniser: Tokenizer, words_and_tags: Example) -> _Row:
    encoding = tokeniser.encode(list(words_and_tags.words), is_pretokenized=True, add_special_tokens=False)
    ids, tags, last = [_BEGIN], [_IGNORED], None
    for piece, word in zip(encoding.ids[:_LONGEST], encoding.word_ids, strict=False):
        ids.append(piece)
        tags.append(words_and_tags.tags[word] if word is not None and word != last else _IGNORED)
        last = word
    return _Row([*ids, _END], [*tags, _IGNORED])


def _batches(rows: Iterable[_Row], chance: random.Random) -> Iterator[list[_Row]]:
    """Give the rows in chance order, those of like length together."""
    mixed = list(rows)
    chance.shuffle(mixed)
    batches: list[list[_Row]] = []
    for start in range(0, len(mixed), _POOL):
        batch: list[_Row] = []
        for row in sorted(mixed[start : start + _POOL], key=lambda row: len(row.ids)):
            if batch and len(row.ids) * (len(batch) + 1) > _BUDGET:
                batches.append(batch)
                batch = []
            batch.append(row)
        batches.append(batch)
    chance.shuffle(batches)
    yield from batches


def _tensors(batch: Sequence[_Row]) -> tuple[Tensor, Tensor]:
    length = max(len(row.ids) for row in batch)
    ids = torch.full((len(batch), length), _PADDING)
    tags = torch.full((len(batch), length), _IGNORED)
    for at, row in enumerate(batch):
        ids[at, : len(row.ids)] = torch.tensor(row.ids)
        tags[at, : len(row.tags)] = torch.tensor(row.tags)
    return ids, tags
