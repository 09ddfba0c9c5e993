"""Random tables of projects in many looks, with what should come out of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from table_setting import Look, fpdf2_pdf, latin, reportlab_pdf, typst_pdf

RULED = ("grid", "box", "level", "cells", "double", "dashed", "zebra_cells")
ROW_RULED = {"grid", "level", "cells", "double", "dashed", "zebra_cells"}
UNRULED = ("none", "head", "zebra", "shaded_head", "ends")
ALIGNMENTS = ("top", "middle", "bottom")

_WHO = ("gemeente", "stichting", "provincie", "school", "werkgroep", "coalitie", "dienst", "vereniging", "bibliotheek")
_WHERE = ("Zutphen", "Almere", "Den Bosch", "Terneuzen", "Assen", "Súdwest-Fryslân", "Venray", "Hoorn", "Zwolle")
_DOES = ("begeleidt", "ondersteunt", "bezoekt", "versterkt", "onderzoekt", "verbetert", "organiseert", "bundelt")
_WHOM = (
    "jongeren die van school zijn gegaan",
    "kleine ondernemers in het centrum",
    "mantelzorgers en hun naasten",
    "ouderen die alleen wonen",
    "de vrijwilligers van twaalf buurthuizen",
    "leraren in het basisonderwijs",
    "bewoners langs het spoor",
    "de telers van fruit en bloembollen",
)
_HOW = (
    "met een wekelijks spreekuur",
    "in nauw overleg met de wijkteams",
    "door een digitaal loket met vaste contactpersonen",
    "en deelt de uitkomsten met andere gemeenten",
    "zodat zij sneller hulp vinden",
    "aan de hand van een gezamenlijk plan van aanpak",
    "waarbij ook de provincie is betrokken",
    "",
)
_NAME = ("Warme", "Groene", "Veilige", "Slimme", "Open", "Samen", "Schone", "Jonge", "Nieuwe", "Sterke")
_THING = ("wijken", "haven", "kust", "scholen", "boerderij", "fietsroutes", "bibliotheek", "zorgketen", "binnenstad")
_ADD = ("", "", " in de regio", " voor iedereen", " 2.0", " op het platteland", " langs de grote rivieren", " en werk")
_STATES = ("Afgerond", "Loopt", "Gepland", "Gestopt", "Vertraagd")

_KINDS = {
    "number": "Nr.",
    "name": "Project",
    "who": "Uitvoerder",
    "prose": "Omschrijving",
    "result": "Resultaten tot nu toe",
    "money": "Budget",
    "period": "Looptijd",
    "state": "Status",
    "note": "Opmerkingen",
    "place": "Gemeente",
}


@dataclass
class Made:
    """One file with one table, and the truth: rows of texts, None where a merged cell covers the place."""

    name: str
    pdf: bytes
    rows: list[list[str | None]]
    repeats_head: bool
    ruled: bool
    around: list[str] = field(default_factory=list)
    """Texts outside of the table."""


def random_look(rng: random.Random, *, ruled: bool | None = None) -> Look:
    """Return a look; `ruled` None takes any."""
    family = RULED + UNRULED if ruled is None else RULED if ruled else UNRULED
    rules = rng.choice(family)
    engines = {
        "dashed": ("typst", "reportlab"),
        "double": ("typst", "reportlab"),
        "zebra_cells": ("typst", "fpdf2"),
        "cells": ("typst", "reportlab"),
        "ends": ("typst", "reportlab"),
    }
    engine = rng.choice(engines.get(rules, ("typst", "reportlab", "fpdf2")))
    others = ["who", "prose", "result", "money", "period", "state", "note", "place"]
    rng.shuffle(others)
    columns = ["name", *others[: rng.randint(2, 6)]]
    if not {"prose", "result"} & set(columns):
        columns[-1] = "prose"
    if rng.random() < 0.3:
        columns.insert(0, "number")
    elif rng.random() < 0.2:
        columns = [*columns[1:2], columns[0], *columns[2:]]
    landscape = len(columns) > 5 or rng.random() < 0.2
    spans = rules in {"grid", "double"} and engine != "fpdf2"
    align = rng.choices(ALIGNMENTS, (6, 2, 1))[0]
    return Look(
        engine,
        rules,
        align,
        rng.choice((8.0, 9.0, 10.0)),
        rng.choice((3.0, 4.0, 5.0, 6.0) if rules in ROW_RULED or align == "top" else (4.0, 5.0, 6.0)),
        landscape,
        rng.random() < 0.7,
        rng.random() < 0.8,
        rng.random() < 0.5,
        spans and rng.random() < 0.25,
        spans and rng.random() < 0.25,
        rng.random() < 0.7,
        rng.random() < 0.3,
        rng.random() < 0.6,
        tuple(columns),
        rng.choice((5, 8, 12, 20, 35, 60)),
        rng.choice((0.0, 0.05, 0.15)),
        rng.choice((1, 2, 4)),
    )


def make(seed: int, look: Look | None = None, *, ruled: bool | None = None) -> Made:
    """Return the table of a seed."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    look = look or random_look(rng, ruled=ruled)
    rows, groups, themes = _content(rng, look)
    setter = {"typst": typst_pdf, "reportlab": reportlab_pdf, "fpdf2": fpdf2_pdf}[look.engine]
    around = _around(rng, look)
    pdf = setter(look, rows, groups, themes, around)
    truth: list[list[str | None]] = []
    if look.engine == "fpdf2":
        rows = [[latin(text) for text in row] for row in rows]
    for number, row in enumerate(rows):
        if number in groups:
            truth.append([row[0], *[None] * (len(row) - 1)])
        elif look.theme and number and number not in themes:
            truth.append([None, *row[1:]])
        else:
            truth.append(list(row))
    name = f"{seed}-{look.engine}-{look.rules}-{look.align}-{len(rows[0])}x{len(rows)}"
    return Made(name, pdf, truth, look.repeats_head, look.rules in RULED, [text for text in around.values() if text])


