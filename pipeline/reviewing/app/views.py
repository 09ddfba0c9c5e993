"""What the templates of the review app are given: everything in words already, nothing that they have to work out.

Every page gets one variable, ``page``: a `ListPage`, a `ProjectPage`, a `PublishPage`, a `HelpPage` or an `ErrorPage`.
All texts are plain text in the language in use, most of them from documents: they are escaped when they are written.
All offsets are in code points, which JavaScript must count itself: a letter beyond U+FFFF is two of its units.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.comparing.models import Run

FactKind = Literal["title", "organisation", "role", "date", "figure", "location", "period", "footnote"]
State = Literal["open", "accepted", "rejected", "corrected", "skipped", "seen"]
"""Of a question; `seen` is a warning or doubt that a person found to be right."""
ProjectState = Literal["open", "ready", "published", "unchanged"]
"""`open`: a question is; `ready`: all are decided; `published`: and what was decided is approved already; `unchanged`:
there was nothing to ask."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What came of what the person did last, or that the log has changed; shown once, at the top."""

    text: str
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review is."""

    questions: int
    """Of all projects."""
    decided: int
    """Of these: decided, whoever did so."""
    projects: int
    ready: int
    """Of these: without an open question."""

    @property
    def percent(self) -> int:
        """How much is decided; 100 only where all is."""
        return 100 if self.decided >= self.questions else 100 * self.decided // self.questions


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    title: str
    """Of the browser's window."""
    language: str
    """``en`` or ``nl``, for ``<html lang>``."""
    user: str
    """Whose name the decisions get."""
    csrf: str
    """Goes with every POST, as the field ``csrf`` or the header ``X-CSRF-Token``."""
    progress: Progress
    notice: Notice | None
    undo: str
    """What POST ``/undo`` would take back, in words: this person's last decisions of this session; else empty."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several that a person may choose from: an ``<option>``, or a filter with its count."""

    value: str
    words: str
    is_chosen: bool = False
    count: int | None = None
    """How many there are; None where that says nothing."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A project in the list."""

    number: int
    """From 0; its page is ``/project/<number>``."""
    title: str
    """As it is called now; of an ended project as it was called."""
    old_title: str
    """As it was called, where that differs; else empty."""
    ordinal: int
    """Its number in the annex."""
    annex: str
    """Title of the annex, or its id."""
    kinds: tuple[tuple[str, str], ...]
    """What became of it: the kinds of the pair as (``changed``, in words)."""
    state: ProjectState
    state_words: str
    open: int
    """Questions that are open."""
    questions: int
    conflicts: int
    """Earlier decisions that no longer fit, among the open questions."""
    doubts: int
    """Warnings and doubtful facts among the open questions."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """All open changes of one kind, to be accepted at once: POST ``/accept-all`` with ``change`` and ``count``."""

    change: str
    """Such as ``figure:changed``."""
    words: str
    count: int
    """How many are open; sent back, so that never more are accepted than the person has seen."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """``/``: the projects, with what is left to do."""

    frame: Frame
    rows: Sequence[ListRow]
    """Those that the filters leave, in the order of the annexes."""
    shown_of: int
    """How many there are without the filters."""
    query: str
    """The field ``q``."""
    states: Sequence[Choice]
    """The field ``state``; the first, with an empty value, is all."""
    kinds: Sequence[Choice]
    """The field ``kind``; the same."""
    annexes: Sequence[Choice]
    """The field ``annex``; the same; a single one where there is one annex: then it need not be shown."""
    bulk: Sequence[Bulk]
    first_open: int | None
    """Number of the first project with an open question."""
    notes: Sequence[str]
    """What a person should know of the log, of sources that are not found and of what is compared with what."""


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a form."""

    name: str
    label: str
    kind: Literal["text", "select", "search", "hidden"]
    value: str = ""
    """What stands in it: what is now, or what the person typed before an error."""
    choices: Sequence[Choice] = ()
    """Of a select."""
    help: str = ""
    """What may be typed, with an example."""
    is_wrong: bool = False
    """Whether the error is about this field."""


