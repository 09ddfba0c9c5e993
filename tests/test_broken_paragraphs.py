"""A paragraph of which only the first line stands at the foot of a page is none the less one: nothing of it is lost."""

from pathlib import Path

import pytest

from pipeline import extract

HEADS = ("1.1 Buurtwerk in beeld", "1.2 Samen naar school", "1.3 Water in de wijk")
FIRST = (
    "De gemeente begon in 2023 met een proef in vier wijken, die in het najaar werd uitgebreid tot acht.",
    "Kinderen lopen met elkaar en met een ouder naar school, langs een weg die zij zelf hebben gekozen.",
    "Bewoners vangen regenwater op in tonnen die zij samen kochten, en geven er hun tuinen water mee.",
)
OPENING = {
    "this": "Dit project, dat in opdracht van het ministerie is begonnen, wordt geleid door de Dienst Uitvoering",
    "there": "Er is in de afgelopen twee jaar veel gedaan aan de voorbereiding, samen met mensen van het Centraal",
    "besides": "Daarnaast is met de scholen in de omgeving afgesproken dat zij hun leerlingen vaker zullen aanmelden",
}
REST = "Bureau staat daarvoor garant. In 2024 deden 85 mensen mee, en dat zijn er meer dan een jaar daarvoor."


@pytest.mark.parametrize("opening", OPENING)
def test_its_first_line_is_no_heading(tmp_path: Path, opening: str) -> None:
    parts = ["Bijlage 2 - Projecten 2024"]
    for number, head in enumerate(HEADS):
        broken = f"{OPENING[opening]}\n\f\n{REST}"
        parts += [head, FIRST[number], broken if number == 1 else f"Over wijk {number} komt nog een verslag."]
    path = tmp_path / "bijlage.txt"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    records = extract(path).records
    assert [record.title for record in records] == [head[4:] for head in HEADS]
    assert "85 mensen" in records[1].text
