"""A steward's own register: kept by ``annex register``, and what it does to the records."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlay_making import ANNEX, annex, files, refused, register

from pipeline import load_model, read_overlay, recognise
from pipeline.cli.exits import Exit
from pipeline.messages import use_language
from pipeline.overlay.changes import ChangeError, with_alias, with_body, with_denied
from pipeline.overlay.files import texts_of
from pipeline.register import Alias, Denied, Organisation, Overlay, organisations, register_with


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "ANNEX_LANG", "ANNEX_CONFIG"):
        monkeypatch.setenv(name, "")
    yield
    use_language("en")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "eigen"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "buurt.txt"
    path.write_text(ANNEX, encoding="utf-8")
    return path


def extracted(source: Path, out: Path, *options: object) -> tuple[dict[str, dict[str, Any]], str]:
    """Return the organisations of both records by name, and the hash of the settings."""
    done = annex("extract", source, "-o", out, "--json", *options)
    assert done.exit_code == Exit.OK, done.output
    found = {}
    for path in sorted((out / "buurt").glob("0*.json")):
        found.update({one["name"]: one for one in json.loads(path.read_text(encoding="utf-8"))["organisations"]})
    return found, json.loads(done.stdout)["settings_hash"]


# What it does to the records


def test_a_body_that_was_added_is_known_with_its_id_and_kind(own: Path, source: Path, tmp_path: Path) -> None:
    before, _ = extracted(source, tmp_path / "zonder")
    assert before["Lichtkring Noord"]["status"] == "new"
    assert "Added: Stichting Lichtkring (lichtkring), NGO" in register(
        own, "add", "Stichting Lichtkring", "--kind", "ngo", "--id", "lichtkring", "--alias", "Lichtkring Noord"
    )
    after, _ = extracted(source, tmp_path / "met", "--config", own)
    found = after["Stichting Lichtkring"]
    assert (found["register_id"], found["kind"], found["status"], found["link"]) == (
        "lichtkring",
        "ngo",
        "known",
        "alias",
    )
    assert "Lichtkring Noord" not in after


def test_an_alias_of_a_body_that_ships_is_linked_to_it(own: Path, source: Path, tmp_path: Path) -> None:
    assert "Domstad is now a name of Gemeente Utrecht (gemeente-utrecht)" in register(
        own, "alias", "gemeente Utrecht", "Domstad"
    )
    found, _ = extracted(source, tmp_path / "out", "--config", own)
    assert {mention["text"] for mention in found["Gemeente Utrecht"]["mentions"]} == {"Domstad", "gemeente Utrecht"}


def test_a_form_in_lower_case_is_found_only_when_it_is_given_as_one(own: Path) -> None:
    text = "De uitvoering ligt bij de buurtwacht, die wordt betaald door de gemeente Ede."
    register(own, "add", "Buurtwacht Nederland", "--kind", "association", "--alias", "Buurtwacht")
    assert [one.register_id for one in recognise(text, overlay=read_overlay(own)).organisations] == ["gemeente-ede"]
    register(own, "alias", "buurtwacht-nederland", "buurtwacht", "--as", "lowercase")
    found = {one.register_id for one in recognise(text, overlay=read_overlay(own)).organisations}
    assert found == {"buurtwacht-nederland", "gemeente-ede"}


@pytest.mark.parametrize("form", ["Stichting Waterkers", "stichting wáterkers", "Halt", "Lichtkring Noord"])
def test_a_denied_name_is_no_organisation_whoever_takes_it_for_one(
    own: Path, source: Path, tmp_path: Path, form: str
) -> None:
    def named(found: dict[str, dict[str, Any]]) -> set[str]:
        return {mention["text"].casefold().replace("á", "a") for one in found.values() for mention in one["mentions"]}

    plain = form.casefold().replace("á", "a")
    before, _ = extracted(source, tmp_path / "zonder")
    register(own, "deny", form, "--why", "is een proef")
    after, _ = extracted(source, tmp_path / "met", "--config", own)
    assert plain in named(before)
    assert named(after) == named(before) - {plain}


def test_a_denied_name_is_no_organisation_in_a_cell_either(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "buurt.txt"
    path.write_text(
        "Bijlage\n\nProject: Samen eten\nUitvoerder: Waterkers, Lichtkring Noord\nLooptijd: 2023\n\n"
        "Project: Samen leren\nUitvoerder: Lichtkring Noord\nLooptijd: 2024\n",
        encoding="utf-8",
    )
    assert set(extracted(path, tmp_path / "zonder")[0]) == {"Waterkers", "Lichtkring Noord"}
    register(own, "deny", "Waterkers")
    assert set(extracted(path, tmp_path / "met", "--config", own)[0]) == {"Lichtkring Noord"}


def test_a_denied_place_inside_a_name_is_a_place_again(own: Path) -> None:
    text = "De gemeente Ede betaalt de lessen."
    register(own, "deny", "gemeente Ede")
    found = recognise(text, overlay=read_overlay(own))
    assert found.organisations == ()
    assert [one.name for one in recognise(text).organisations] == ["Gemeente Ede"]


def test_each_pipeline_has_its_own_register(own: Path) -> None:
    register(own, "deny", "TNO")
    with_own, plain = load_model(overlay=read_overlay(own)), load_model()
    text = "TNO ontwikkelde in 2023 een les."
    assert [len(nlp(text).spans["organisations"]) for nlp in (with_own, plain, with_own)] == [0, 1, 0]
    assert load_model() is plain


def test_the_component_takes_the_folder_in_any_pipeline(own: Path) -> None:
    import spacy

    register(own, "deny", "TNO")
    nlp = spacy.blank("nl")
    nlp.add_pipe("annex_organisations", config={"overlay": str(own)})
    assert not nlp("TNO ontwikkelde een les.").spans["organisations"]


def test_the_hash_of_the_settings_changes_with_what_the_overlay_says_and_with_nothing_else(
    own: Path, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    plain = extracted(source, out)[1]
    own.mkdir()
    assert extracted(source, out, "--config", own)[1] == plain
    register(own, "alias", "gemeente-utrecht", "Domstad")
    register(own, "alias", "gemeente-ede", "Heidestad")
    changed = extracted(source, out, "--config", own)[1]
    assert changed != plain
    other = tmp_path / "elders"
    other.mkdir()
    rows = (own / "aliases.csv").read_text(encoding="utf-8").splitlines()
    (other / "aliases.csv").write_text("\r\n".join([rows[0], rows[2], rows[1], ""]), encoding="utf-8-sig")
    assert extracted(source, out, "--config", other)[1] == changed


def test_the_number_of_workers_changes_nothing(own: Path, source: Path, tmp_path: Path) -> None:
    register(own, "add", "Stichting Lichtkring", "--kind", "ngo", "--alias", "Lichtkring Noord")
    register(own, "deny", "Halt")
    second = tmp_path / "tweede.txt"
    second.write_text(ANNEX.replace("Samen", "Anders"), encoding="utf-8")
    for jobs in (1, 2):
        options = ("-o", tmp_path / f"out{jobs}", "--jobs", jobs, "--config", own)
        assert annex("extract", source, second, *options).exit_code == Exit.OK
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / f"out{n}").rglob("0*.json")} for n in (1, 2))
    assert one == two
    assert any(b'"stichting-lichtkring"' in content for content in one.values())


def test_anything_can_be_taken_back(own: Path, source: Path, tmp_path: Path) -> None:
    plain, settings = extracted(source, tmp_path / "out")
    register(own, "add", "Lichtkring Noord", "--kind", "ngo", "--alias", "Lichtkring")
    register(own, "alias", "lichtkring-noord", "LKN", "--as", "abbreviation")
    register(own, "alias", "Halt", "Lichtwacht")
    register(own, "deny", "Stichting Waterkers")
    register(own, "deny", "Halt")
    assert extracted(source, tmp_path / "out", "--config", own)[0] != plain
    assert register(own, "remove", "lichtkring").startswith("No name any more of Lichtkring Noord")
    assert "Taken out: Lichtkring Noord (lichtkring-noord)" in register(own, "remove", "lichtkring noord")
    assert register(own, "remove", "Stichting Waterkers") == "Stichting Waterkers is not denied any more\n"
    assert "It is a name of Stichting Halt (stichting-halt) again" in register(own, "remove", "halt")
    assert "No name any more of Stichting Halt (stichting-halt): Lichtwacht" in register(own, "remove", "Lichtwacht")
    assert extracted(source, tmp_path / "out", "--config", own) == (plain, settings)
    assert "says nothing of Lichtkring" in refused(own, "remove", "Lichtkring")


# What the files hold


def test_the_files_are_sorted_csv_with_one_row_a_line(own: Path) -> None:
    register(own, "add", "Zorgkring", "--kind", "care", "--abbreviation", "ZKR", "--parent", "VNG", "--from", "2020")
    register(own, "add", "Stichting Eb, Vloed & Zo", "--kind", "ngo", "--region", "Zeeland", "--until", "2022-12-31")
    register(own, "alias", "zorgkring", "De  Zorgkring   Nederland")
    register(own, "deny", "Samen Sterk", "--why", 'een "programma"')
    register(own, "deny", "eigen kracht")
    assert files(own) == {
        "organisations.csv": (
            "id,name,kind,aliases,abbreviations,parent,region,valid_from,valid_until,successor\n"
            'stichting-eb-vloed-zo,"Stichting Eb, Vloed & Zo",ngo,,,,Zeeland,,2022-12-31,\n'
            "zorgkring,Zorgkring,care,,ZKR,vereniging-van-nederlandse-gemeenten,,2020,,\n"
        ),
        "aliases.csv": "id,form,kind\nzorgkring,De Zorgkring Nederland,alias\n",
        "denied.csv": 'form,why\neigen kracht,\nSamen Sterk,"een ""programma"""\n',
    }


