"""Annexes of tables and labelled values for the tests, made at random from a seed, and what should come of them."""

import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

TOPICS = (
    "Groene daken",
    "Tiny forests",
    "Slim laden",
    "Fietsen met opa",
    "Taalmaatjes",
    "Buurtmoestuin",
    "Warmtenet",
    "Rookvrij opgroeien",
    "Deelauto’s",
    "Schone sloten",
    "Kamers met aandacht",
    "Digitaal loket",
    "Veilig thuiskomen",
    "Stille straten",
    "Wijkkeuken",
    "Leren op locatie",
    "Zorg dichtbij",
)
TAILS = (
    "in Noord",
    "voor starters",
    "op het platteland",
    "van de toekomst",
    "2.0",
    "tussen Maas en Waal",
    "in de binnenstad",
    "met bewoners",
    "",
)
BODIES = (
    "Gemeente Utrecht",
    "Stichting De Brug",
    "Provincie Drenthe",
    "Hogeschool Zuyd",
    "Waterschap Rivierenland",
    "TNO",
    "GGD Twente",
    "Universiteit Leiden",
    "Vereniging Eigen Erf",
    "IVN Natuureducatie",
    "Rijkswaterstaat",
    "Kenniscentrum Landschap",
)
SENTENCES = (
    "Bewoners denken mee over het ontwerp.",
    "Er deden 40 scholen mee, meer dan verwacht.",
    "De proef is met een jaar verlengd.",
    "Let op: de cijfers zijn voorlopig.",
    "Het spreekuur is open van 14:30 tot 16:00 uur.",
    "Zie https://voorbeeld.example/project voor meer.",
    "De resultaten worden in het najaar gedeeld met alle partners.",
    "Samen met de wijk is een plan gemaakt voor beheer en onderhoud.",
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "executor": (
        "Uitvoerder",
        "Penvoerder",
        "Trekker",
        "Uitvoerende organisatie(s)",
        "Aanvrager",
        "Hoofdaanvrager",
        "Subsidieontvanger",
        "Begunstigde",
    ),
    "partner": ("Partners", "Samenwerkingspartners", "Betrokken partijen", "Projectpartners"),
    "period": ("Looptijd", "Periode", "Planning", "Projectperiode", "Looptijd (van – tot)"),
    "money": ("Budget", "Bedrag", "Toegekend bedrag", "Subsidiebedrag 2024", "Budget (x € 1.000)", "Totale kosten"),
    "location": ("Gemeente", "Regio", "Werkgebied", "Locatie"),
    "status": ("Status", "Stand van zaken", "Voortgang"),
    "description": ("Omschrijving", "Korte omschrijving", "Toelichting", "Resultaten"),
}
TITLES = ("Project", "Projectnaam", "Naam project", "Initiatief", "Titel project", "PROJECT")
KINDS = tuple(COLUMNS)


@dataclass(frozen=True)
class Project:
    title: str
    values: tuple[tuple[str, str], ...]
    """Label and value, in the order of the columns; an empty value is an empty cell."""
    prose: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        return [f"{label}: {value}" for label, value in self.values if value]


@dataclass(frozen=True)
class Annex:
    projects: tuple[Project, ...]
    columns: tuple[str, ...]
    """Heads of all columns but that of the title."""
    title_label: str
    title_at: int
    numbered: bool


def annex(rng: random.Random, *, count: int = 0, prose: bool = False, long: bool = True) -> Annex:
    kinds = rng.sample(KINDS, rng.randint(2, 5))
    columns = tuple(rng.choice(COLUMNS[kind]) for kind in kinds)
    titles = rng.sample([f"{topic} {tail}".strip() for topic in TOPICS for tail in TAILS], count or rng.randint(2, 9))
    projects = tuple(
        Project(
            title,
            tuple((label, _value(rng, kind, long=long)) for label, kind in zip(columns, kinds, strict=True)),
            tuple(" ".join(rng.sample(SENTENCES, rng.randint(2, 4))) for _ in range(rng.randint(1, 2)))
            if prose
            else (),
        )
        for title in titles
    )
    return Annex(
        projects, columns, rng.choice(TITLES), rng.choice((0, 0, 0, rng.randint(0, len(columns)))), rng.random() < 0.4
    )