def _content(rng: random.Random, look: Look) -> tuple[list[list[str]], set[int], dict[int, int]]:
    """Return the rows, head first, which of them are titles of groups, and where themes begin with their spans."""
    columns = list(look.columns)
    rows: list[list[str]] = [[_KINDS[kind] for kind in columns]]
    if look.theme:
        rows[0].insert(0, "Thema")
    groups: set[int] = set()
    themes: dict[int, int] = {}
    group_left = rng.randint(2, 5)
    theme_left = 0
    serial = 0
    while serial < look.count:
        if look.groups and not theme_left and group_left == 0:
            groups.add(len(rows))
            rows.append([f"Spoor {len(groups)}: {sentence(rng)[:40].strip()}", *[""] * (len(rows[0]) - 1)])
            group_left = rng.randint(2, 5)
            continue
        group_left = max(group_left - 1, 0)
        serial += 1
        row = [_cell(rng, kind, serial, look) for kind in columns]
        if look.theme:
            if not theme_left:
                theme_left = rng.randint(1, 3)
                themes[len(rows)] = theme_left
            first = themes.get(len(rows))
            row.insert(0, f"{rng.choice(_NAME)} {rng.choice(_THING)}" if first else "")
            theme_left -= 1
        rows.append(row)
    if theme_left > 0:
        last = max(themes)
        themes[last] -= theme_left
    return rows, groups, themes


def sentence(rng: random.Random) -> str:
    """Return a sentence of Dutch."""
    said = f"De {rng.choice(_WHO)} {rng.choice(_WHERE)} {rng.choice(_DOES)} {rng.choice(_WHOM)} {rng.choice(_HOW)}"
    return said.strip() + "."


def _cell(rng: random.Random, kind: str, serial: int, look: Look) -> str:
    if kind not in {"name", "number"} and rng.random() < look.blanks:
        return ""
    match kind:
        case "number":
            return str(serial)
        case "name":
            return f"{rng.choice(_NAME)} {rng.choice(_THING)}{rng.choice(_ADD)}"
        case "who":
            both = f"{rng.choice(_WHO).capitalize()} {rng.choice(_WHERE)}"
            return both + (f" en {rng.choice(_WHO)} {rng.choice(_WHERE)}" if rng.random() < 0.3 else "")
        case "prose" | "result":
            return " ".join(sentence(rng) for _ in range(rng.randint(1, look.length)))
        case "money":
            return f"€ {rng.randint(5, 990)}.{rng.choice(('000', '500', '250'))}"
        case "period":
            return rng.choice(("2022-2024", "2023", "jan. 2023 - dec. 2024", "2021 t/m 2025", "tot medio 2024"))
        case "state":
            return rng.choice(_STATES)
        case "note":
            return "" if rng.random() < 0.7 else sentence(rng)
        case _:
            return rng.choice(_WHERE)


def _around(rng: random.Random, look: Look) -> dict[str, str]:
    """Return the texts outside of the table by place."""

    def prose() -> str:
        return " ".join(sentence(rng) for _ in range(rng.randint(3, 6)))

    return {
        "header": "Ministerie van Volksverhuizing - bijlage bij de brief over regionale projecten" * look.furniture,
        "before": prose() if look.prose else "",
        "caption": "Tabel 1. Overzicht van de projecten die in deze periode zijn gesteund" if look.prose else "",
        "notes": "1) Bedragen zijn afgerond op honderden euro's en inclusief bijdragen van derden." * look.notes,
        "after": prose() if look.prose else "",
    }
