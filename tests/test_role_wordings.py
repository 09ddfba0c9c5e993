"""What says the same in other words is read the same: roles, and the names of organisations and places."""

import pytest
import spacy
from spacy.tokens import Doc
from test_roles import mentions

from pipeline.recognising import load_model, recognise_texts
from pipeline.recognising.names.windows import windows
from pipeline.recognising.organisations import find_organisations, is_described_as_body
from pipeline.recognising.organisations.joining import Entity, trimmed
from pipeline.recognising.roles import find_roles
from samples.markup import Piece, parse_piece


def roles_of(line: str) -> set[tuple[str, str]]:
    piece: Piece = parse_piece(line)
    return {(piece.plain[r.target_start : r.target_end], r.role) for r in find_roles(piece.plain, mentions(piece))}


@pytest.mark.parametrize(
    "wordings",
    [
        (
            "[Stichting Zonnedauw](org) heeft daarom een cursus ontwikkeld.",
            "[Stichting Zonnedauw](org) heeft om die reden een cursus opgezet.",
            "Om deze reden heeft [Stichting Zonnedauw](org) een cursus ontwikkeld.",
        ),
        (
            "Daarom is door het [Instituut Veldwerk](org) gewerkt aan een atlas.",
            "Door het [Instituut Veldwerk](org) is in dat kader gewerkt aan een atlas.",
            "Door het [Instituut Veldwerk](org) is op die manier gewerkt aan een atlas.",
        ),
        (
            "De evaluatie is door [Bureau Loep](org) gedaan. [Museum Terp](org) voert het project uit.",
            "De evaluatie is door [Bureau Loep](org) gedaan. Het project wordt uitgevoerd door [Museum Terp](org).",
            "[Museum Terp](org) voert het project uit. De evaluatie is door [Bureau Loep](org) gedaan.",
        ),
        (
            "De app komt van [Bureau Loep](org). [Museum Terp](org) is gestart met rondleidingen.",
            "[Museum Terp](org) is begonnen met rondleidingen. De app komt van [Bureau Loep](org).",
        ),
    ],
)
def test_other_words_for_the_same_give_the_same_roles(wordings: tuple[str, ...]) -> None:
    [roles] = {frozenset(roles_of(wording)) for wording in wordings}
    assert roles


def names_of(text: str, *entities: tuple[str, str, float]) -> list[tuple[str, str | None]]:
    own = [Entity(text.index(name), text.index(name) + len(name), label, sure) for name, label, sure in entities]
    found = find_organisations(text, entities=sorted(own, key=lambda e: e.start))
    return [(text[m.start : m.end], m.name) for m in found]


@pytest.mark.parametrize("sure", [0.3, 0.75, 0.99])
def test_a_place_that_gets_money_is_its_government_however_sure_the_model_is_of_the_place(sure: float) -> None:
    assert names_of("Drenthe krijgt € 610.000.", ("Drenthe", "LOC", sure)) == [("Drenthe", "Provincie Drenthe")]


@pytest.mark.parametrize("name", ["Oosterkering", "Westlandsluizen", "Houtbrug", "Veerlanddijktunnel"])
def test_a_work_that_was_built_is_no_body(name: str) -> None:
    assert names_of(f"Dit geldt voor de {name} ook.", (name, "ORG", 0.9)) == []


def test_a_body_in_a_building_is_one() -> None:
    assert names_of("Museum De Houtbrug doet mee.", ("Museum De Houtbrug", "ORG", 0.9)) == [
        ("Museum De Houtbrug", None)
    ]


@pytest.mark.parametrize("word", ["Besteed", "Tevreden", "Gemeten"])
def test_a_word_that_opens_a_sentence_is_no_name(word: str) -> None:
    assert names_of(f"{word} is 94 procent.", (word, "ORG", 0.9)) == []


def test_a_preposition_is_no_part_of_an_abbreviation() -> None:
    assert ("Met GGZ", "MET ggz") not in names_of("Met GGZ inGeest zijn ervaringen gedeeld.")
    assert [name for name, _ in names_of("De zorg komt van MET ggz in Roermond.")] == ["MET ggz"]


