"""Writing records: what the files look like, that they are written whole or not at all, and that faults are seen."""

import errno
import json
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import head, records, tree
from pydantic import TypeAdapter

from pipeline import schemas
from pipeline.errors import AnnexError
from pipeline.records import writing
from pipeline.records.models import Manifest, ManifestEntry, Number
from pipeline.records.reading import read_records
from pipeline.records.validating import validate
from pipeline.records.writing import annex_folder, as_bytes, prepare, write_annexes, write_manifest

Values = dict[str, Any]
P = ParamSpec("P")
T = TypeVar("T")


def folder(*titles: str, annex_id: str = "bijlage") -> writing.AnnexFolder:
    of = head(annex_id)
    return annex_folder(of, records(of, *titles), ())


def manifest(*annex_ids: str, count: int = 1) -> Manifest:
    entries = [
        ManifestEntry(
            input=f"{annex_id}.txt",
            sha256=head().source.sha256,
            status="ok",
            error=None,
            annex_ids=[annex_id],
            records=count,
            seconds=0.1,
            warnings=0,
        )
        for annex_id in annex_ids
    ]
    return Manifest(version="1", model="m 1", settings_hash="0" * 64, entries=entries)


def test_a_folder_has_annex_json_and_a_file_for_each_record(tmp_path: Path) -> None:
    write_annexes(tmp_path, [folder("Één straat", "één straat", "Ander")])
    names = ["01-een-straat.json", "02-een-straat-2.json", "03-ander.json", "annex.json"]
    assert sorted(tree(tmp_path)) == [f"bijlage/{name}" for name in names]
    assert [record.title for record in read_records(tmp_path)["bijlage"]] == ["Één straat", "één straat", "Ander"]


def test_more_than_99_records_have_three_digits() -> None:
    files = list(folder(*(f"p{n}" for n in range(1, 101))).files)
    assert files[1] == "001-p1.json"
    assert files[-1] == "100-p100.json"


def test_files_are_utf_8_indented_by_two_in_the_order_of_the_models() -> None:
    content = folder("Één").files["01-een.json"]
    lines = content.decode().split("\n")
    assert lines[:3] == ["{", '  "schema_version": "1.0",', '  "id": "bijlage/een",']
    assert lines[-2:] == ["}", ""]
    assert '  "title": "Één",' in lines


