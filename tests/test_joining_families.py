"""What the rules and the model each know, joined: by family, in other words each."""

from collections.abc import Sequence

import pytest
from timing import assert_in_proportion

from pipeline.recognising.organisations import find_organisations
from pipeline.recognising.organisations.joining import Entity, join
from pipeline.recognising.spans import OrganisationMention

Found = Sequence[tuple[str, str]]


def entity(text: str, name: str, label: str, score: float) -> Entity:
    start = text.index(name)
    return Entity(start, start + len(name), label, score)


def found(text: str, *entities: Entity) -> list[str]:
    mentions = find_organisations(text, entities=sorted(entities, key=lambda e: e.start))
    return [text[m.start : m.end] for m in mentions]


def by_rules(text: str, name: str, source: str, confidence: float = 0.7) -> OrganisationMention:
    start = text.index(name)
    return OrganisationMention(start, start + len(name), confidence, source)  # type: ignore[arg-type]


def joined(text: str, mentions: Sequence[OrganisationMention], *entities: Entity) -> list[str]:
    return [text[m.start : m.end] for m in join(mentions, entities, (), lambda _: True)]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("De Warmtewet Collectief schrijft dit voor.", "Warmtewet Collectief", "LAW"),
        ("Dit volgt uit Kader Groene Kade.", "Kader Groene Kade", "PLAN"),
        ("Vragen gaan naar Meldlijn Zuid.", "Meldlijn Zuid", "PRODUCT"),
    ],
)
@pytest.mark.parametrize("source", ["cue", "shape"])
def test_what_the_model_surely_takes_for_a_thing_is_none(text: str, name: str, label: str, source: str) -> None:
    assert joined(text, [by_rules(text, name, source)], entity(text, name, label, 0.9)) == []
    assert joined(text, [by_rules(text, name, "shape")], entity(text, name, label, 0.5)) == [name]


@pytest.mark.parametrize(
    ("both", "first", "second"),
    [
        ("Bureau Lindt Zorgbelang Oost", "Bureau Lindt", "Zorgbelang Oost"),
        ("Stichting Kade Vereniging Spoor", "Stichting Kade", "Vereniging Spoor"),
        ("Fonds Hart en Adviesgroep Veer", "Fonds Hart", "Adviesgroep Veer"),
    ],
)
def test_two_bodies_side_by_side_are_two(both: str, first: str, second: str) -> None:
    text = f"Uitvoering: {both}."
    own = entity(text, first, "ORG", 0.9), entity(text, second, "ORG", 0.9)
    assert joined(text, [by_rules(text, both, "shape")], *own) == [first, second]


@pytest.mark.parametrize(
    ("short", "long"),
    [("Stichting Kade", "Stichting Kade aan Zee"), ("Zorgbelang", "Zorgbelang de Veer"), ("Lindt", "Bureau Lindt")],
)
def test_the_model_widens_where_it_is_sure(short: str, long: str) -> None:
    text = f"Daarna helpt {long} de bewoners."
    assert joined(text, [by_rules(text, short, "shape")], entity(text, long, "ORG", 0.9)) == [long]
    assert joined(text, [by_rules(text, short, "shape")], entity(text, long, "ORG", 0.6)) == [short]
    assert joined(text, [by_rules(text, short, "register")], entity(text, long, "ORG", 0.9)) == [short]


@pytest.mark.parametrize("name", ["ZonMw", "Rijkswaterstaat", "GGD Fryslân"])
@pytest.mark.parametrize("label", ["LAW", "PER", "LOC"])
def test_the_register_stands(name: str, label: str) -> None:
    text = f"In het najaar begint {name} met de uitvoering."
    assert found(text, entity(text, name, label, 0.99)) == [name]


@pytest.mark.parametrize(
    ("name", "thing", "label"),
    [
        ("ZonMw", "Programma ZonMw Vitaal", "PROGRAMME"),
        ("Nibud", "Handreiking Nibud Rond", "PRODUCT"),
        ("TNO", "Plan TNO Ahead", "PLAN"),
    ],
)
def test_a_body_inside_the_name_of_a_thing_is_part_of_it(name: str, thing: str, label: str) -> None:
    text = f"Dit valt onder {thing} van dit jaar."
    mention = by_rules(text, name, "register", 0.97)
    assert joined(text, [mention], entity(text, thing, label, 0.9)) == []


@pytest.mark.parametrize("place", ["Zutphen", "Assen", "Terneuzen"])
def test_a_mere_place_is_no_body(place: str) -> None:
    text = f"De bijeenkomsten waren in {place} en daarna elders."
    assert found(text, entity(text, place, "ORG", 0.99)) == []


@pytest.mark.parametrize("name", ["Kwiek & Co", "Brugwerkers", "Lentekracht"])
def test_a_name_of_the_model_alone_needs_a_capital_and_a_score(name: str) -> None:
    text = f"Ook het aanbod van {name} is benut."
    assert found(text, entity(text, name, "ORG", 0.9)) == [name]
    lower = text.replace(name, name.lower())
    assert found(lower, entity(lower, name.lower(), "ORG", 0.9)) == []
    assert joined(text, [], entity(text, name, "ORG", 0.5)) == []
    assert joined(text, [], entity(text, name, "PER", 0.9)) == []


def test_without_a_model_the_rules_stand_in_order() -> None:
    text = "Stichting Kade en Bureau Lindt."
    mentions = [by_rules(text, "Bureau Lindt", "shape"), by_rules(text, "Stichting Kade", "shape")]
    assert joined(text, mentions) == ["Stichting Kade", "Bureau Lindt"]


def test_long_texts_take_time_in_proportion() -> None:
    def prepare(text: str) -> object:
        starts = range(0, len(text) - 10, 10)
        entities = [Entity(at, at + 5, "ORG", 0.9) for at in starts]
        mentions = [OrganisationMention(at, at + 4, 0.7, "shape") for at in starts]
        return lambda: join(mentions, entities, (), lambda _: True)

    assert_in_proportion("abcdefghi ", prepare)  # type: ignore[arg-type]
