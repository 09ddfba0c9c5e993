"""The markup of the samples, and the gold that is made from it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources import BODY, HEAD, annex

from samples.gold import gold_of
from samples.head import read_head
from samples.markup import AnnexSource, Block, BlockKind, MarkupError, parse_piece, read_annex
from samples.names import fold


def running_text(source: AnnexSource) -> list[Block]:
    return [block for block in source.blocks if isinstance(block, Block)]


def gold(body: str = BODY) -> dict:  # type: ignore[type-arg]
    return gold_of(annex(body))


# --- one piece of text


@pytest.mark.parametrize(
    ("text", "words", "kind", "value", "attributes"),
    [
        ("[Koraal](org) helpt", "Koraal", "org", None, {}),
        ("Door [RWS](org=Rijkswaterstaat role=executor)", "RWS", "org", "Rijkswaterstaat", {"role": "executor"}),
        ("[A](org role=executor,partner)", "A", "org", None, {"role": "executor,partner"}),
        ('[CKM](org="Centrum (CKM) en co" optional)', "CKM", "org", "Centrum (CKM) en co", {"optional": "true"}),
        ("[Kinky.nl](org kind=platform)", "Kinky.nl", "org", None, {"kind": "platform"}),
        ("[Polen](loc kind=country)", "Polen", "loc", None, {"kind": "country"}),
        (
            "[begin 2023](date=2023 part=begin role=reference)",
            "begin 2023",
            "date",
            "2023",
            {"part": "begin", "role": "reference"},
        ),
        ("[Q1 2024](date=2024-33)", "Q1 2024", "date", "2024-33", {}),
        ("[rond 2020](date=2020~)", "rond 2020", "date", "2020~", {}),
        ("[jaren negentig](date=199X)", "jaren negentig", "date", "199X", {}),
        ("[’21-’22](date=2021/2022)", "’21-’22", "date", "2021/2022", {}),
        (
            '[ruim 200 hotels](count=200 unit=hotels cmp=">")',
            "ruim 200 hotels",
            "count",
            "200",
            {"unit": "hotels", "cmp": ">"},
        ),
        (
            '[40 teams](count=40 unit="teams|multidisciplinaire teams")',
            "40 teams",
            "count",
            "40",
            {"unit": "teams|multidisciplinaire teams"},
        ),
        ("[12,5%](percentage=12.5)", "12,5%", "percentage", "12.5", {}),
        ("[van 12 tot 18 jaar](age=12..18)", "van 12 tot 18 jaar", "age", "12..18", {}),
        ("[twee derde](ratio=0.667)", "twee derde", "ratio", "0.667", {}),
        ("[100 dagen](duration=100 unit=day)", "100 dagen", "duration", "100", {"unit": "day"}),
        ("[1.200 m2](measure=1200 unit=m2)", "1.200 m2", "measure", "1200", {"unit": "m2"}),
        ("[financi{é>ë}le hulp](org)", "financiële hulp", "org", None, {}),
    ],
)
def test_a_mark_is_read(text: str, words: str, kind: str, value: str | None, attributes: dict[str, str]) -> None:
    piece = parse_piece(text)
    (mark,) = piece.marks
    assert piece.words(mark) == words
    assert (mark.kind, mark.value, mark.attributes) == (kind, value, attributes)
    assert mark.optional == ("optional" in attributes)


def test_both_texts_have_offsets() -> None:
    piece = parse_piece("De {fmanciele>financiële} {s>S}tichting [{K0raal>Koraal} Zuid](org) helpt.")
    assert piece.plain == "De financiële Stichting Koraal Zuid helpt."
    assert piece.printed == "De fmanciele stichting K0raal Zuid helpt."
    (mark,) = piece.marks
    assert piece.plain[mark.start : mark.end] == "Koraal Zuid"
    assert piece.printed[mark.printed_start : mark.printed_end] == "K0raal Zuid"
    assert [(piece.words(damage), damage.raw, damage.right) for damage in piece.damage] == [
        ("financiële", "fmanciele", "financiële"),
        ("S", "s", "S"),
        ("Koraal", "K0raal", "Koraal"),
    ]
    assert [piece.printed[damage.printed_start : damage.printed_end] for damage in piece.damage] == [
        damage.raw for damage in piece.damage
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Koraal](orgs)", "unknown kind 'orgs'"),
        ("[Koraal]()", "without kind"),
        ("[Koraal](org rol=executor)", "unknown attribute 'rol'"),
        ("[Koraal](org role=boss)", "'boss' is no role"),
        ("[Koraal](org role=executor role=partner)", "given twice"),
        ("[Koraal](org optional=yes)", "is a flag"),
        ("[Koraal](org=)", "cannot read the attributes"),
        ('[Koraal](org="")', "empty"),
        ("[Koraal](org kind=website)", "is no kind"),
        ("[Polen](loc kind=land)", "is no kind"),
        ("[Polen](loc unit=country)", "unknown attribute 'unit'"),
        ("[2023](date)", "date needs a value"),
        ("[2023](date=23)", "no date in EDTF"),
        ("[2023](date=2023-13)", "no date in EDTF"),
        ("[2023](date=2023-02-30)", "no date in EDTF"),
        ("[2023](date=2023/2024/2025)", "no date in EDTF"),
        ("[2023](date=2023 modifier=since)", "is no modifier"),
        ("[2023](date=2023 part=middle)", "is no part"),
        ("[2023](date=2023 role=executor)", "is no role"),
        ("[5 teams](count=5)", "count needs a unit"),
        ("[5 teams](count=vijf unit=teams)", "is no value of count"),
        ("[1.200 teams](count=1.200 unit=teams)", "a point is for decimals"),
        ("[5 teams](count=9..5 unit=teams)", "is no range"),
        ("[5 teams](count=5 unit=teams cmp=ruim)", "is no cmp"),
        ("[5 dagen](duration=5 unit=dagen)", "is no unit of duration"),
        ("[€ 5](money=5 unit=euro)", "is no unit of money"),
        ("[Koraal](org role=executor partner)", "unknown attribute 'partner'"),
        ("een [Koraal helpt", "not closed"),
        ("een [Koraal] helpt", "without (kind…)"),
        ("een [Koraal](org helpt", "not closed"),
        ("een Koraal](org) helpt", "without its pair"),
        ("[de [RWS](org)](org)", "do not nest"),
        ("[ Koraal](org)", "without spaces at its ends"),
        ("[](org)", "goes round words"),
        ("een {fout helpt", "damage is written"),
        ("een {fout} helpt", "damage is written"),
        ("een {fout>} helpt", "damage is written"),
        ("een {goed>goed} helpt", "changes nothing"),
        ("een fout} helpt", "without its pair"),
        ("[Kor{aal](org)", "without its pair inside a mark"),
        ('[RWS](org="Rijks)', "not closed"),
    ],
)
def test_a_wrong_mark_is_an_error(text: str, said: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(said)):
        parse_piece(text)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="[]{}<>^", exclude_categories=["Cs"]), min_size=1)
TRIMMED = WORDS.map(str.strip).filter(bool)
TAGS = st.sampled_from(["org", 'org="Stichting (A) {B}"', "date=2023 part=mid", "count=5 unit=teams", "loc kind=town"])
DAMAGE = st.tuples(WORDS, WORDS).filter(lambda pair: pair[0] != pair[1])


@st.composite
def marked_up(draw: st.DrawFn) -> tuple[str, str, str, list[str], list[tuple[str, str]]]:
    """Draw a piece together with what it must be read as: plain, printed, words of the marks, damage."""
    text = plain = printed = ""
    words: list[str] = []
    damage: list[tuple[str, str]] = []
    for form in draw(st.lists(st.sampled_from(["clean", "damage", "mark", "damaged mark"]), max_size=8)):
        before = after = draw(TRIMMED)
        source = before
        if "damage" in form:
            raw, right = draw(DAMAGE)
            end = draw(TRIMMED)
            source, before, after = f"{source}{{{raw}>{right}}}{end}", f"{before}{raw}{end}", f"{after}{right}{end}"
            damage.append((raw, right))
        if "mark" in form:
            source = f"[{source}]({draw(TAGS)})"
            words.append(after)
        text, printed, plain = text + source, printed + before, plain + after
    return text, plain, printed, words, damage


@given(marked_up())
def test_offsets_give_the_words_back(case: tuple[str, str, str, list[str], list[tuple[str, str]]]) -> None:
    text, plain, printed, words, damage = case
    piece = parse_piece(text)
    assert (piece.plain, piece.printed) == (plain, printed)
    assert [piece.plain[mark.start : mark.end] for mark in piece.marks] == words
    assert [(one.raw, one.right) for one in piece.damage] == damage
    for one in piece.damage:
        assert piece.plain[one.start : one.end] == one.right
        assert piece.printed[one.printed_start : one.printed_end] == one.raw
    for mark in piece.marks:
        before = piece.printed[mark.printed_start : mark.printed_end]
        inside = [one for one in piece.damage if mark.start <= one.start and one.end <= mark.end]
        assert len(before) - (mark.end - mark.start) == sum(len(one.raw) - len(one.right) for one in inside)


@given(st.text(alphabet='ab []{}<>()"=^', max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        piece = parse_piece(text)
    except MarkupError:
        return
    assert not set("[]{}") & set(piece.plain)


# --- a whole annex


def test_blocks_are_told_apart() -> None:
    source = annex()
    assert [(block.kind, block.label) for block in running_text(source)] == [
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.CHAPTER, ""),
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.PROJECT, "2.1"),
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.SUBHEADING, ""),
        (BlockKind.ITEM, "-"),
        (BlockKind.ITEM, "-"),
        (BlockKind.PAGE_BREAK, ""),
        (BlockKind.PROJECT, ""),
        (BlockKind.PARAGRAPH, ""),
    ]
    assert source.title.plain == "Overzicht projecten"
    assert running_text(source)[3].printed == "2.1 Meten met Veenhart in Gronlngen"


@pytest.mark.parametrize(
    ("text", "label"), [("- een", "-"), ("A) een", "A)"), ("1. een", "1."), ("12) een", "12)"), ("2023. Een", "")]
)
def test_list_items_are_known_by_what_is_printed_before_them(text: str, label: str) -> None:
    (block,) = running_text(annex(text))
    assert (block.kind is BlockKind.ITEM, block.label) == (bool(label), label)
    assert block.printed == text


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("Goed.\n\nEerst dit,\ndan [RWS](wat).", 15, "unknown kind"),
        ("# Kop van [2023](date=2023)\n\nTekst.", 12, "not taken from a heading"),
        ("## Kop van [5 teams](count=5 unit=teams)", 12, "not taken from a heading"),
        ("#! Kop van [RWS](org)", 12, "gives no record"),
        ("# [RWS](org) | Kop", 12, "before the ' | '"),
        ("# Kop\n# Kop", 13, "needs a blank line"),
        ("Tekst.\n<<<", 13, "needs a blank line"),
        ("#Kop", 12, "a heading begins with"),
        ("### Kop", 12, "a heading begins with"),
    ],
)
def test_errors_name_file_and_line(body: str, line: int, said: str) -> None:
    with pytest.raises(MarkupError, match=rf"^proef\.annex\.md:{line}: .*{re.escape(said)}"):
        annex(body)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("look: rijk\n", "", "holds exactly"),
        ("look: rijk", "look: rijk\nkleur: rood", "holds exactly"),
        ("look: rijk", "look: [", "is no YAML"),
        ("label: Bijlage I", "label: 1", "is a text"),
        ("period: 2024/2025", "period: 2024-13", "no date in EDTF"),
        ("width: 60", "width: breed", "text in the head"),
        ("pages: false", "pages: false, font: 1", "text in the head"),
        ("[RWS]", "RWS", "needs a list"),
        ("[RWS]", "[RWS, RWS]", "different names"),
        ("Stichting Veenhart:", "Rijkswaterstaat:", "names 'Rijkswaterstaat' twice"),
        ("{projeden>projecten}", "{projecten", "damage is written"),
        ("---\ndocument", "document", "begins with a head"),
    ],
)
def test_a_wrong_head_is_an_error(before: str, after: str, said: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(said)):
        annex(head=HEAD.replace(before, after, 1))


@pytest.mark.parametrize(
    ("written", "period"),
    [("2024", "2024"), ("2024-07-15", "2024-07-15"), ("2024/2025", "2024/2025"), ("null", None), ('"2023"', "2023")],
)
def test_a_period_is_kept_as_written(written: str, period: str | None) -> None:
    head = HEAD.strip("-\n").replace("2024/2025", written)
    assert read_head(head).period == period


def test_a_source_is_called_after_its_document(tmp_path: Path) -> None:
    path = tmp_path / "anders.annex.md"
    path.write_text(HEAD + BODY, encoding="utf-8")
    with pytest.raises(MarkupError, match="the head says document 'proef', the file name 'anders'"):
        read_annex(path)


# --- gold


def test_gold_has_the_form_of_the_other_gold() -> None:
    made = gold()
    assert list(made) == ["document", "annex", "projects", "repairs"]
    assert made["annex"] == {"label": "Bijlage I", "title": "Overzicht projecten", "period": "2024/2025"}
    first, second = made["projects"]
    keys = ["ordinal", "title", "aliases_title", "organisations", "locations", "dates", "figures"]
    assert list(first) == list(second) == keys
    assert first["title"] == "Meten met Veenhart in Groningen"
    assert first["aliases_title"] == ["Meten met Veenhart in Gronlngen"]
    assert second["aliases_title"] == []
    assert first["organisations"] == [
        {
            "name": "Stichting Veenhart",
            "aliases": ["Veenhart"],
            "mentions": ["Veenhart"],
            "roles": [],
            "optional": False,
        },
        {"name": "Rijkswaterstaat", "aliases": ["RWS"], "mentions": ["RWS"], "roles": ["executor"], "optional": False},
    ]
    assert first["locations"] == [
        {"name": "Utrecht", "kind": "province", "mentions": ["de provincie Utrecht"], "optional": False},
        {"name": "Utrecht", "kind": "town", "mentions": ["Utrecht"], "optional": True},
    ]
    assert first["dates"][1] == {
        "text": "tot en met oktober 2024",
        "edtf": "2024-10",
        "modifier": "through",
        "role": "end",
        "optional": False,
        "part": None,
    }
    assert first["figures"] == [
        {
            "text": "ruim 200 boeren",
            "kind": "count",
            "value": 200,
            "value_max": None,
            "units": ["hotels", "boeren"],
            "comparator": ">",
            "optional": False,
        },
        {
            "text": "€ 2,5 miljoen",
            "kind": "money",
            "value": 2500000,
            "value_max": None,
            "units": ["EUR"],
            "comparator": "=",
            "optional": False,
        },
    ]


def test_equal_dates_of_a_project_are_both_kept() -> None:
    assert [date["edtf"] for date in gold()["projects"][1]["dates"]] == ["2023", "2023"]


def test_platforms_are_optional_and_articles_no_part_of_a_name() -> None:
    first, second, third = gold()["projects"][1]["organisations"]
    assert first["roles"] == ["partner", "executor"]
    assert (second["name"], second["aliases"], second["optional"]) == ("Waterhuis", [], True)
    assert (third["kind"], third["optional"]) == ("platform", True)


def test_an_organisation_is_optional_only_if_every_mention_is() -> None:
    made = gold("# Kop\n\n[RWS](org=Rijkswaterstaat optional) en [Rijkswaterstaat](org).")
    assert made["projects"][0]["organisations"][0]["optional"] is False


def test_words_that_differ_from_the_name_become_another_name() -> None:
    made = gold("# Kop\n\nDe [rijkswaterstaat](org), [Water Staat](org=Rijkswaterstaat) en [RWS](org=Rijkswaterstaat).")
    (organisation,) = made["projects"][0]["organisations"]
    assert organisation["name"] == "Rijkswaterstaat"
    assert organisation["aliases"] == ["RWS", "Water Staat"]


def test_repairs_are_of_whole_words_once_and_in_order() -> None:
    body = "# Kop\n\nEen vera{m>nt}woord, {fme>fijne} zin.\n\n# {K0p>Kop} twee\n\n{fme>fijne} zin"
    assert gold(body)["repairs"] == [
        {"raw": "projeden", "repaired": "projecten"},
        {"raw": "veramwoord", "repaired": "verantwoord"},
        {"raw": "fme", "repaired": "fijne"},
        {"raw": "K0p", "repaired": "Kop"},
    ]


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("Eerst [RWS](org=Rijkswaterstaat).\n\n# Kop\n\nTekst.", 12, "outside of any project"),
        ("# Kop\n\nTekst.\n\n#! Slot\n\nDoor [RWS](org=Rijkswaterstaat).", 18, "outside of any project"),
        ("# Kop\n\n# Kop twee\n\nTekst.", 12, "a project without text"),
        ("# Kop\n\nDoor [RWS](org).", 14, "another name of 'Rijkswaterstaat'"),
        ("# Kop\n\nIn [Polen](loc).", 14, "needs its kind"),
    ],
)
def test_gold_refuses_what_is_no_annotation(body: str, line: int, said: str) -> None:
    with pytest.raises(MarkupError, match=rf"^proef\.annex\.md:{line}: .*{re.escape(said)}"):
        gold(body)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("de Politie", "politie", True),
        ("Fryslân", "fryslan", True),
        ("RIEC", "RIEC Oost", False),
        ("’t Huis", "huis", True),
    ],
)
def test_names_fold_as_the_score_does(one: str, other: str, *, same: bool) -> None:
    assert (fold(one) == fold(other)) is same
