"""Projects whose title opens their paragraph, in letters of its own or in one form; and what only looks like them."""

import io
from pathlib import Path

import docx
import pytest
import typst

from pipeline.extraction import read_sections

TITLES = ("Samen aan de slag", "Buurtbus voor iedereen", "Een tuin van de wijk", "Ouder worden in je eigen huis")
TEXTS = (
    "De gemeente Zwolle begon in 2023 met een spreekuur in het buurthuis, waar al 140 bewoners kwamen. "
    "Het loopt tot eind 2025.",
    "In het dorp rijdt een bus met vrijwilligers. Vorig jaar stapten er 2.300 mensen in, vooral op marktdagen.",
    "Achter de oude school legden bewoners een moestuin aan van 400 m2. De oogst is voor de voedselbank.",
    "Een ergotherapeut loopt met bewoners door hun huis en kijkt wat er beter kan. In 60 huizen kwam een lift.",
)
MORE = (
    "Over het vervolg beslist de raad in het najaar. Tot die tijd blijft alles zoals het is, en dat kost niets extra."
)
PROSE = "Er deden 40 scholen mee en dat waren er meer dan verwacht. De proef is met een jaar verlengd in de regio."
HEAD = "Bijlage 1 - Projecten in de wijk"


def titles(path: Path) -> list[str]:
    return [section.title.text for annex in read_sections(path).annexes for section in annex.sections]


def bodies(path: Path) -> list[str]:
    return [section.body.text for annex in read_sections(path).annexes for section in annex.sections]


def text_file(folder: Path, *paragraphs: str) -> Path:
    path = folder / "bijlage.txt"
    path.write_text("\n\n".join((HEAD, *paragraphs)) + "\n", encoding="utf-8")
    return path


def pdf(folder: Path, *paragraphs: str, width: str = "16cm", style: str = "") -> Path:
    path = folder / "bijlage.pdf"
    source = (
        f'#set page(width: {width}, height: 26cm, margin: 2cm)\n#set text(size: 10pt, lang: "nl")\n{style}\n'
        f'#text(size: 16pt, weight: "bold")[{HEAD}]\n\n' + "\n\n".join(paragraphs)
    )
    path.write_bytes(typst.compile(source.encode()))
    return path


PAIRS = list(zip(TITLES, TEXTS, strict=True))
INTRODUCTION = "Dit overzicht geeft een beeld van wat er in de wijken gebeurde. Het is gemaakt door de gemeenten zelf."


@pytest.mark.parametrize(
    "form", ["*{}.* ", "_{}._ ", "*{}:* ", "*{}* -- ", "#text(weight: 700)[{}]. ", "#emph[{}]: ", "*{}* "]
)
@pytest.mark.parametrize("width", ["16cm", "10.5cm", "9.5cm"])
@pytest.mark.parametrize("more", ["", f"\n\n{MORE}"])
def test_letters_of_their_own_tell_titles_in_a_pdf(tmp_path: Path, form: str, width: str, more: str) -> None:
    path = pdf(tmp_path, INTRODUCTION, *(form.format(title) + text + more for title, text in PAIRS), width=width)
    assert titles(path) == [*TITLES]
    assert bodies(path) == [text + more for text in TEXTS]


@pytest.mark.parametrize("style", ["", "#set par(justify: true)", "#set par(first-line-indent: 1em)"])
def test_a_title_that_fills_its_line_or_more_is_one(tmp_path: Path, style: str) -> None:
    long = ("Een tuin van en voor alle bewoners van de wijk achter het oude spoor", *TITLES[1:])
    path = pdf(
        tmp_path, *(f"*{title}.* {text}" for title, text in zip(long, TEXTS, strict=True)), width="9cm", style=style
    )
    assert titles(path) == [*long]
    assert bodies(path) == [*TEXTS]


def test_chapters_stand_above_titles_in_a_pdf(tmp_path: Path) -> None:
    parts = [f"*{title}.* {text}" for title, text in PAIRS]
    path = pdf(tmp_path, "== Leren en werken", *parts[:2], "== Wonen", "Wie ouder wordt, wil blijven.", *parts[2:])
    assert titles(path) == [*TITLES]
    assert bodies(path) == [*TEXTS]


