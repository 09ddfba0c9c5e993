"""Stated confidence against the share that is right, over the samples."""

from pathlib import Path

from pipeline import extract
from pipeline.evaluating import evaluate, read_golds
from pipeline.linking.confidence import stated
from pipeline.recognising.spans import OrganisationMention

SAMPLES = Path(__file__).parents[1] / "samples"
_SURE = 0.9
_FEWEST = 5
"""Predictions of a band, below which it says nothing."""


def test_of_organisations_stated_at_nine_tenths_nine_in_ten_are_right() -> None:
    golds = read_golds(sorted(SAMPLES.glob("*.gold.json")))
    records = {gold.document: extract(SAMPLES / f"{gold.document}.txt").records for gold in golds}
    [bands] = [one.bands for one in evaluate(records, golds).reliability if one.kind == "organisations"]
    sure = [band for band in bands if band.low >= _SURE]
    assert sum(band.right.of for band in sure) > 100
    for band in bands:
        assert band.right.of < _FEWEST or band.right.right / band.right.of >= band.low


def test_more_said_is_never_less_stated() -> None:
    for source in ("register", "cue", "model", "field", "annex"):
        values = [stated(OrganisationMention(0, 1, said / 100, source), None) for said in range(101)]
        assert values == sorted(values)
        assert values[0] == 0.0


def test_what_the_model_alone_says_is_never_stated_at_nine_tenths() -> None:
    assert stated(OrganisationMention(0, 1, 1.0, "model"), None) < _SURE
    assert stated(OrganisationMention(0, 1, 0.97, "register"), None) >= _SURE