def test_a_file_that_a_change_does_not_touch_stays_as_a_person_left_it(own: Path) -> None:
    own.mkdir()
    (own / "denied.csv").write_text("why;form\r\nproef;Waterkers\r\n", encoding="utf-8-sig")
    before = (own / "denied.csv").read_bytes()
    register(own, "alias", "gemeente-utrecht", "Domstad")
    assert (own / "denied.csv").read_bytes() == before
    register(own, "deny", "Lichtkring")
    assert files(own)["denied.csv"] == "form,why\nLichtkring,\nWaterkers,proef\n"


def test_a_row_with_an_id_that_ships_takes_the_place_of_that_row(own: Path) -> None:
    own.mkdir()
    (own / "organisations.csv").write_text("id,name,kind\ntno,Toegepast Onderzoek,company\n", encoding="utf-8")
    overlay = read_overlay(own)
    bodies = [body for body in register_with(overlay).organisations if body.id == "tno"]
    assert [(body.name, body.kind, body.abbreviations) for body in bodies] == [("Toegepast Onderzoek", "company", ())]
    [found] = recognise("Toegepast Onderzoek ontwikkelde een les.", overlay=overlay).organisations
    assert (found.register_id, found.kind) == ("tno", "company")
    register(own, "remove", "tno")
    assert read_overlay(own) == Overlay()


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|"), min_size=1, max_size=12)
FORMS = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: "Naam " + " ".join(words))