def test_a_closing_part_ends_the_last_project(tmp_path: Path) -> None:
    path = pdf(tmp_path, *(f"*{title}.* {text}" for title, text in PAIRS), "== Tot slot", MORE)
    assert bodies(path) == [*TEXTS]


MARKS = ("*{}.* ", "**{}** ", "**{}.** ", "_{}._ ", "*{}*. ", "**{}**: ", "__{}:__ ")
PLAIN = ("{} – ", "{} - ", "{}: ")
NUMBERED = ("{n}. {}. ", "Project {n} – {}: ", "{letter}. {}. ", "{n}) *{}.* ", "{n}. **{}.** ", "Project {n}: *{}.* ")


@pytest.mark.parametrize("form", [*MARKS, *PLAIN, *NUMBERED])
@pytest.mark.parametrize("wrapped", [False, True])
def test_marks_and_forms_tell_titles_in_a_text(tmp_path: Path, form: str, wrapped: bool) -> None:  # noqa: FBT001  # pytest calls by name
    paragraphs = [form.format(title, n=n, letter="ABCD"[n - 1]) + text for n, (title, text) in enumerate(PAIRS, 1)]
    path = text_file(tmp_path, *(folded(one, 50) if wrapped else one for one in (INTRODUCTION, *paragraphs)))
    assert titles(path) == [*TITLES]
    assert bodies(path) == [*TEXTS]


@pytest.mark.parametrize("form", ["*{}.* ", "**{}:** ", "{n}. *{}.* ", "{} – "])
def test_a_title_of_more_lines_is_one_in_a_text(tmp_path: Path, form: str) -> None:
    long = ("Een tuin van en voor alle bewoners van de wijk achter het oude spoor", *TITLES[1:])
    paragraphs = [form.format(title, n=n) + text for n, (title, text) in enumerate(zip(long, TEXTS, strict=True), 1)]
    path = text_file(tmp_path, *(folded(one, 46) for one in (INTRODUCTION, *paragraphs)))
    assert titles(path) == [*long]
    assert bodies(path) == [*TEXTS]


def folded(text: str, width: int) -> str:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["*{}.* ", "{} – "])
def test_a_project_may_have_more_paragraphs_and_a_list(tmp_path: Path, form: str) -> None:
    items = "- een spreekuur;\n\n- een bus."
    path = text_file(tmp_path, *(f"{form.format(title)}{text}\n\n{items}" for title, text in PAIRS), MORE)
    assert titles(path) == [*TITLES]
    assert bodies(path) == [*(f"{text}\n\n{items}" for text in TEXTS[:3]), f"{TEXTS[3]}\n\n{items}\n\n{MORE}"]


def test_chapters_stand_above_titles_in_a_text(tmp_path: Path) -> None:
    parts = [f"*{title}.* {text}" for title, text in PAIRS]
    path = text_file(tmp_path, "Thema 1: Leren", *parts[:2], "Thema 2: Wonen", *parts[2:])
    assert titles(path) == [*TITLES]
    assert bodies(path) == [*TEXTS]


def test_letters_of_their_own_tell_titles_in_a_file_of_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading(HEAD, 0)
    for title, text in PAIRS:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{title}. ").bold = True
        paragraph.add_run(text)
    content = io.BytesIO()
    document.save(content)
    path = tmp_path / "bijlage.docx"
    path.write_bytes(content.getvalue())
    assert titles(path) == [*TITLES]
    assert bodies(path) == [*TEXTS]


HEADED = ("Lezen met elkaar", "Varen op de plas", "Koken in de wijk")
LEADS = ("Doel", "Planning", "Resultaat")
TERMS = ("Wijkteam", "Regiebehandelaar", "Inloophuis", "Buurtcirkel")