def _value(rng: random.Random, kind: str, *, long: bool) -> str:
    if rng.random() < 0.12:
        return ""
    year = rng.randint(2019, 2026)
    if kind == "executor":
        return rng.choice(BODIES)
    if kind == "partner":
        return rng.choice((", ", " en ")).join(rng.sample(BODIES, rng.randint(1, 3)))
    if kind == "period":
        return rng.choice((f"{year}", f"{year}-{year + 2}", f"1 maart {year} t/m juni {year + 1}"))
    if kind == "money":
        return f"€ {rng.randint(1, 900)}.{rng.randint(0, 9)}00"
    if kind == "location":
        return rng.choice(("Utrecht", "Zwolle en Kampen", "Noord-Brabant", "heel Nederland"))
    if kind == "status":
        return rng.choice(("afgerond", "loopt", "gestart", "vertraagd door personeelstekort"))
    return " ".join(
        rng.sample(SENTENCES[:4] if long else ("Bewoners denken mee.", "Verlengd tot 2025."), rng.randint(1, 2))
    )


def rows_of(made: Annex) -> tuple[list[str], list[list[str]]]:
    """Return head and rows, the title and a number in their columns."""
    head = [*made.columns[: made.title_at], made.title_label, *made.columns[made.title_at :]]
    rows = []
    for number, project in enumerate(made.projects, start=1):
        values = [value for _, value in project.values]
        row = [*values[: made.title_at], project.title, *values[made.title_at :]]
        rows.append([str(number), *row] if made.numbered else row)
    return (["Nr.", *head] if made.numbered else head), rows


HEAD = "Bijlage 2 - Overzicht van projecten 2023-2025\n\nIn deze tabel staan de projecten van het programma.\n\n"
FOOT = "\n\nDe bedragen zijn afgerond op honderdtallen.\n"


def markdown(made: Annex, rng: random.Random) -> str:
    head, rows = rows_of(made)
    bare = rng.random() < 0.3
    lines = [" | ".join(cells) for cells in (head, ["---"] * len(head), *rows)]
    return HEAD + "\n".join(f"|{line}|" if bare else f"| {line} |" for line in lines) + FOOT


def tabbed(made: Annex, rng: random.Random) -> str:
    head, rows = rows_of(made)
    return HEAD + "\n".join("\t".join(cells) for cells in [head, *rows]) + (FOOT if rng.random() < 0.5 else "\n")


def _wrapped(cells: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    parts = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, parts))
    return [[part[i] if i < len(part) else "" for part in parts] for i in range(height)]


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]], most: int) -> list[int]:
    """Return as many letters for each column as its longest cell has, but no more than `most` and its longest word."""
    columns = list(zip(head, *rows, strict=True))
    words = [max(len(word) for word in " ".join(cells).split()) for cells in columns]
    return [max(min(most, max(map(len, cells))), word) for cells, word in zip(columns, words, strict=True)]


def drawn(made: Annex, rng: random.Random) -> str:
    head, rows = rows_of(made)
    widths = _widths(head, rows, rng.choice((14, 20, 26)))
    rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    lines = [rule]
    for cells in [head, *rows]:
        lines += [
            "| " + " | ".join(c.ljust(w) for c, w in zip(part, widths, strict=True)) + " |"
            for part in _wrapped(cells, widths)
        ]
        lines.append(rule)
    text = "\n".join(lines)
    if rng.random() < 0.3:
        text = text.translate(str.maketrans("|-+", "│─┼"))
    return HEAD + text + FOOT