def test_an_old_folder_is_replaced_whole(tmp_path: Path) -> None:
    write_annexes(tmp_path, [folder("Eén", "Twee")])
    write_annexes(tmp_path, [folder("Drie")])
    assert sorted(tree(tmp_path)) == ["bijlage/01-drie.json", "bijlage/annex.json"]


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_not_ours_is_never_replaced(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "bijlage"
    if kind == "file":
        place.write_text("notes")
    elif kind == "folder":
        place.mkdir()
        (place / "notes.txt").write_text("notes")
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    before = tree(tmp_path)
    with pytest.raises(AnnexError, match="was not written by this program") as caught:
        write_annexes(tmp_path, [folder("Eén", annex_id="ander"), folder("Eén")])
    assert caught.value.code == "write_failed"
    assert tree(tmp_path) == before  # neither of the two


@pytest.mark.parametrize("step", range(1, 5))
def test_an_error_at_any_renaming_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    write_annexes(tmp_path, [folder("Oud", annex_id=one) for one in ("a", "b")])
    before = tree(tmp_path)
    rename, calls = os.rename, iter(range(1, 100))

    def failing(source: str, target: str) -> None:
        if next(calls) == step:
            raise OSError(errno.ENOSPC, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(AnnexError, match="No space left on device") as caught:
        write_annexes(tmp_path, [folder("Nieuw", annex_id=one) for one in ("a", "b")])
    assert caught.value.code == "write_failed"
    assert tree(tmp_path) == before


def test_killed_at_any_step_each_folder_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    old, new = folder("Oud", "Ouder"), folder("Nieuw")
    wanted = [{f"bijlage/{name}": content for name, content in one.files.items()} for one in (old, new)]
    seen = []
    for step in range(1, 50):
        out = tmp_path / str(step)
        prepare(out)
        write_annexes(out, [old])
        if not _killed_at(step, partial(write_annexes, out, [new])):
            break
        prepare(out)
        assert tree(out) in wanted
        assert [one.name for one in out.iterdir()] == ["bijlage"]
        seen.append(wanted.index(tree(out)))
    assert seen == sorted(seen)
    assert set(seen) == {0, 1}


def _killed_at(step: int, action: Callable[[], None]) -> bool:
    """Do something in a process that dies before its n-th change of the disk; say whether it came so far."""
    child = os.fork()
    if child == 0:
        calls = iter(range(1, 100))
        for name in ("rename", "mkdir", "fsync", "rmdir"):
            setattr(os, name, _dying(getattr(os, name), calls, step))
        try:
            action()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def _dying(function: Callable[P, T], calls: Iterator[int], step: int) -> Callable[P, T]:
    def instead(*args: P.args, **settings: P.kwargs) -> T:
        if next(calls) == step:
            os._exit(9)
        return function(*args, **settings)

    return instead


def test_a_manifest_is_replaced_whole_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_manifest(tmp_path, manifest("a"))
    before = tree(tmp_path)

    def failing(*_args: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(AnnexError, match="Permission denied"):
        write_manifest(tmp_path, manifest("b"))
    assert tree(tmp_path) == before
    monkeypatch.undo()
    write_manifest(tmp_path, manifest("b"))
    assert json.loads((tmp_path / "manifest.json").read_bytes())["entries"][0]["input"] == "b.txt"


def test_an_output_folder_that_cannot_be_made_is_write_failed(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(AnnexError, match="File exists") as caught:
        prepare(tmp_path / "out")
    assert caught.value.code == "write_failed"


@given(st.integers(-(10**15), 10**15), st.integers(0, 12))
def test_a_number_is_written_with_the_digits_of_the_text(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    written = json.dumps(TypeAdapter(Number).dump_python(number, mode="json"))
    assert json.loads(written, parse_float=Decimal, parse_int=Decimal) == number


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=120), min_size=1, max_size=5))
def test_any_titles_are_written_and_read_back(tmp_path_factory: pytest.TempPathFactory, titles: list[str]) -> None:
    out = tmp_path_factory.mktemp("out")
    write_annexes(out, [folder(*titles)])
    write_manifest(out, manifest("bijlage", count=len(titles)))
    assert validate(out).problems == ()
    assert [record.title for record in read_records(out)["bijlage"]] == titles


# Schemas


@pytest.mark.parametrize("name", schemas.SCHEMA_NAMES)
def test_the_committed_schema_is_that_of_the_models(name: schemas.SchemaName) -> None:
    committed = (schemas.FOLDER / schemas.schema_file(name)).read_text(encoding="utf-8")
    assert committed == schemas.schema_text(name), "run `make schemas`"
    jsonschema.Draft202012Validator.check_schema(schemas.schema(name))


def test_schemas_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    schemas.write_schemas(tmp_path / "new")
    assert sorted(tree(tmp_path / "new")) == [*(f"{name}.schema.json" for name in sorted(schemas.SCHEMA_NAMES))]


def test_what_is_written_follows_the_schemas() -> None:
    files = folder("Eén").files
    pairs: dict[schemas.SchemaName, bytes] = {
        "record": files["01-een.json"],
        "annex": files["annex.json"],
        "manifest": as_bytes(manifest("a")),
    }
    for name, content in pairs.items():
        validator = jsonschema.Draft202012Validator(schemas.schema(name))
        value = json.loads(content)
        validator.validate(value)
        for key in value:
            assert not validator.is_valid({k: v for k, v in value.items() if k != key}), f"{key} is not required"


# Validating

RECORD = "bijlage/01-een.json"
ANNEX = "bijlage/annex.json"


def spoil(out: Path, file: str, change: Callable[[Values], object]) -> list[str]:
    """Change one file of a good run; return the problems as lines."""
    write_annexes(out, [folder("Eén", "Twee")])
    write_manifest(out, manifest("bijlage", count=2))
    assert validate(out).problems == ()
    value = json.loads((out / file).read_bytes())
    change(value)
    (out / file).write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return [f"{one.file}: {one.where}: {one.message}" for one in validate(out).problems]


def first(value: Values) -> Values:
    mention: Values = value["organisations"][0]["mentions"][0]
    return mention


DATE: Values = {
    "start": 3,
    "end": 12,
    "text": "stichting",
    "edtf": "2024",
    "modifier": None,
    "part": None,
    "interval": "2024",
    "earliest": "2024-01-01",
    "latest": "2024-12-31",
    "role": None,
    "confidence": 0.9,
    "page": None,
    "boxes": [],
    "next_page_boxes": [],
}
REPAIR: Values = {"field": "title", "start": 0, "end": 3, "raw": "Een", "text": "Eén", "rule": "glyph"}
FAILED = {"status": "failed", "error": {"code": "nonsense", "message": "m"}}


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (RECORD, lambda v: first(v).update(start=12), "organisations[0].mentions[0]: says “Koraal”, but “ Koraal”"),
        (RECORD, lambda v: first(v).update(end=99), "organisations[0].mentions[0]: [13, 99) lies outside the text"),
        (RECORD, lambda v: first(v).update(page=1), "mentions[0].page: is not among the pages"),
        (RECORD, lambda v: first(v).update(boxes=[[0.0, 0.0, 1.0, 1.0]]), "mentions[0].boxes: boxes and page do not"),
        (RECORD, lambda v: first(v).update(boxes=[[2.0, 0.0, 1.0, 1.0]]), "is no box"),
        (RECORD, lambda v: first(v).update(next_page_boxes=[[0.0, 0.0, 1.0, 1.0]]), "the page after is not among"),
        (RECORD, lambda v: v["organisations"].append(v["organisations"][0]), "Koraal is listed twice"),
        (RECORD, lambda v: v["organisations"][0].update(mentions=[]), "Koraal has no mention"),
        (RECORD, lambda v: v["organisations"][0].update(register_id="koraal"), "contradict each other"),
        (RECORD, lambda v: v["organisations"][0].update(confidence=1.5), "breaks the schema"),
        (RECORD, lambda v: v.update(more=1), "more: breaks the schema"),
        (RECORD, lambda v: v.update(pages=[1]), "pages: the pages are not pages of the source, which has 0"),
        (RECORD, lambda v: v.update(pages=[2, 1]), "pages: the pages are not in ascending order"),
        (RECORD, lambda v: v.update(dates=[DATE | {"start": 4}]), "dates[0]: says “stichting”, but “tichting”"),
        (RECORD, lambda v: v.update(dates=[DATE | {"earliest": "2025-01-01"}]), "2025-01-01 is after 2024-12-31"),
        (RECORD, lambda v: v.update(dates=[DATE, DATE | {"start": 0, "end": 2, "text": "De"}]), "order of the text"),
        (RECORD, lambda v: v.update(repairs=[REPAIR | {"text": "Een"}]), "repairs[0]: says “Een”, but “Eén”"),
        (RECORD, lambda v: v.update(repairs=[REPAIR | {"raw": "Eén"}]), "repairs[0]: repairs nothing"),
        (RECORD, lambda v: v.update(repairs=[REPAIR, REPAIR]), "two repairs overlap at 0"),
        (RECORD, lambda v: v.update(footnotes=[{"marker": "1", "text": "t", "page": None, "anchor": 99}]), "outside"),
        (RECORD, lambda v: v.update(warnings=[{"code": "Not a code", "message": "m"}]), "Not a code is not a code"),
        (RECORD, lambda v: v.update(title="Ander"), "ordinal, id or title are not those that annex.json lists"),
        (RECORD, lambda v: v["annex"].update(label=None), "annex: is not the annex of annex.json"),
        (ANNEX, lambda v: v["records"][0].update(ordinal=2), "records[0].ordinal: is 2 and should be 1"),
        (ANNEX, lambda v: v["records"][0].update(id="bijlage/drie"), "is bijlage/drie and should be bijlage/een"),
        (ANNEX, lambda v: v["records"][1].update(file="03-twee.json"), "is 03-twee.json and should be 02-twee.json"),
        (ANNEX, lambda v: v["records"].pop(), "02-twee.json: : is not listed in annex.json"),
        (ANNEX, lambda v: v["annex"].update(id="Bij lage"), "annex.id: is Bij lage and should be bijlage"),
        (ANNEX, lambda v: v["annex"].update(id="Bij lage"), "annex.id: Bij lage is not a slug"),
        ("manifest.json", lambda v: v["entries"][0].update(records=3), "is not the number of records"),
        ("manifest.json", lambda v: v["entries"][0].update(warnings=3), "is not the number of warnings"),
        ("manifest.json", lambda v: v["entries"][0].update(sha256=None), "is not that of the records' source"),
        ("manifest.json", lambda v: v["entries"][0].update(annex_ids=["x"]), "annex_ids: x is not there"),
        ("manifest.json", lambda v: v["entries"].append(v["entries"][0]), "annex_ids: bijlage is listed twice"),
        ("manifest.json", lambda v: v["entries"][0].update(FAILED), "status, error and annex_ids contradict"),
        ("manifest.json", lambda v: v["entries"][0].update(FAILED), "nonsense is not a code"),
    ],
)
def test_validation_sees(tmp_path: Path, file: str, change: Callable[[Values], object], said: str) -> None:
    problems = spoil(tmp_path, file, change)
    assert any(said in line for line in problems), problems


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (".bijlage.tmp-1/annex.json", b"{}", "is left over from a run that was killed"),
        (".manifest.json.tmp-7", b"{}", "is left over from a run that was killed"),
        ("bijlage/03-drie.json", b"{}", "is not listed in annex.json"),
        ("bijlage/notes.txt", b"", "is not listed in annex.json"),
        ("half/01-een.json", b"{}", "annex.json: is not there"),
        (RECORD, None, "is listed in annex.json, but is not there"),
        (RECORD, b"{", "breaks the schema: Invalid JSON"),
        ("manifest.json", None, "manifest.json: is not there"),
    ],
)
def test_validation_sees_files(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    spoil(tmp_path, ANNEX, lambda _value: None)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert any(said in f"{one.file}: {one.message}" for one in validate(tmp_path).problems)


def test_validation_sees_another_form_of_the_same_values(tmp_path: Path) -> None:
    spoil(tmp_path, ANNEX, lambda _value: None)
    path = tmp_path / RECORD
    path.write_text(json.dumps(json.loads(path.read_bytes())))
    [problem] = validate(tmp_path).problems
    assert problem.message.startswith("is not written as the record contract has it")


def test_one_annex_folder_can_be_validated(tmp_path: Path) -> None:
    write_annexes(tmp_path, [folder("Eén", "Twee")])
    checked = validate(tmp_path / "bijlage")
    assert (checked.annexes, checked.records, checked.problems) == (1, 2, ())


def test_a_folder_without_annexes_is_not_well(tmp_path: Path) -> None:
    assert [one.message for one in validate(tmp_path).problems] == ["is not there"]