@dataclass(frozen=True, slots=True)
class Form:
    """What can be done with a question, a fact or the text: fields and a button, sent to ``/project/<number>/decide``.

    Sent with them: ``csrf``, ``record`` (of the page), ``action``, and ``question`` or ``fact`` where set.
    """

    action: str
    """``correct``, ``redraw``, ``add``, ``role``, ``merge``, ``alias``, ``body``, ``deny``, ``split``, ``join``,
    ``move``, ``title``, ``comment``, …"""
    label: str
    """Of the button or heading."""
    question: str = ""
    fact: str = ""
    inputs: Sequence[Input] = ()
    wants_selection: bool = False
    """Whether words of the text go with it: ``words`` as they are typed, and where a script has seen them selected
    also ``in``, ``field``, ``start`` and ``end``, which then count."""
    words: str = ""
    """What was typed of these when it could not be done."""
    error: str = ""
    """What was wrong with what was sent; the inputs then hold it still."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body of the register that a new organisation may be."""

    id: str
    name: str
    words: str
    """Kind, and that it is a former body."""
    form: str
    """The name of it that is most like."""
    likeness: str
    """From 0 to 1, in words."""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where something stands."""

    side: Literal["new", "old"]
    record: str
    field: Literal["title", "text"]
    start: int
    end: int
    before: str
    """Some words in front of it."""
    text: str
    after: str
    page: int | None


@dataclass(frozen=True, slots=True)
class SideView:
    """What one side says of a question."""

    words: str
    """Its value in words: ``351 hotels``, ``15 July 2024``."""
    detail: str
    """More of it: kind, role, what a date counts as; may be empty."""
    confidence: str
    """``sure``, ``likely``, ``doubtful``; empty on the approved side and where there is none."""
    places: Sequence[PlaceView]
    """In text order; the words that it was read from."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided of a question."""

    words: str
    """What holds from now on."""
    by: str
    at: str
    """Date and time in words."""
    why: str
    is_mine: bool
    """Whether this person did so."""
    decision: str
    """Id: POST ``/undo`` with ``decision`` takes this one back."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Something to decide: warnings, conflicts and doubts come first, then changes in text order, the wording last."""

    key: str
    """Names it in what is sent: ``question``; also good as an id in the page, as ``q-<key>``."""
    subject: str
    """`FactKind`, ``project``, ``text`` or ``warning``."""
    subject_words: str
    what: Literal["added", "removed", "changed", "renamed", "doubt", "conflict", "warning", "ended"]
    what_words: str
    sentence: str
    """The question, such as “An organisation came: Gemeente Ede. Is that right?”"""
    delta: str
    """How much, where that can be said: ``+75.5%``, ``31 days later``; else empty."""
    old: SideView | None
    new: SideView | None
    runs: Sequence[Run]
    """Of wording: the words that changed; else empty."""
    state: State
    state_words: str
    answer: Answer | None
    """None while it is open or skipped."""
    offers: Sequence[Choice]
    """Buttons without fields, in order: ``accept``, ``reject``, ``skip``, each with its words; sent as ``action``."""
    forms: Sequence[Form]
    """More that can be done: correct, comment, alias of, …"""
    candidates: Sequence[Candidate]
    """Of a new organisation; each may be sent as ``body`` of the form ``alias``."""
    comments: Sequence[Answer]
    error: str
    """What was wrong with what was sent; else empty."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class FactView:
    """Something that the record says as it would be published, decided or not, with what can be done with it."""

    key: str
    """Names it in what is sent: ``fact``. Another when what it says changes."""
    kind: FactKind
    kind_words: str
    words: str
    detail: str
    confidence: str
    is_decided: bool
    is_doubtful: bool
    places: Sequence[PlaceView]
    question: str
    """Key of the question about it; else empty."""
    forms: Sequence[Form]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a piece of text is part of."""

    kind: Literal["organisation", "location", "date", "figure", "cue", "repair", "footnote", "changed"]
    label: str
    """What to say of it, for a title or a screen reader."""
    fact: str
    """Key of the fact; else empty."""
    question: str
    """Key of the question about it; else empty."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, from one edge of a mark to the next."""

    start: int
    end: int
    text: str
    """Empty for a footnote: a point, whose mark tells its marker."""
    marks: Sequence[Mark]
    """Outer ones first."""


