"""Find the headings among the blocks of an annex, and the rank that its projects have."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block, Look
from pipeline.segmenting.parts import is_known_part, is_worded_part, may_be_part

_WORDS = vocabulary("segmenting/words.toml")
_NO_PROJECT = frozenset(_WORDS["no_project"])
_NO_PROJECT_WORDS = frozenset(_WORDS["no_project_words"])
_SURELY = frozenset(_WORDS["surely_no_project"])
_FILLERS = frozenset(_WORDS["fillers"])
_SPEAKS_OF_ANNEX: tuple[str, ...] = tuple(_WORDS["speaks_of_annex"])
_FINITE = frozenset(_WORDS["finite_verbs"])


def _labels(key: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_WORDS[key], key=len, reverse=True))


_RUN_IN = Look(0.0, bold=False, italic=False, colour=0, capitals=False, runs_in=True)
"""Of all titles that run into their text: how these are printed, whoever found them has weighed."""
_NUMBER = r"(?:\d{1,3}[a-z]?|[IVX]{1,5}|[A-Z])"
_NUMBERINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("project", re.compile(rf"(?i:{_labels('project_labels')})\s*{_NUMBER}\s*(?:[:.)–—-]\s*|\s{{2,}})(?=\S)")),
    ("project", re.compile(rf"(?i:{_labels('project_labels')})\s+\d{{1,3}}[a-z]?\s+(?=[^\W\d_a-z])")),
    ("chapter", re.compile(rf"(?i:{_labels('chapter_labels')})\s+{_NUMBER}\b\s*[:.)–—-]?\s*")),
    ("decimal", re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}[.):]\s+(?=\S)|\d{1,3}(?:\.\d{1,3}){1,3}\s+(?=\S)")),
    ("decimal", re.compile(r"\d{1,2},\d{1,2}\s+(?=[A-Z][a-z])")),  # as OCR reads the point
    ("decimal", re.compile(r"\d{1,2}\s+(?=[^\W\d_a-z])|\d{1,3}(?:\.\d{1,3}){0,3}\s*[–—|-]\s+(?=\S)")),
    ("letter", re.compile(r"[A-Z][.):]\s+(?=\S)|[A-Z]\s+[–—-]\s+(?=\S)|[A-Z]\.?\d{1,2}[.):]?\s+(?=\S)")),
    ("roman", re.compile(r"[IVX]{1,5}[.):]\s+(?=\S)|[IVX]{2,5}\s+[–—-]\s+(?=\S)")),
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_MARK = re.compile(r"(#{1,6})\s+(?=\S)|[■□▪▫●○◆◇►▶➤❯]\s*(?=\S)")
_FIELD = re.compile(rf"(?:{'|'.join(sorted(_WORDS['field_labels'], key=len, reverse=True))})\s*:\s+\S", re.IGNORECASE)
_PAREN = re.compile(r"(?:\d{1,2}|[A-Z])\)\s+(?=\S)")
_LOWER_NAME = re.compile(r"[a-z]{1,2}[A-Z]|[a-z]-\w|['’][a-z]\b")
_PAGE_AT_END = re.compile(r"\s(\d{1,3})$")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$|…\s*\d{1,4}$|\s{3,}\d{1,4}$")
_MOST_LINES = 5
_MOST_NARROW_LINES = 10
"""The same for a heading told by its look, which may stand in a narrow column."""
_MOST_CHARACTERS = 400
_SHAPE_CHARACTERS = 260
_TO_A_CHAPTER = 1.5
"""Headings to a chapter, from which on chapters are such."""
_OPENING = 600
"""Code points of the text that an introduction begins with."""
_TO_A_PHRASE = 400
"""Code points of a closing text to each phrase that speaks of the annex; beyond that a project says so by the way."""
_FIRST_SENTENCE = re.compile(r"(?<=[.!?])\s")
_SHORT_TITLE = 6
"""Words of a heading such as “Inleiding en leeswijzer”."""


@dataclass(frozen=True, slots=True)
class Rank:
    """What headings of one rank share: the form of their numbering, its depth, and their look."""

    numbering: str
    """`decimal`, `letter`, `roman`, `project`, `chapter`, `mark` (of Markdown) or, without any, `none`."""
    depth: int
    look: Look | None
    """None for text input."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that is a heading."""

    index: int
    """Of its block."""
    rank: Rank
    title_start: int
    """Offset in the block's text at which the numbering ends."""
    title: str
    is_doubtful: bool
    letter: str
    """The first letter of its block."""


