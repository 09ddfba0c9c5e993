"""Turn the annexes of Dutch government letters into checked data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.errors import AnnexError
    from pipeline.extraction import Annex, Recognised, extract, extract_all, recognise
    from pipeline.overlay import read_overlay
    from pipeline.recognising import load_model

__all__ = ["Annex", "AnnexError", "Recognised", "extract", "extract_all", "load_model", "read_overlay", "recognise"]

_HOMES = {
    "Annex": "pipeline.extraction",
    "AnnexError": "pipeline.errors",
    "Recognised": "pipeline.extraction",
    "extract": "pipeline.extraction",
    "extract_all": "pipeline.extraction",
    "load_model": "pipeline.recognising",
    "read_overlay": "pipeline.overlay",
    "recognise": "pipeline.extraction",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the name stands for
    """Import what is asked for only then: spaCy takes a second."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