def test_what_has_no_capital_is_no_organisation_of_the_model() -> None:
    assert trimmed([Entity(0, 8, "ORG", 0.9)], "openbaar lichaam") == []
    text = "Dit doet het openbaar lichaam Saba."
    assert [n for n, _ in names_of(text, ("openbaar", "ORG", 0.9), ("Saba", "ORG", 0.9))] == ["openbaar lichaam Saba"]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["Penvoerder is Stichting Zonhoek Achterland.", "De gids komt van Zonhoek, dat helpt."], "Stichting Zonhoek"),
        (["Coöperatie Duinveld helpt.", "Dat is gedaan met Duinveld en de gemeente Ede."], "Coöperatie Duinveld"),
    ],
)
def test_the_word_that_tells_a_body_from_others_stands_for_it(texts: list[str], name: str) -> None:
    nlp = load_model()
    found = [o for r in recognise_texts(nlp, texts) for o in r.organisations]
    word = name.split()[1]
    short = [
        o
        for r, t in zip(recognise_texts(nlp, texts), texts, strict=True)
        for o in r.organisations
        if t[o.start : o.end] == word
    ]
    assert found
    assert all((o.name or "").startswith(name) for o in short)


def test_a_paragraph_is_seen_alone() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("annex_sentences")
    words = [[t.text for t in window] for window in windows(nlp("Eerste zin hier. Tweede zin.\n\nDerde zin.\nVierde."))]
    assert words == [["Eerste", "zin", "hier", ".", "Tweede", "zin", "."], ["Derde", "zin", ".", "Vierde", "."]]


def test_what_stands_before_a_paragraph_changes_no_name_in_it() -> None:
    nlp = load_model()
    own = "Bureau Spoorlicht berekende de omweg, samen met start-up Vliegwiel en de Vereniging Ruimte."

    def found(doc: Doc) -> list[str]:
        return [span.text for span in doc.spans["organisations"] if span.start_char >= len(doc.text) - len(own)]

    assert (
        found(nlp(own)) == found(nlp("Een heel andere alinea.\n\n" + own)) == found(nlp("Nog één.\n\nTwee.\n\n" + own))
    )


@pytest.mark.parametrize(
    "name", ["Service public de Bretagne", "Instituto Forestal del Sur", "Agence nationale du Sport"]
)
@pytest.mark.parametrize(
    "sentence", ["Dit is afgestemd met de {} in april.", "Met de {} en de gemeente Ede is overlegd."]
)
def test_a_foreign_name_goes_on_over_its_small_words(sentence: str, name: str) -> None:
    short = " ".join(name.split()[:2])
    assert (name, None) in names_of(sentence.format(name), (short, "ORG", 0.9))


def test_a_legal_form_in_lower_case_belongs_to_the_name() -> None:
    assert names_of("Dit doet Grondwerk Jansen bv.", ("Grondwerk Jansen", "ORG", 0.9)) == [
        ("Grondwerk Jansen bv", None)
    ]


@pytest.mark.parametrize(
    ("said", "is_body"),
    [
        ("Ruimtekamer Oost is een samenwerkingsverband van de provincies Drenthe en Overijssel.", True),
        ("Ruimtekamer Oost was een klein netwerk, opgezet door TNO.", True),
        ("Ruimtekamer Oost is een goed idee van de provincie.", False),
    ],
)
def test_a_name_is_described_as_a_body(said: str, is_body: bool) -> None:  # noqa: FBT001
    assert is_described_as_body(said, len("Ruimtekamer Oost")) == is_body


@pytest.mark.parametrize("sure", [0.6, 0.95])
def test_the_halves_of_a_foreign_name_are_one_body(sure: float) -> None:
    text = "Overleg was er met Landeszentrale del Elba."
    halves = ("Landeszentrale", "ORG", sure), ("Elba", "ORG", 0.95)
    entities = [Entity(text.index(name), text.index(name) + len(name), label, own) for name, label, own in halves]
    assert [text[e.start : e.end] for e in trimmed(entities, text)] == ["Landeszentrale del Elba"]
    assert ("Elba", None) not in names_of(text, *halves)
    open_half = Entity(entities[0].start, entities[0].end + len(" del"), "ORG", sure)
    assert [text[e.start : e.end] for e in trimmed([open_half, entities[1]], text)] == ["Landeszentrale del Elba"]


def test_a_number_at_the_head_of_a_title_is_no_body() -> None:
    assert names_of("Doorontwikkeling van Eén loket") == []


@pytest.mark.parametrize("noun", ["wijk", "wijken", "buurten"])
def test_the_name_behind_a_noun_for_a_quarter_is_no_body(noun: str) -> None:
    assert names_of(f"Dit gebeurt in de {noun} Molenveld.", ("Molenveld", "ORG", 0.9)) == []