def find_headings(
    blocks: Sequence[Block], body: Look, *, paged: bool, captions: AbstractSet[int] = frozenset()
) -> list[Heading]:
    """Return the headings, in order.

    With pages a heading is told by its look, and where no look stands out, by its shape as in text input: short,
    capitalised, without full stop, and with running text under it. `captions` are blocks over a table that are none.
    """
    texts = {_folded(block.text) for block in blocks}
    places = [
        i for i, block in enumerate(blocks) if block.is_prose and i not in captions and not _is_entry(block, texts)
    ]
    by_look = [h for i in places if (h := _by_look(blocks, i, body)) is not None]
    if not paged and any(h.rank.look == _RUN_IN for h in by_look):
        known = {h.index: h for h in by_look}
        return _settled([h for i in places if (h := known.get(i) or _by_shape(blocks, i)) is not None])
    if sum(1 for h in by_look if not (_is_part(h.title) or opens_or_closes(h))) >= 2:
        plain = _plain(blocks, places, by_look) if paged else _under_chapters(blocks, places, by_look)
        return _settled(sorted([*by_look, *plain], key=lambda h: h.index))
    titles = {h.index: h for h in by_look if h.rank.look is not None and h.rank.look.outline is not None}
    return _settled([h for i in places if (h := titles.get(i) or _by_shape(blocks, i)) is not None])


def _under_chapters(blocks: Sequence[Block], places: Sequence[int], by_look: Sequence[Heading]) -> list[Heading]:
    """Return the headings of a text that only their shape tells, where those told by their look are chapters of it.

    Several of them come to one chapter then; else they are short lines of the projects.
    """
    known = {h.index for h in by_look}
    found = [h for i in places if i not in known and (h := _by_shape(blocks, i)) is not None]
    projects = [h for h in found if h.index > by_look[0].index and not _is_part(h.title)]
    return found if len(projects) > _TO_A_CHAPTER * len(by_look) else []


def _plain(blocks: Sequence[Block], places: Sequence[int], by_look: Sequence[Heading]) -> list[Heading]:
    """Return the headings that their look does not tell: of opening and closing parts, and of numbered chapters."""
    known = {h.index for h in by_look}
    deepest = max((h.rank.depth for h in by_look if h.rank.numbering == "decimal"), default=0)
    found = []
    for index in places:
        heading = _by_shape(blocks, index) if index not in known and blocks[index].spaced else None
        if heading is None:
            continue
        is_chapter = heading.rank.numbering == "decimal" and heading.rank.depth < deepest
        if is_chapter or opens_or_closes(heading):
            found.append(replace(heading, rank=replace(heading.rank, look=blocks[index].look)))
    return found


def opens_or_closes(heading: Heading) -> bool:
    """Whether the words of a heading are those of an introduction, a colophon and the like."""
    title = _folded(heading.title)
    words = re.findall(r"\w+", title)
    telling = [word for word in words if word not in _FILLERS]
    if title in _NO_PROJECT or (len(words) <= _SHORT_TITLE and not _SURELY.isdisjoint(words)):
        return True
    return 0 < len(telling) <= _SHORT_TITLE and all(word in _NO_PROJECT_WORDS for word in telling)


def _is_entry(block: Block, texts: AbstractSet[str]) -> bool:
    """Whether it is a line of a table of contents: the words of another block, and a page number."""
    number = _PAGE_AT_END.search(block.text)
    return number is not None and _folded(block.text[: number.start()]) in texts


def _settled(headings: list[Heading]) -> list[Heading]:
    """Return the headings with `I.`, `V.` and `X.` taken for Roman numerals where others of their look are."""
    romans = {h.rank.look for h in headings if h.rank.numbering == "roman"}
    return [
        replace(h, rank=replace(h.rank, numbering="roman"))
        if h.rank.numbering == "letter" and h.letter in "IVX" and h.rank.look in romans
        else h
        for h in headings
    ]


def numbering_of(text: str) -> tuple[str, int, int]:
    """Return the form of the numbering at the start of a heading, its depth, and where it ends.

    The marks of Markdown before it belong to it.
    """
    mark = _MARK.match(text)
    start = mark.end() if mark else 0
    for form, pattern in _NUMBERINGS:
        match = pattern.match(text, start)
        if match is None or (form == "decimal" and _YEAR.match(text, start)):
            continue
        depth = len(re.findall(r"\d+", match[0])) if form == "decimal" else 1
        return form, depth, match.end()
    return "none", 0, start


