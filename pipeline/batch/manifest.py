"""The manifest of a run: which program, which model, which settings, and what became of each input."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib import metadata

from pipeline.recognising import DEFAULT_MODEL, model_version
from pipeline.records.models import Manifest, ManifestEntry
from pipeline.register import Overlay
from pipeline.settings import ReadingSettings

DISTRIBUTION = "annex"


def build_manifest(
    entries: Iterable[ManifestEntry],
    settings: ReadingSettings,
    overlay: Overlay | None = None,
    model: str = DEFAULT_MODEL,
    decisions: bytes | None = None,
) -> Manifest:
    """Return the manifest of a run.

    Parameters
    ----------
    decisions
        The lines of the decisions that were applied; None where none were given.
    """
    return Manifest(
        version=metadata.version(DISTRIBUTION),
        model=model_version(model),
        settings_hash=settings_hash(settings, overlay),
        decisions_hash=None if decisions is None else hashlib.sha256(decisions).hexdigest(),
        entries=list(entries),
    )


def settings_hash(settings: ReadingSettings, overlay: Overlay | None = None) -> str:
    """Return the SHA-256 of the settings, and of what a steward lays over the register, as JSON with sorted keys.

    Where the overlay lies is of no meaning, nor in what order its rows stand; an empty one is as good as none.

    The password is left out: it opens a file and changes nothing in the records, and a hash of it would let it be
    guessed.
    """
    values = {**asdict(settings), "overlay": asdict(overlay or Overlay())}
    del values["password"]
    return hashlib.sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