def aligned(made: Annex, rng: random.Random, *, spaced: bool | None = None) -> str:
    head, rows = rows_of(made)
    widths = _widths(head, rows, rng.choice((16, 22, 28)))
    gap = " " * rng.choice((2, 3, 4))
    is_spaced = rng.random() < 0.6 if spaced is None else spaced
    lines: list[str] = []
    for number, cells in enumerate([head, *rows]):
        lines += [
            gap.join(c.ljust(w) for c, w in zip(part, widths, strict=True)).rstrip() for part in _wrapped(cells, widths)
        ]
        if is_spaced:
            lines.append("")
        elif number == 0 and rng.random() < 0.5:
            lines.append(gap.join("-" * w for w in widths))
    indent = " " * rng.choice((0, 0, 2))
    return HEAD + "\n".join(indent + line if line else "" for line in lines) + FOOT


TABLES: dict[str, Callable[[Annex, random.Random], str]] = {
    "markdown": markdown,
    "tabbed": tabbed,
    "drawn": drawn,
    "aligned": aligned,
}


def _fields(made: Annex, project: Project) -> list[tuple[str, str]]:
    pairs = [(label, value) for label, value in project.values if value]
    return [*pairs[: made.title_at], (made.title_label, project.title), *pairs[made.title_at :]]


INTRO = "Bijlage 3 - Projectbladen\n\nHieronder staan de gegevens van de projecten.\n\n"


def colons(made: Annex, rng: random.Random) -> str:
    """Labels with colons, values over several lines; sometimes a heading with a number above, sometimes prose below."""
    style = rng.choice(("plain", "padded", "hanging"))
    numbered = rng.random() < 0.3
    width = max(len(label) for label in (*made.columns, made.title_label)) + 2
    blocks = []
    for number, project in enumerate(made.projects, start=1):
        lines = []
        for label, value in _fields(made, project):
            if style == "plain":
                lines += textwrap.wrap(f"{label}: {value}", 88)
            elif style == "padded":
                lines += textwrap.wrap(
                    value, 70, initial_indent=f"{label}:".ljust(width), subsequent_indent=" " * width
                )
            else:
                lines += textwrap.wrap(f"{label}: {value}", 80, subsequent_indent="    ")
        block = "\n".join(lines)
        if numbered:
            block = f"Project {number}\n\n{block}"
        for paragraph in project.prose:
            block += "\n\n" + textwrap.fill(paragraph, 88)
        blocks.append(block)
    return INTRO + "\n\n".join(blocks) + "\n"


def gaps(made: Annex, rng: random.Random) -> str:
    """Labels and values parted by a tab or by spaces."""
    width = max(len(label) for label in (*made.columns, made.title_label)) + 3
    tab = rng.random() < 0.4
    blocks = []
    for project in made.projects:
        lines = []
        for label, value in _fields(made, project):
            if tab:
                lines.append(f"{label}\t{value}")
            else:
                lines += textwrap.wrap(value, 60, initial_indent=label.ljust(width), subsequent_indent=" " * width)
        blocks.append("\n".join(lines))
    return INTRO + "\n\n".join(blocks) + "\n"


def under(made: Annex, rng: random.Random) -> str:
    """Labels on lines of their own, the value below."""
    blocks = []
    colon = rng.choice(("", ":"))
    for project in made.projects:
        lines = []
        for label, value in _fields(made, project):
            lines += [f"{label}{colon}", *textwrap.wrap(value, 80)]
        blocks.append("\n".join(lines))
    return INTRO + "\n\n".join(blocks) + "\n"


def headed(made: Annex, rng: random.Random) -> str:
    """A heading, labelled values, and prose."""
    numbers = rng.random() < 0.5
    blocks = []
    for number, project in enumerate(made.projects, start=1):
        heading = f"{number}. {project.title}" if numbers else project.title
        fields = "\n".join(f"{label}: {value}" for label, value in project.values if value)
        prose = "\n\n".join(textwrap.fill(p, 88) for p in project.prose)
        blocks.append(f"{heading}\n\n{fields}\n\n{prose}" if fields else f"{heading}\n\n{prose}")
    return INTRO + "\n\n".join(blocks) + "\n"


KEYED: dict[str, Callable[[Annex, random.Random], str]] = {
    "colons": colons,
    "gaps": gaps,
    "under": under,
    "headed": headed,
}