def _heading(blocks: Sequence[Block], index: int, *, look: Look | None, doubtful: bool) -> Heading:
    text = blocks[index].text
    form, depth, end = numbering_of(text)
    mark = _MARK.match(text)
    if mark is not None and mark[1]:
        form, depth = "mark", len(mark[1])
    title = text[end:].strip()
    if form == "chapter" and not title:
        end, title = 0, text
    return Heading(index, Rank(form, depth, look), end, title, doubtful, text[:1])


def _fits(block: Block) -> bool:
    """Whether it can be a heading at all."""
    text = block.text
    if len(block.lines) > _MOST_NARROW_LINES or len(text) > _MOST_CHARACTERS or _LEADERS.search(text):
        return False
    if re.search(r"[,;]$", text):
        return False
    return any(c.isalpha() for c in text) and not _is_contents(block)


def _is_contents(block: Block) -> bool:
    """Whether its lines end in page numbers that go up, as those of a table of contents do."""
    numbers = [int(m[1]) for line in block.lines if (m := _PAGE_AT_END.search(line.text.text))]
    return len(numbers) > 1 and len(numbers) >= 0.7 * len(block.lines) and numbers == sorted(numbers)


def _by_look(blocks: Sequence[Block], index: int, body: Look) -> Heading | None:
    block = blocks[index]
    look = block.look
    if look.runs_in:
        return _heading(blocks, index, look=_RUN_IN, doubtful=False)
    if not _fits(block):
        return None
    if look.outline is not None:  # whatever else its letters look like
        look = Look(0.0, bold=False, italic=False, colour=0, capitals=False, outline=look.outline)
        return _heading(blocks, index, look=look, doubtful=False)
    larger = look.size > body.size + 0.4
    bolder = look.bold and not body.bold
    other = look.size >= body.size - 0.1 and (
        (look.italic and not body.italic)
        or look.colour != body.colour
        or (look.capitals and not body.capitals)
        or block.centred
    )
    if not (larger or bolder or other):
        return None
    if look.size < body.size - 0.6:
        return None
    if other and not (larger or bolder) and (block.is_finished or not (block.spaced or block.centred)):
        return None
    if block.text.endswith(".") and not larger:
        return None
    return _heading(blocks, index, look=look, doubtful=False)


def _by_shape(blocks: Sequence[Block], index: int) -> Heading | None:
    block = blocks[index]
    text = block.text
    if not _fits(block) or block.ends_midway or len(text) > _SHAPE_CHARACTERS or len(block.lines) > _MOST_LINES:
        return None
    if _FIELD.match(text) or (block.is_list_item and not _is_numbered_heading(blocks, index)):
        return None
    if block.is_finished and not _is_question(block):
        return None
    form, _, end = numbering_of(text)
    start = text[end:].lstrip("‘“'\"(")
    begins = start and (start[0].isupper() or start[0].isdigit() or form != "none" or _LOWER_NAME.match(start))
    if not begins:
        return None
    if index + 1 >= len(blocks) or _is_enumeration(blocks, index):
        return None
    if form == "none" and blocks[index + 1].is_list_item:  # it announces the list
        return None
    sentence_like = len(text) > 60 and any(word in _FINITE for word in text.lower().split()[1:-1])
    if sentence_like and form == "none" and not _stands_apart(blocks, index):
        return None
    return _heading(blocks, index, look=None, doubtful=sentence_like or len(text) > 200)


def _stands_apart(blocks: Sequence[Block], index: int) -> bool:
    """Whether the text before is finished and a whole paragraph follows, so that no sentence is cut in two here.

    Before it may stand the heading of its chapter as well.
    """
    above = blocks[index - 1]
    before = index == 0 or above.is_finished or (above.is_prose and numbering_of(above.text)[0] == "chapter")
    following = blocks[index + 1]
    return before and following.is_finished and not following.text[:1].islower()


def _is_enumeration(blocks: Sequence[Block], index: int) -> bool:
    """Whether it is an item of a list without marks and full stops, announced by a colon."""
    form, depth, _ = numbering_of(blocks[index].text)
    if form == "project" or depth > 1:  # “3.5” numbers no item
        return False
    before = index - 1
    while before >= 0 and _could_be_item(blocks[before]) and index - before < 12:
        before -= 1
    return (
        before >= 0
        and blocks[before].is_prose
        and blocks[before].text.endswith(":")
        and not blocks[before].is_list_item
    )


def _could_be_item(block: Block) -> bool:
    unmarked = not block.is_list_item
    return unmarked and ((not block.is_finished and len(block.lines) <= 3) or block.text.endswith(";"))


