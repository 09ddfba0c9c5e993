"""The page that publishes: what will be written, what stays, and what is left to do."""

from collections.abc import Iterable

from pipeline.comparing.words import pair_title
from pipeline.messages import _, ngettext
from pipeline.reviewing.app.desk import Desk
from pipeline.reviewing.app.views import PublishPage, PublishRow
from pipeline.reviewing.publishing import Published, Row


def publish_page(desk: Desk, published: Published, *, is_done: bool = False) -> PublishPage:
    """Return the page of what a publication writes, or has written where `is_done`."""
    written = published.of("written", "left_out")
    return PublishPage(
        frame=desk.frame(_("Published") if is_done else _("Publish")),
        folder=str(published.folder),
        written=_rows(written),
        kept=_rows(published.of("kept", "waiting")),
        ended=_rows(published.of("ended")),
        is_done=is_done,
        can_publish=bool(written or published.of("ended")),
    )


def _rows(rows: Iterable[Row]) -> list[PublishRow]:
    return [
        PublishRow(row.project.number, pair_title(row.project.pair), row.project.annex.name, _words(row))
        for row in rows
    ]


def _words(row: Row) -> str:
    """Say what becomes of a project."""
    if row.fate == "written":
        count = len(row.records)
        return ngettext("{count} record", "{count} records", count).format(count=count)
    if row.fate == "left_out":
        return _("it is no project: nothing is written")
    if row.fate == "ended":
        return _("it has ended: its record goes")
    if not row.open:
        return _("the approved version stays")
    left = ngettext("{count} open question", "{count} open questions", row.open).format(count=row.open)
    if row.fate == "kept":
        return _("{left}: the approved version stays").format(left=left)
    return _("{left}: nothing is approved yet").format(left=left)
