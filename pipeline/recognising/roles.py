"""Read what part each organisation plays, from the cues before and behind its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.recognising.sentences import sentence_starts
from pipeline.recognising.spans import OrganisationMention, Role, RoleMention
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/roles.toml")
_FILLER = r"(?:[ ](?:de|het|een|onder meer|onder andere|zowel|met name|onze|ook|achtereenvolgens|stichting|het bedrijf|respectievelijk))*"
_COMMON_NOUN = (
    r"(?:[ ](?!en\b|met\b|door\b|van\b|voor\b|bij\b|aan\b|in\b|op\b|die\b|dat\b|is\b|om\b|te\b)[a-zë’'-]+){0,2}?"
)
_REACH = 160
"""Code points before and behind a name within which a cue is looked for."""
_CLAUSE = 220


@dataclass(frozen=True, slots=True)
class _Cue:
    role: Role
    confidence: float
    pattern: re.Pattern[str]


def _before() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(
            group["role"], group["confidence"], re.compile(rf"\b({cue}){_FILLER}{_COMMON_NOUN}[ ]?\(?$", re.IGNORECASE)
        )
        for group in _DATA["cues"]
        for cue in group["before"]
    )


def _after() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(group["role"], group["confidence"], re.compile(rf"({cue})", re.IGNORECASE))
        for group in _DATA["cues"]
        for cue in group["after"]
    )


_BEFORE = _before()
_AFTER = _after()
_AGENT = _DATA["agent"]
_DOOR = re.compile(rf"\b({'|'.join(_AGENT['words'])}){_FILLER}{_COMMON_NOUN}[ ]$", re.IGNORECASE)
_PARTICIPLE = re.compile(rf"\b(?:{'|'.join(_AGENT['participles'])})\b", re.IGNORECASE)
_NOT_WITH = re.compile(rf"\b(?:{'|'.join(_AGENT['not_with'])})\b", re.IGNORECASE)
_APPOSITION = re.compile(r"(?:[ ]?\([^()]{1,60}\))?(?:,[ ](?:een|het|de|die|dat)[^,.;:]{3,70},)?")
_BETWEEN_MEMBERS = re.compile(
    r"(?:[ ]?\([^()]{1,60}\))?(?:,|;)?(?:[ ](?:en|of|alsmede|evenals|maar ook))?(?:[ ](?:de|het|van|door|met))*"
    r"(?:[ ][a-zë’'-]+){0,2}[ ]?"
)
_BEFORE_MEMBERS = re.compile(r"(?:,|[ ]en|[ ]of|[ ]alsmede|[ ]evenals|;)")


def find_roles(text: str, organisations: Sequence[OrganisationMention]) -> list[RoleMention]:
    """Return the roles that a text gives to the organisations it names, in the order of the organisations.

    Members of a coordination share the cue before the first of them and the one behind the last.
    """
    bounds = sorted({*sentence_starts(text), len(text)})
    found: list[RoleMention] = []
    for group in _coordinations(text, organisations):
        start, end = group[0].start, group[-1].end
        left = max((b for b in bounds if b <= start), default=0)
        right = min((b for b in bounds if b > start), default=len(text))
        for role in _roles_of(text, start, end, left, right):
            found.extend(
                RoleMention(m.start, m.end, role.role, role.cue_start, role.cue_end, role.confidence) for m in group
            )
    return found


def _coordinations(text: str, organisations: Sequence[OrganisationMention]) -> list[list[OrganisationMention]]:
    """Group mentions that only commas, conjunctions, articles and common nouns part."""
    groups: list[list[OrganisationMention]] = []
    for mention in organisations:
        if groups:
            between = text[groups[-1][-1].end : mention.start]
            if _BEFORE_MEMBERS.match(re.sub(r"^[ ]?\([^()]{1,60}\)", "", between)) and _BETWEEN_MEMBERS.fullmatch(
                between
            ):
                groups[-1].append(mention)
                continue
            if re.fullmatch(r"[ ]?\(", between):  # an abbreviation in brackets is the same body
                continue
        groups.append([mention])
    return groups


def _roles_of(text: str, start: int, end: int, left: int, right: int) -> list[RoleMention]:
    """Return the roles of what stands at ``[start, end)`` in the sentence ``[left, right)``: one for each side at most."""
    roles: list[RoleMention] = []
    window = max(left, start - _REACH)
    before = text[window:start]
    for cue in _BEFORE:
        match = cue.pattern.search(before)
        if match and not _overridden(cue.role, text, start, right):
            roles.append(
                RoleMention(start, end, cue.role, window + match.start(1), window + match.end(1), cue.confidence)
            )
            break
    else:
        match = _DOOR.search(before)
        if match and _is_agent(text, start, end, left, right):
            at = window + match.start(1)
            roles.append(RoleMention(start, end, _AGENT["role"], at, at + len(match[1]), _AGENT["confidence"]))
    if roles:
        return roles
    offset = _APPOSITION.match(text, end)
    behind_start = offset.end() if offset else end
    behind = text[behind_start : min(right, behind_start + _REACH)]
    for cue in _AFTER:
        match = cue.pattern.match(behind)
        if match:
            at = behind_start + match.start(1)
            lead = len(match[1]) - len(match[1].lstrip(" ,"))
            return [RoleMention(start, end, cue.role, at + lead, at + len(match[1]), cue.confidence)]
    return _inverted(text, start, end, left, right)


_INVERTED = re.compile(
    r"\b(?P<verb>heeft|hebben|is|zijn|werkt|werken|voert|voeren|ontwikkelt|ontwikkelde|organiseert|organiseerde|verzorgt|verzorgde|leidt|doet|deed|gaat|startte|onderzoekt|onderzocht)"
    + _FILLER
    + _COMMON_NOUN
    + r"[ ]$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"[^.;:]{0,200}?\b(?:gestart|begonnen|ontwikkeld|opgeleverd|uitgevoerd|opgezet|georganiseerd|gerealiseerd|gebouwd|ontworpen|onderzocht|opgesteld|uitgewerkt|ingericht|verzorgd|uitgebreid|doorontwikkeld|vernieuwd|aangelegd|hersteld|herschreven|getraind)\b",
    re.IGNORECASE,
)
_PRESENT = frozenset(
    {
        "ontwikkelt",
        "ontwikkelde",
        "organiseert",
        "organiseerde",
        "verzorgt",
        "verzorgde",
        "leidt",
        "startte",
        "onderzoekt",
        "onderzocht",
    }
)
_DOING = re.compile(r"[^.;:]{0,160}?(?:\buit(?=[.,;])|\baan\b)", re.IGNORECASE)


def _inverted(text: str, start: int, end: int, left: int, right: int) -> list[RoleMention]:
    """Read `In 2023 is X gestart`, `heeft X … ontwikkeld`: the verb before the name, the participle behind it."""
    window = max(left, start - 60)
    match = _INVERTED.search(text[window:start])
    if match is None:
        return []
    verb = match["verb"].lower()
    rest = text[end:right]
    cue_start, cue_end = window + match.start("verb"), window + match.end("verb")
    done = _DONE.match(rest) if verb in {"heeft", "hebben", "is", "zijn"} else None
    if done:
        word = re.search(r"\w+$", done[0])
        if word is not None:
            cue_start, cue_end = end + word.start(), end + word.end()
    elif verb in {"werkt", "werken", "voert", "voeren"}:
        if not _DOING.match(rest):
            return []
    elif verb not in _PRESENT:
        return []
    return [RoleMention(start, end, _AGENT["role"], cue_start, cue_end, 0.85)]


def _overridden(role: Role, text: str, start: int, right: int) -> bool:
    """Whether what follows takes a cue back: `namens X` says who is spoken for, not who commissions."""
    return (
        role == "commissioner" and text[max(0, start - 12) : start].lower().strip().endswith("namens") and right < start
    )


def _is_agent(text: str, start: int, end: int, left: int, right: int) -> bool:
    """Whether `door X` names who does it: the clause has a participle of doing, and none of paying or asking."""
    clause_left = max(left, start - _CLAUSE)
    clause_right = min(right, end + _CLAUSE)
    behind = re.split(r"[;:]|, (?:die|dat|waar\w*|en|maar)\b", text[end:clause_right], maxsplit=1)[0]
    ahead = re.split(r"[;:]", text[clause_left:start])[-1]
    nearest_behind = re.search(r"[^\W\d_]+(?:d|t|en)\b", behind)
    if _NOT_WITH.search(behind[:60]) or _NOT_WITH.search(ahead[-40:]):
        return False
    del nearest_behind
    return _PARTICIPLE.search(behind) is not None or _PARTICIPLE.search(ahead[-90:]) is not None


class RoleRecogniser:
    """spaCy component `annex_roles`: puts the cues in ``doc.spans["roles"]``.

    Each span is a cue and has ``span._.annex_role``, a `RoleMention`. It needs `annex_organisations` before it.
    """

    def __init__(self) -> None:
        if not Span.has_extension("annex_role"):
            Span.set_extension("annex_role", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["roles"]``."""
        group = doc.spans["organisations"] if "organisations" in doc.spans else []
        mentions = [m for span in group if (m := span._.get("annex_organisation")) is not None]
        spans = []
        for role in find_roles(doc.text, mentions):
            span = doc.char_span(role.cue_start, role.cue_end, label=role.role, alignment_mode="expand")
            if span is not None:
                span._.annex_role = role
                spans.append(span)
        doc.spans["roles"] = spans
        return doc


@Language.factory("annex_roles", assigns=["doc.spans"])
def make_roles(nlp: Language, name: str) -> RoleRecogniser:  # noqa: ARG001  # spaCy's signature
    """Return the component."""
    return RoleRecogniser()