@pytest.mark.parametrize("leads", [LEADS, ("Wie het doet", "Voor wie het is", "Hoe het verder gaat")])
@pytest.mark.parametrize("heading", ["== {}", "== {n}. {}", "#text(weight: 700)[{}]"])
def test_bold_lead_ins_of_the_parts_of_projects_are_no_titles(
    tmp_path: Path, leads: tuple[str, ...], heading: str
) -> None:
    paragraphs: list[str] = []
    for n, title in enumerate(HEADED, 1):
        paragraphs += [
            heading.format(title, n=n),
            *(f"*{lead}.* {text}" for lead, text in zip(leads, TEXTS, strict=False)),
        ]
    assert titles(pdf(tmp_path, *paragraphs)) == [*HEADED]


@pytest.mark.parametrize("form", ["*{}.* ", "{}: ", "{} – "])
@pytest.mark.parametrize("heading", ["{}", "{n}. {}", "Project {n}: {}"])
def test_lead_ins_of_the_parts_of_projects_are_no_titles_in_a_text(tmp_path: Path, form: str, heading: str) -> None:
    paragraphs: list[str] = []
    for n, title in enumerate(HEADED, 1):
        paragraphs += [
            heading.format(title, n=n),
            *(form.format(lead) + t for lead, t in zip(LEADS, TEXTS, strict=False)),
        ]
    assert titles(text_file(tmp_path, *paragraphs)) == [*HEADED]


@pytest.mark.parametrize("form", ["*{}.* {}", "*{}* -- {}", "_{}:_ {}"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_list_of_terms_in_one_project_makes_no_projects(tmp_path: Path, form: str, at: int) -> None:
    terms = [form.format(term, text) for term, text in zip(TERMS, TEXTS, strict=True)]
    paragraphs = [
        part for n, title in enumerate(HEADED) for part in (f"== {title}", PROSE, *(terms if n == at else []))
    ]
    assert titles(pdf(tmp_path, *paragraphs)) == [*HEADED]


@pytest.mark.parametrize("form", ["*{}.* {}", "{}: {}", "{} – {}"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_list_of_terms_in_one_project_makes_no_projects_in_a_text(tmp_path: Path, form: str, at: int) -> None:
    terms = [form.format(term, text) for term, text in zip(TERMS, TEXTS, strict=True)]
    paragraphs = [part for n, title in enumerate(HEADED) for part in (title, PROSE, *(terms if n == at else []))]
    assert titles(text_file(tmp_path, *paragraphs)) == [*HEADED]


def test_each_project_with_lead_ins_of_its_own_is_one(tmp_path: Path) -> None:
    leads = iter(("Vrijwilligers", "Scholen", "Ouders", "Artsen", "Ondernemers", "Huurders"))
    texts = iter((*TEXTS, PROSE, MORE))
    paragraphs: list[str] = []
    for title in HEADED:
        paragraphs += [f"== {title}", *(f"*{next(leads)}.* {next(texts)}" for _ in range(2))]
    assert titles(pdf(tmp_path, *paragraphs)) == [*HEADED]


def test_words_in_bold_in_a_paragraph_are_no_titles(tmp_path: Path) -> None:
    paragraphs = [
        part
        for title, text in zip(HEADED, TEXTS, strict=False)
        for part in (f"== {title}", f"*{' '.join(text.split()[:3])}* {' '.join(text.split()[3:])}", MORE)
    ]
    assert titles(pdf(tmp_path, *paragraphs)) == [*HEADED]


def test_openings_of_sentences_are_no_titles(tmp_path: Path) -> None:
    openings = ("Ter toelichting", "Kort gezegd", "Concreet", "Anders gezegd")
    paragraphs = [p for t, o, text in zip(TITLES, openings, TEXTS, strict=True) for p in (t, PROSE, f"{o}: {text}")]
    assert titles(text_file(tmp_path, *paragraphs)) == [*TITLES]


def test_rows_of_a_table_stay_the_projects_beside_notes_with_lead_ins(tmp_path: Path) -> None:
    table = "| Project | Uitvoerder |\n|---|---|\n| Open dag | Fier |\n| Dichte dag | TNO |"
    notes = [f"*{term}.* {text}" for term, text in zip(TERMS, TEXTS, strict=True)]
    assert titles(text_file(tmp_path, table, *notes)) == ["Open dag", "Dichte dag"]