@settings(max_examples=15, deadline=None)  # each looks every name of the register over
@given(st.lists(FORMS, max_size=2), st.lists(st.tuples(FORMS, st.text("abc ,;\"'“=", max_size=9)), max_size=2))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], said: list[tuple[str, str]]
) -> None:
    overlay = Overlay()
    for number, name in enumerate(names):
        body = Organisation(f"body-{number}", name, "ngo", (), (), region="Zeeland")
        with suppress(ChangeError):
            overlay = with_body(overlay, body).overlay
        with suppress(ChangeError):
            overlay = with_alias(overlay, "tno", f"{name} x").overlay
    for form, why in said:
        with suppress(ChangeError):
            overlay = with_denied(overlay, form, why).overlay
    folder = tmp_path_factory.mktemp("eigen")
    for file, text in texts_of(overlay).items():
        (folder / file).write_bytes(text.encode())
    assert read_overlay(folder) == overlay


# What it shows


@pytest.mark.parametrize(
    ("name", "link", "body"),
    [
        ("Ministerie van Justitie en Veiligheid", "exact", "ministerie-van-justitie-en-veiligheid"),
        ("JenV", "abbreviation", "ministerie-van-justitie-en-veiligheid"),
        ("Justitie en Veiligheid", "alias", "ministerie-van-justitie-en-veiligheid"),
        ("Ministerie van Justitie en Veiligheit", "fuzzy", "ministerie-van-justitie-en-veiligheid"),
        ("Stichting Nergens Bekend", "none", None),
    ],
)
def test_find_says_what_linking_does(name: str, link: str, body: str | None) -> None:
    values = json.loads(annex("register", "find", name, "--json").stdout)
    assert (values["link"], (values["organisation"] or {}).get("id")) == (link, body)
    assert (values["similarity"] == 1) == (link in {"exact", "alias", "abbreviation"})
    likeness = [other["likeness"] for other in values["others"]]
    assert likeness == sorted(likeness, reverse=True)
    assert body not in [other["organisation"]["id"] for other in values["others"]]


