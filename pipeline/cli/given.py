"""What `extract` and `run` go by alike: how to read, the model, the steward's register, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.own_folder import overlay_of
from pipeline.messages import N_
from pipeline.settings import ReadingSettings

if TYPE_CHECKING:
    from pipeline.cli.settings.resolving import Resolved
    from pipeline.logs import Log
    from pipeline.register import Overlay
    from pipeline.reviewing.decisions.models import Decision


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for all inputs of a command."""

    settings: ReadingSettings
    model: str
    overlay: "Overlay"
    decisions: "Sequence[Decision] | None"
    """Those that count; None where no approved records were given."""

    @property
    def lines(self) -> bytes | None:
        """The decisions as a log has them."""
        from pipeline.reviewing.decisions.log import line_of

        return None if self.decisions is None else b"".join(map(line_of, self.decisions))


def given_of(resolved: "Resolved", log: "Log", pages: tuple[int, int] | None = None) -> Given | None:
    """Return what the settings say; where a folder cannot be read, tell why and return None.

    Raises
    ------
    SettingsError
        When there is no such model.
    """
    _check_model(resolved)
    overlay = overlay_of(resolved.folder("config"), log)
    if overlay is None:
        return None
    approved = resolved.folder("approved")
    decisions = None if approved is None else _decisions_of(approved, log)
    if approved is not None and decisions is None:
        return None
    password = resolved.settings.password
    settings = ReadingSettings(
        password=None if password is None else password.get_secret_value(),
        pages=pages,
        limits=resolved.settings.limits.limits(),
    )
    return Given(settings, resolved.settings.model, overlay, decisions)


def _check_model(resolved: "Resolved") -> None:
    from pipeline.recognising import model_version

    try:
        model_version(resolved.settings.model)
    except OSError:
        resolved.refuse("model", N_("nl_annex, nl_annex_fast, or a spaCy pipeline that is installed"))


def _decisions_of(folder: Path, log: "Log") -> "Sequence[Decision] | None":
    """Return the decisions that count in a folder of approved records; None where they cannot be read."""
    from pipeline.reviewing.decisions.lines import LogError
    from pipeline.reviewing.decisions.log import DecisionLog, in_force

    try:
        logged = DecisionLog(folder).logged()
    except LogError as error:
        log.event("run_refused", level="error", said=error)
        return None
    for note in logged.notes:
        log.event("decisions_noted", level="warning", said=note)
    return in_force(logged.decisions)