def _is_question(block: Block) -> bool:
    """Whether it is one question or call without a sentence before it, as headings may be."""
    return block.text.endswith(("?", "!")) and not re.search(r"[.!?;]\s", block.text)


def _is_numbered_heading(blocks: Sequence[Block], index: int) -> bool:
    """Whether `3) …` heads a paragraph of its own and is no item of a list."""
    if _PAREN.match(blocks[index].text) is None or index + 1 >= len(blocks):
        return False
    following = blocks[index + 1]
    before = index == 0 or not blocks[index - 1].is_list_item
    return before and not following.is_list_item and following.is_finished and not blocks[index].is_finished


def _is_part(title: str) -> bool:
    folded = _folded(title)
    return is_known_part(folded) or is_worded_part(folded)


def _folded(title: str) -> str:
    return re.sub(r"\s+", " ", title.strip(" .:–-").casefold())


def project_rank(headings: Sequence[Heading], blocks: Sequence[Block]) -> frozenset[Rank]:
    """Return the ranks whose headings are projects.

    The lowest rank whose headings have running text of their own and are not the parts that each project has; labels
    such as `Project 4` decide at once, and numbers go before look. More than one rank comes back only where two looks
    share a numbering.
    """
    parts = part_titles(headings)
    found: defaultdict[Rank, list[Heading]] = defaultdict(list)
    for heading in headings:
        if _folded(heading.title) not in parts and _folded(heading.title) not in _NO_PROJECT:
            found[heading.rank].append(heading)
    with_text = _with_text(headings, blocks)
    own = {rank: sum(h.index in with_text for h in members) for rank, members in found.items()}
    fitting = [rank for rank in found if own[rank] and own[rank] >= 0.6 * len(found[rank])]
    if not fitting:
        return frozenset(found)
    marked = [rank for rank in fitting if rank.numbering == "mark"]
    if marked:
        return frozenset([_marked(marked, headings)])
    run_in = [rank for rank in fitting if rank.look == _RUN_IN]
    if run_in:
        return frozenset(run_in)
    labelled = [rank for rank in fitting if rank.numbering == "project"]
    if labelled:
        return frozenset(labelled)
    numbered = [rank for rank in fitting if rank.numbering != "none" and rank.numbering != "chapter" and own[rank] >= 2]
    bare = [rank for rank in fitting if rank.numbering == "none" and own[rank] >= 2]
    bare = [rank for rank in bare if not any(_are_subheadings(rank, other, headings, own) for other in bare)]
    if numbered:
        deepest = _deepest(numbered, headings)
        above = [rank for rank in bare if _is_inside(rank, deepest, headings)]
        if not above or _counts_on(found[deepest], blocks):
            alike = {r for r in numbered if (r.numbering, r.depth) == (deepest.numbering, deepest.depth)}
            return frozenset(alike)
        return frozenset([_deepest(above, headings)])
    return frozenset([_deepest(bare or fitting, headings)])


def _marked(ranks: Sequence[Rank], headings: Sequence[Heading]) -> Rank:
    """Return the rank of Markdown's whose headings are most: the title is one, subheadings come in a few projects."""
    counts = Counter(h.rank for h in headings if not _is_part(h.title))
    return max(ranks, key=lambda rank: (counts[rank], -rank.depth))


def _with_text(headings: Sequence[Heading], blocks: Sequence[Block]) -> frozenset[int]:
    """Return the blocks of the headings that have running text before the next heading, or a part heading with it."""
    at = {h.index: h for h in headings}
    found = set()
    for heading in headings:
        following = heading.index + 1
        while following < len(blocks) and following in at and _is_part(at[following].title):
            following += 1
        if following < len(blocks) and following not in at:
            found.add(heading.index)
    return frozenset(found)


def part_titles(headings: Sequence[Heading]) -> frozenset[str]:
    """Return the folded titles of part headings: those in the words of parts, and those that come back in an annex.

    What is numbered as a project is none, though three projects may share a title.
    """
    counts = Counter(_folded(h.title) for h in headings if h.rank.numbering != "project")
    titles = {title for title, count in counts.items() if count >= 3 or is_known_part(title)}
    titles |= {_folded(h.title) for h in headings if h.rank.numbering == "none" and _is_part(h.title)}
    return frozenset(titles | _parts_beside_others(headings))