def test_find_shows_a_former_body_and_who_took_it_over() -> None:
    lines = annex("register", "find", "Ministerie van Veiligheid en Justitie").stdout.splitlines()
    assert lines[0] == "Ministerie van Veiligheid en Justitie"
    rows = {" ".join(line.split()) for line in lines}
    assert "Former body from 2010-10-14 until 2017-10-25" in rows
    assert "Taken over by Ministerie van Justitie en Veiligheid" in rows
    assert all(len(line) <= 80 for line in lines)


def test_find_takes_whatever_a_terminal_gives() -> None:
    assert "a name needs a letter or digit" in annex("register", "find", "–").stderr
    assert json.loads(annex("register", "find", "Naam \udcff", "--json").stdout)["link"] == "none"


def test_find_says_that_a_name_is_denied_and_why(own: Path) -> None:
    register(own, "deny", "Ander")
    register(own, "deny", "Fier", "--why", "het woord")
    assert register(own, "find", "fier").startswith("fier is no organisation: you denied it (het woord)\n")
    assert json.loads(register(own, "find", "Fier", "--json"))["denied"] is True


def test_list_shows_all_or_a_kind_or_what_was_added(own: Path) -> None:
    register(own, "add", "Lichtkring", "--kind", "ngo", "--abbreviation", "LKR")
    register(own, "alias", "gemeente-utrecht", "Domstad")
    register(own, "deny", "Waterkers", "--why", "proef")
    everything = json.loads(register(own, "list", "--format", "json"))
    assert len(everything["organisations"]) == len(organisations()) + 1
    assert everything["denied"] == [{"form": "Waterkers", "why": "proef"}]
    assert {one["id"] for one in everything["organisations"] if one["added"]} == {"lichtkring", "gemeente-utrecht"}
    assert register(own, "list", "--kind", "province").splitlines()[-1] == "12 bodies, 0 of them former"
    table = register(own, "list", "--added")
    assert [" ".join(line.split()) for line in table.splitlines() if line and "─" not in line] == [
        "Name Kind Short Yours",
        "Gemeente Utrecht municipality Domstad",
        "Lichtkring NGO LKR body",
        "Denied Why",
        "Waterkers proef",
        "2 bodies, 0 of them former",
    ]


def test_the_list_as_csv_is_the_file_of_the_register() -> None:
    shown = annex("register", "list", "--format", "csv").stdout
    path = Path(__file__).parents[1] / "models" / "registers" / "organisations.csv"
    assert shown.splitlines() == path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("command", ["list", "find", "add", "alias", "deny", "remove"])
def test_each_command_has_help_in_both_languages(command: str) -> None:
    english, dutch = (annex("register", command, "--help", "--lang", language).stdout for language in ("en", "nl"))
    assert english.startswith("Usage: annex register")
    assert dutch.startswith("Gebruik: annex register")
    assert max(len(line) for line in (english + dutch).splitlines()) <= 80


def test_an_ordinary_word_as_a_name_is_pointed_out(own: Path) -> None:
    assert "Samen is an ordinary word too" in register(own, "add", "Samen", "--kind", "ngo")
    assert "ordinary" not in register(own, "add", "Vloedmaat", "--kind", "ngo")


def test_the_shipped_register_with_nothing_over_it_is_itself() -> None:
    overlay = Overlay(aliases=(Alias("tno", "Kennishuis", "alias"),), denied=(Denied("Halt"),))
    plain = {(form, body.id) for form, _, body in register_with(Overlay()).forms()}
    changed = {(form, body.id) for form, _, body in register_with(overlay).forms()}
    assert plain == {(form, body.id) for body in organisations() for form, _ in body.forms()}
    assert changed - plain == {("Kennishuis", "tno")}
    assert {form for form, _ in plain - changed} == {"Halt"}
