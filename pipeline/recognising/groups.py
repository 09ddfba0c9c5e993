"""Where the components keep what they found: a group of spans for each kind, a typed mention on each span."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from spacy.tokens import Doc, Span

from pipeline.recognising.spans import (
    DateMention,
    FigureMention,
    LocationMention,
    OrganisationMention,
    RoleMention,
)

Mention = TypeVar("Mention", DateMention, FigureMention, LocationMention, OrganisationMention, RoleMention)


@dataclass(frozen=True)
class Group(Generic[Mention]):
    """A group of ``doc.spans``, and the extension attribute that holds the mention of each span."""

    name: str
    extension: str
    label: str

    def register(self) -> None:
        """Make the extension attribute known to spaCy; a second time does nothing."""
        if not Span.has_extension(self.extension):
            Span.set_extension(self.extension, default=None)

    def put(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        """Set the group to these mentions, in order; of a role, the span is that of its cue.

        A span is as wide as the tokens that it touches; the offsets of its mention are the exact ones. Of two in one
        token (`Utrecht/Zeist`) spaCy knows the extension of the last only; `of` gives both.
        """
        spans = []
        kept = []
        for mention in mentions:
            start, end = extent(mention)
            label = mention.role if isinstance(mention, RoleMention) else self.label
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
            if span is not None:
                span._.set(self.extension, mention)
                spans.append(span)
                kept.append(mention)
        doc.spans[self.name] = spans
        doc.user_data[self._key] = kept

    def of(self, doc: Doc) -> list[Mention]:
        """Return the mentions of a doc, in order; none where no component has set the group."""
        if self.name not in doc.spans or not Span.has_extension(self.extension):
            return []
        spans = list(doc.spans[self.name])
        kept: list[Mention] = doc.user_data.get(self._key, [])
        if len(kept) == len(spans) and all(_covers(span, mention) for span, mention in zip(spans, kept, strict=True)):
            return list(kept)
        found = (span._.get(self.extension) for span in spans)
        return [cast("Mention", mention) for mention in found if mention is not None]

    def extents(self, doc: Doc) -> list[tuple[int, int]]:
        """Return the exact offsets of each span; those of its tokens where another program has set the group."""
        if self.name not in doc.spans:
            return []
        spans = doc.spans[self.name]
        mentions = self.of(doc)
        if len(mentions) == len(spans):
            return [extent(mention) for mention in mentions]
        return [(span.start_char, span.end_char) for span in spans]

    @property
    def _key(self) -> str:
        return f"annex:{self.name}"


def _covers(span: Span, mention: Mention) -> bool:
    start, end = extent(mention)
    return bool(span.start_char <= start and end <= span.end_char)


DATES = Group[DateMention]("dates", "annex_date", "DATE")
ORGANISATIONS = Group[OrganisationMention]("organisations", "annex_organisation", "ORG")
LOCATIONS = Group[LocationMention]("locations", "annex_location", "LOC")
FIGURES = Group[FigureMention]("figures", "annex_figure", "FIGURE")
ROLES = Group[RoleMention]("roles", "annex_role", "ROLE")


def extent(
    mention: DateMention | FigureMention | LocationMention | OrganisationMention | RoleMention,
) -> tuple[int, int]:
    """Return the exact offsets of a mention; of a role those of its cue."""
    if isinstance(mention, RoleMention):
        return mention.cue_start, mention.cue_end
    return mention.start, mention.end


def given_sentences(doc: Doc) -> list[tuple[int, int]] | None:
    """Return ``(start, end)`` of each sentence; None where no component has split the doc."""
    if not doc.has_annotation("SENT_START"):
        return None
    return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