@dataclass(frozen=True, slots=True)
class TextView:
    """A title or text with its marks.

    Its pieces are all of it, so ``start`` of a piece and what is selected in it give an offset.
    """

    record: str
    field: Literal["title", "text"]
    text: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class BoxView:
    """A box on a page, in points from the top left."""

    box: tuple[float, float, float, float]
    kind: str
    """As of `Mark`."""
    label: str
    fact: str
    question: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PictureView:
    """A page of a source."""

    url: str
    """``/picture/<source>/<page>.png``; a source that is not found has no picture."""
    page: int
    width: float
    """Of the page as shown, in points, as its boxes are."""
    height: float
    side: Literal["new", "old"]
    boxes: Sequence[BoxView]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record of one side, whole."""

    side: Literal["new", "old"]
    record: str
    """Its id."""
    ordinal: int
    source: str
    """Name of the file, and the pages, in words."""
    title: TextView
    text: TextView
    footnotes: Sequence[tuple[str, str]]
    """Markers and texts."""
    pictures: Sequence[PictureView]
    """Of its pages; empty where the source is not found: then the text serves."""
    note: str
    """Why pages are not shown; else empty."""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """``/project/<number>``: a pair of projects and everything to decide about it."""

    frame: Frame
    number: int
    of: int
    """How many projects there are."""
    previous: int | None
    next: int | None
    next_open: int | None
    """The next project with an open question, from the start again after the last."""
    record: str
    """Sent with every form: what the page was made of. When it is not the same any more, nothing is done, and the
    person is told."""
    title: str
    old_title: str
    annex: str
    kinds: Sequence[tuple[str, str]]
    """As of `ListRow`."""
    state: ProjectState
    state_words: str
    open: int
    questions: Sequence[QuestionView]
    current: str
    """Key of the question to look at first: the one asked for, else the first open one; empty where none is."""
    facts: Sequence[FactView]
    """Of the new side as it would be published; in the order of kinds, then of the text."""
    new: Sequence[RecordView]
    """None where the project ended, several where it was split; as it would be published."""
    old: Sequence[RecordView]
    """None where it was added, several where merged."""
    adding: Sequence[Form]
    """Forms for what was missed; they want a selection."""
    arranging: Sequence[Form]
    """Split, join and move; title."""
    comments: Sequence[Answer]
    """On the project."""


@dataclass(frozen=True, slots=True)
class PublishRow:
    """A project on the page that publishes."""

    number: int
    title: str
    annex: str
    words: str
    """What is written, or why it stays: “3 open questions: the approved version stays”."""


@dataclass(frozen=True, slots=True)
class PublishPage:
    """``/publish``: what will be written, what stays; POST writes it."""

    frame: Frame
    folder: str
    """Where it goes, for people to read."""
    written: Sequence[PublishRow]
    kept: Sequence[PublishRow]
    ended: Sequence[PublishRow]
    """Approved records that go, as their end is decided."""
    is_done: bool
    """Whether this is the answer to publishing."""
    can_publish: bool


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A key and what it does."""

    keys: Sequence[str]
    words: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """``/help``: how it works, and the keys."""

    frame: Frame
    rows: Sequence[HelpRow]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, and what to do."""

    title: str
    language: str
    text: str
    links_home: bool = field(default=True)
    """Whether a link to the list helps: not where the token is missing."""
