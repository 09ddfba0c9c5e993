"""Nothing is lost without a word: what looks like furniture or an introduction and is none."""

from pathlib import Path

import pytest

from pipeline import extract, extract_all
from pipeline.extraction import read_sections

BODY = "De gemeente Zwolle begon in 2023 met dit project. Er deden 40 scholen mee, en het werd goed ontvangen."


def titles(tmp_path: Path, *headings: str, body: str = BODY) -> list[str]:
    path = tmp_path / "bijlage.txt"
    parts = [f"{heading}\n\n{body}\n" for heading in headings]
    path.write_text("Bijlage 2 - Projecten 2023\n\n" + "\n".join(parts), encoding="utf-8")
    return [section.title.text for section in read_sections(path).annexes[0].sections]


@pytest.mark.parametrize(
    "title",
    ["Contact met ouders", "Goed contact op de werkvloer", "Verantwoording in de praktijk", "Vervolg op de brugklas"],
)
def test_a_project_is_not_lost_for_a_word_in_its_title(tmp_path: Path, title: str) -> None:
    others = ["Lezen in de wijk", "Muziek in de klas", "Sport na school"]
    for headings in ([title, *others], [*others, title], [*others[:2], title, others[2]]):
        assert titles(tmp_path, *headings) == headings


def test_a_project_that_speaks_of_projects_is_not_lost(tmp_path: Path) -> None:
    headings = ["Lezen in de wijk", "Muziek in de klas", "Sport na school"]
    assert titles(tmp_path, *headings, body=BODY + " Per project is er een coach.") == headings


def test_introduction_and_colophon_are_left_out(tmp_path: Path) -> None:
    for first in (
        "Inleiding en leeswijzer",
        "Waarom dit overzicht",
        "1. Over deze bijlage",
        "Hoe leest u dit overzicht?",
    ):
        headings = [first, "Lezen in de wijk", "Muziek in de klas", "Vooruitblik en colofon"]
        assert titles(tmp_path, *headings) == headings[1:3]


def test_an_annex_without_projects_is_told(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    text = f"Bijlage I - Projecten 2023\n\nLezen in de wijk\n\n{BODY}\n\nMuziek\n\n{BODY}\n\n\n"
    path.write_text(text + "Bijlage II - Lijst van scholen\n\nDe scholen staan in het register.\n", encoding="utf-8")
    [annex] = extract_all(path)
    assert annex.head.id == "brief-bijlage-i"
    assert [warning.code for warning in annex.warnings] == ["annex_without_projects"]


def test_a_very_long_section_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lang.txt"
    path.write_text(
        "Bijlage 1 - Projecten\n\nEen lang project\n\n" + "Er deden 12 scholen mee. " * 45_000, encoding="utf-8"
    )
    assert len(read_sections(path).annexes[0].sections[0].body) > 1_000_000


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Projecten 2023-2024", "2023/2024"),
        ("Projecten 2023/24", "2023/2024"),
        ("Stand 2023-06", "2023"),
        ("Van 2022 tot 2024", "2022/2024"),
        ("Tussen 2024/2023", "2024"),
        ("Projecten", None),
    ],
)
def test_the_period_of_a_title(tmp_path: Path, title: str, period: str | None) -> None:
    path = tmp_path / "bijlage.txt"
    path.write_text(f"Bijlage 1 - {title}\n\nLezen\n\n{BODY}\n\nMuziek\n\n{BODY}\n", encoding="utf-8")
    assert extract(path).head.period == period


def test_three_projects_of_one_title_are_three(tmp_path: Path) -> None:
    projects = ("Vroeg eropaf", "Leren met een maatje", "Vroeg eropaf", "Vroeg eropaf")
    text = "Bijlage I\nOverzicht van subsidies\n\n" + "".join(
        f"Project {n}: {title}\n\nDe gemeente begon in week {n} met huisbezoeken.\n\n"
        for n, title in enumerate(projects)
    )
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert [record.id.partition("/")[2] for record in extract(path).records] == [
        "vroeg-eropaf",
        "leren-met-een-maatje",
        "vroeg-eropaf-2",
        "vroeg-eropaf-3",
    ]


def test_a_label_in_the_header_and_in_the_head_makes_one_annex(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    head = "Bijlage I\n\nBijlage I – Overzicht van proeven met huisbezoek\n\n"
    path.write_text(f"{head}Vroeg eropaf\n\n{BODY}\n\nLeren lezen\n\n{BODY}\n", encoding="utf-8")
    [annex] = extract_all(path)
    assert (annex.head.id, annex.head.label) == ("a", "Bijlage I")
    assert annex.head.title == "Overzicht van proeven met huisbezoek"
    assert [record.title for record in annex.records] == ["Vroeg eropaf", "Leren lezen"]