def _parts_beside_others(headings: Sequence[Heading]) -> set[str]:
    """Return the folded titles of headings that head parts as they follow each other.

    One of them is surely a part, or there are several and the first stands right under the heading of its project.
    """
    found: set[str] = set()
    run: list[Heading] = []
    above: Heading | None = None
    for heading in [*headings, None]:
        plain = heading is not None and heading.rank.numbering == "none"
        if heading is not None and plain and (_is_part(heading.title) or may_be_part(_folded(heading.title))):
            run.append(heading)
            continue
        opens = len(run) > 1 and above is not None and run[0].index == above.index + 1
        if opens or any(_is_part(h.title) for h in run):
            found |= {_folded(h.title) for h in run}
        above, run = heading, []
    return found


def _deepest(ranks: Sequence[Rank], headings: Sequence[Heading]) -> Rank:
    """Return the lowest of some ranks: most nested numbering, then smallest and plainest look, then most headings."""
    counts = Counter(h.rank for h in headings)

    def order(rank: Rank) -> tuple[float, ...]:
        look = rank.look
        return (-rank.depth, *(look.prominence if look is not None else ()), -counts[rank])

    return min(ranks, key=order)


def _are_subheadings(inner: Rank, outer: Rank, headings: Sequence[Heading], own: Mapping[Rank, int]) -> bool:
    """Whether headings of `inner` stand in a few sections of `outer` only: chapters would all have some.

    Both are told by look alone; the outer ones have running text of their own.
    """
    if inner.look is None or outer.look is None or inner == outer:
        return False
    if inner.look.prominence[:3] >= outer.look.prominence[:3] and not inner.look.italic:
        return False
    outers = [h.index for h in headings if h.rank == outer and _folded(h.title) not in _NO_PROJECT]
    if len(outers) < 2 or own[outer] < 0.6 * len(outers):
        return False
    bounds = [*outers, max(h.index for h in headings) + 1]
    inners = [h.index for h in headings if h.rank == inner]
    having = sum(any(a < i < b for i in inners) for a, b in pairwise(bounds))
    return having <= 0.5 * len(outers) and all(i > outers[0] for i in inners)


def _is_inside(inner: Rank, outer: Rank, headings: Sequence[Heading]) -> bool:
    """Whether headings of `inner` mostly come several to one of `outer`: the outer ones are chapters then."""
    inners = [h.index for h in headings if h.rank == inner and not _is_part(h.title)]
    outers = [h.index for h in headings if h.rank == outer]
    if not inners or not outers:
        return False
    after = sum(1 for i in inners if i > outers[0])
    return after >= 0.8 * len(inners) and len(inners) > 1.5 * len(outers)


def _counts_on(members: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """Whether the numbers of these headings count on, as those of projects do, and there are more than a few."""
    numbers = [tuple(int(n) for n in re.findall(r"\d+", blocks[h.index].text[: h.title_start])) for h in members]
    return len(members) >= 6 and numbers == sorted(numbers) and all(numbers)


def is_no_project(heading: Heading, text: str, *, is_first: bool, is_late: bool, is_last: bool) -> bool:
    """Whether a heading of the projects' rank opens or closes the annex: by its words, or by what its text speaks of.

    The last project may speak of the annex as well (“toen deze bijlage werd gesloten”): a closing part begins so, or
    says little else. What is labelled as a project is one.

    Parameters
    ----------
    text
        The running text under it.
    is_first, is_late, is_last
        Whether no project has come before, whether few headings of the rank follow, and whether none does.
    """
    if _folded(heading.title) in _NO_PROJECT or ((is_first or is_late) and opens_or_closes(heading)):
        return True
    if not (is_first or is_last) or heading.rank.numbering == "project":
        return False
    if any(phrase in _folded(heading.title) for phrase in _SPEAKS_OF_ANNEX):
        return True
    if is_first and _phrases(text[:_OPENING]) > 1:
        return True
    return is_last and (
        _phrases(_FIRST_SENTENCE.split(text, maxsplit=1)[0]) > 0 or _phrases(text) > len(text) // _TO_A_PHRASE
    )


def _phrases(text: str) -> int:
    """Return how many phrases a text has that speak of the annex."""
    folded = text.casefold()
    return sum(phrase in folded for phrase in _SPEAKS_OF_ANNEX)


def is_no_part(title: str) -> bool:
    """Whether the title of an annex says that it holds no projects, such as a list of abbreviations."""
    return _folded(title) in _NO_PROJECT


def is_part_heading(heading: Heading, parts: AbstractSet[str]) -> bool:
    """Whether it heads a part of a project, such as its aim or its results; `parts` from `part_titles`."""
    return _folded(heading.title) in parts
