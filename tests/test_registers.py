"""The registers under models/registers: well formed, without clashes, and as complete as their README says."""

import csv
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

REGISTERS = Path(__file__).parents[1] / "models" / "registers"
KINDS = [
    "ministry",
    "agency",
    "municipality",
    "province",
    "water_board",
    "region",
    "justice",
    "health",
    "care",
    "education",
    "research",
    "company",
    "ngo",
    "fund",
    "association",
    "partnership",
    "platform",
    "international",
    "other",
]
PLACE_KINDS = ["country", "province", "municipality", "town", "region"]
DAY_OR_YEAR = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))?")
COLUMNS = {
    "organisations": "id,name,kind,aliases,abbreviations,parent,region,valid_from,valid_until,successor",
    "ambiguous": "name,reason,rule",
    "lowercase": "id,form",
    "places": "name,kind,aliases,parent",
    "ambiguous_places": "name,rule",
}
Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    with (REGISTERS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def ascii_of(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def slug(name: str) -> str:
    whole = re.sub(r"[^a-z0-9]+", "-", ascii_of(name)).strip("-")
    if len(whole) <= 80:
        return whole
    return whole[:81].rpartition("-")[0] or whole[:80]


def forms(row: Row) -> list[str]:
    return [row["name"], *parts(row["aliases"]), *parts(row["abbreviations"])]


def by_folded_form(valid_only: bool) -> dict[str, set[str]]:  # noqa: FBT001
    found: dict[str, set[str]] = {}
    for row in rows("organisations"):
        if valid_only and row["valid_until"]:
            continue
        for form in forms(row):
            found.setdefault(ascii_of(form), set()).add(row["id"])
    return found


def tables() -> dict[str, list[list[str]]]:
    """Return the tables of the README by their head row."""
    found: dict[str, list[list[str]]] = {}
    head = None
    for line in (REGISTERS / "README.md").read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            head = None
            continue
        cells = [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        if head is None:
            head = ",".join(cells)
        elif set(line) - set("|- "):
            found.setdefault(head, []).append(cells)
    return found


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(name: str) -> None:
    with (REGISTERS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        assert handle.readline() == COLUMNS[name] + "\n"
    assert rows(name)
    assert all(None not in row and None not in row.values() for row in rows(name))


@pytest.mark.parametrize("name", COLUMNS)
def test_cells_are_tidy(name: str) -> None:
    for row in rows(name):
        assert next(iter(row.values())), row
        for cell in row.values():
            assert cell == unicodedata.normalize("NFC", re.sub(r"\s+", " ", cell).strip()), row
            assert "’" not in cell, row
        for column in ("aliases", "abbreviations"):
            listed = parts(row.get(column, ""))
            assert all(part and part == part.strip() for part in listed), row
            assert len(set(listed)) == len(listed), row


def test_every_name_is_there_and_every_id_its_slug() -> None:
    for row in rows("organisations"):
        assert row["name"], row
        assert row["id"] == slug(row["name"]), row
    assert not [i for i, n in Counter(r["id"] for r in rows("organisations")).items() if n > 1]
    assert not [i for i, n in Counter(r["name"] for r in rows("organisations")).items() if n > 1]


def test_forms_of_a_body_are_told_once() -> None:
    for row in rows("organisations"):
        assert len(set(forms(row))) == len(forms(row)), row


def test_kinds_are_those_of_the_contract() -> None:
    assert {row["kind"] for row in rows("organisations")} <= set(KINDS)
    assert {row["kind"] for row in rows("places")} <= set(PLACE_KINDS)


def test_parents_and_successors_exist() -> None:
    ids = {row["id"] for row in rows("organisations")}
    for row in rows("organisations"):
        for column in ("parent", "successor"):
            assert not row[column] or row[column] in ids - {row["id"]}, row
        assert not row["successor"] or row["valid_until"], row


def test_parents_and_successors_have_no_cycle() -> None:
    known = {row["id"]: row for row in rows("organisations")}
    for column in ("parent", "successor"):
        for start in known:
            seen, at = {start}, known[start][column]
            while at:
                assert at not in seen, (column, start)
                seen.add(at)
                at = known[at][column]


def test_dates_are_days_or_years_in_order() -> None:
    for row in rows("organisations"):
        for column in ("valid_from", "valid_until"):
            assert not row[column] or DAY_OR_YEAR.fullmatch(row[column]), row
        if row["valid_from"] and row["valid_until"]:
            assert row["valid_from"][:4] <= row["valid_until"][:4], row


def test_no_form_belongs_to_two_valid_bodies_unless_ambiguous() -> None:
    told = {ascii_of(row["name"]) for row in rows("ambiguous")}
    shared = {form: ids for form, ids in by_folded_form(valid_only=True).items() if len(ids) > 1 and form not in told}
    assert not shared


def test_ambiguous_names_are_in_the_register_and_have_a_rule() -> None:
    known = {form for row in rows("organisations") for form in forms(row)}
    for row in rows("ambiguous"):
        assert row["name"] in known, row
        assert row["reason"], row
        assert row["rule"] in {"capitalised", "context"}, row
    assert not [n for n, count in Counter(r["name"] for r in rows("ambiguous")).items() if count > 1]


def test_lower_case_forms_name_one_body_and_are_not_ambiguous() -> None:
    known = {row["id"] for row in rows("organisations") if not row["valid_until"]}
    owners = by_folded_form(valid_only=False)
    told = {ascii_of(row["name"]) for row in rows("ambiguous")}
    for row in rows("lowercase"):
        assert row["id"] in known, row
        assert row["form"] == row["form"].lower(), row
        assert owners.get(ascii_of(row["form"]), {row["id"]}) == {row["id"]}, row
        assert ascii_of(row["form"]) not in told, row
    assert not [f for f, n in Counter(r["form"] for r in rows("lowercase")).items() if n > 1]


def test_places_are_told_once_and_their_parents_exist() -> None:
    names = {row["name"] for row in rows("places")}
    for row in rows("places"):
        assert not row["parent"] or row["parent"] in names, row
        assert row["name"] not in parts(row["aliases"]), row
    keys = Counter((row["name"], row["kind"], row["parent"]) for row in rows("places"))
    assert not [key for key, count in keys.items() if count > 1]


def test_ambiguous_places_are_in_the_register() -> None:
    names = {row["name"] for row in rows("places")}
    for row in rows("ambiguous_places"):
        assert row["name"] in names, row
        assert row["rule"] == "preposition", row
    assert not [n for n, count in Counter(r["name"] for r in rows("ambiguous_places")).items() if count > 1]


def test_places_have_the_municipalities_and_provinces_of_the_organisations() -> None:
    def bare(row: Row) -> set[str]:
        return {re.sub(r"^(?:Gemeente|Provincie) | \((?:NH|L|O)\)$", "", form) for form in forms(row)}

    for kind in ("municipality", "province"):
        places = [{row["name"], *parts(row["aliases"])} for row in rows("places") if row["kind"] == kind]
        bodies = [
            bare(row)
            for row in rows("organisations")
            if row["kind"] == kind and not row["valid_until"] and re.match("Gemeente |Provincie ", row["name"])
        ]
        assert len(places) == len(bodies)
        assert not [body for body in bodies if not any(body & place for place in places)]


def test_files_are_sorted() -> None:
    organisations = [(KINDS.index(row["kind"]), row["id"]) for row in rows("organisations")]
    places = [(PLACE_KINDS.index(row["kind"]), slug(row["name"]), row["parent"]) for row in rows("places")]
    assert organisations == sorted(organisations)
    assert places == sorted(places)
    for name, column in (("ambiguous", "name"), ("ambiguous_places", "name")):
        written = [(ascii_of(row[column]), row[column]) for row in rows(name)]
        assert written == sorted(written), name
    lowercase = [(row["id"], row["form"]) for row in rows("lowercase")]
    assert lowercase == sorted(lowercase)


def test_families_count_what_the_readme_says() -> None:
    families = tables()["family,kind,state,pattern,expected,rows"]
    assert len(families) > 25
    for family, kind, state, pattern, expected, told in families:
        present = sum(
            row["kind"] == kind
            and bool(row["valid_until"]) == (state == "former")
            and re.fullmatch(pattern.strip("`"), row["name"]) is not None
            for row in rows("organisations")
        )
        assert state in {"valid", "former"}, family
        assert present == int(told), family
        if expected.isdigit():
            assert present == int(expected), family


def test_totals_are_what_the_readme_says() -> None:
    found = tables()
    kinds = Counter(row["kind"] for row in rows("organisations"))
    former = Counter(row["kind"] for row in rows("organisations") if row["valid_until"])
    assert {k: (int(n), int(f)) for k, n, f in found["kind,rows,of them former"]} == {
        kind: (kinds[kind], former[kind]) for kind in KINDS
    }
    places = Counter(row["kind"] for row in rows("places"))
    assert {kind: int(n) for kind, n in found["kind,rows"]} == dict(places)
    for file, told, _ in found["file,rows,what it holds"]:
        number = re.match(r"\d+", told)
        assert number is not None, file
        assert int(number[0]) == len(rows(file.strip("`").removesuffix(".csv"))), file
