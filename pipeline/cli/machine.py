"""Look over this machine: what the program needs, what is there, and what to do about what is missing."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pipeline.messages import N_, told

State = Literal["ok", "lacking", "broken"]
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `template` and `advice` hold ``{names}`` for `values`."""

    name: str
    state: State
    """`lacking` is something that not every annex needs; `broken` keeps the program from its work."""
    template: str
    values: Mapping[str, object]
    advice: str | None = None
    """What to do; None where nothing is wrong."""


def examine(config: Path | None) -> list[Finding]:
    """Look at everything, in the order of the way from a file to records; nothing that goes wrong is raised.

    Parameters
    ----------
    config
        The folder of the steward's own register; None without one.
    """
    own = partial(_overlay, config)
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _program, _model, _registers, own, _reader, _ocr, _cache, _machine,
    )  # fmt: skip
    return [finding for look in looks for finding in look()]


def _program() -> Iterator[Finding]:
    yield Finding("Python", "ok", "{version}", {"version": platform.python_version()})
    yield Finding("annex", "ok", "{version}", {"version": metadata.version("annex")})


def _model() -> Iterator[Finding]:
    from pipeline.recognising import load_model

    try:
        nlp = load_model()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        yield Finding(
            N_("model"), "broken", N_("does not work: {reason}"), {"reason": error}, N_("install annex again")
        )
        return
    yield Finding(N_("model"), "ok", N_("{name} loads"), {"name": nlp.meta["name"]})


def _registers() -> Iterator[Finding]:
    from pipeline.resources import models_folder

    folder = models_folder() / "registers"
    count = len(list(folder.glob("*.csv")))
    if count:
        yield Finding(N_("registers"), "ok", N_("{count} in {folder}"), {"count": count, "folder": folder})
    else:
        yield Finding(N_("registers"), "broken", N_("none in {folder}"), {"folder": folder}, N_("install annex again"))


def _overlay(folder: Path | None) -> Iterator[Finding]:
    from pipeline.errors import AnnexError
    from pipeline.overlay import read_overlay

    values: dict[str, object] = {"folder": folder}
    if folder is None:
        yield Finding(N_("own register"), "ok", N_("none in use"), values)
        return
    try:
        read_overlay(folder)
    except AnnexError as error:
        values["reason"] = told(error)
        advice = N_("mend it, or name another folder with --config")
        yield Finding(N_("own register"), "broken", N_("{folder} cannot be used: {reason}"), values, advice)
        return
    yield Finding(N_("own register"), "ok", N_("in {folder}"), values)


def _reader() -> Iterator[Finding]:
    from pipeline.reading.guarded import confinement

    try:
        kept_from = confinement()
    except Exception as error:  # noqa: BLE001
        advice = N_("see whether this machine lets programs start others")
        yield Finding(N_("reader"), "broken", N_("does not start: {reason}"), {"reason": error}, advice)
        return
    yield Finding(N_("reader"), "ok", N_("files are read in a process of their own"), {})
    advice = N_("give only files that you trust, or run annex where the system can do so")
    if not kept_from.has_no_network:
        yield Finding(N_("network"), "lacking", N_("the reader cannot be cut off from it here"), {}, advice)
    if not kept_from.has_memory_limit:
        yield Finding(N_("memory limit"), "lacking", N_("the system does not hold the reader to one"), {}, advice)
    if find_spec("docx") is None:
        yield Finding("Word", "lacking", N_("Word files cannot be read"), {}, N_("install annex again"))


def _ocr() -> Iterator[Finding]:
    from pipeline.reading.ocr import install_command
    from pipeline.reading.ocr.tesseract import LANGUAGE, ORIENTATION, find_tesseract

    advice = N_("for scans: {command}")
    if find_spec("pytesseract") is None:
        yield Finding("pytesseract", "broken", N_("is not installed"), {}, N_("install annex again"))
    else:
        yield Finding("pytesseract", "ok", "{version}", {"version": metadata.version("pytesseract")})
    command = install_command()
    tesseract = find_tesseract()
    if tesseract is None:
        yield Finding("Tesseract", "lacking", N_("is not installed, or does not answer"), {"command": command}, advice)
        return
    found = {"version": tesseract.version, "program": tesseract.program}
    yield Finding("Tesseract", "ok", N_("{version} in {program}"), found)
    for name in (LANGUAGE, ORIENTATION):
        if name in tesseract.languages:
            where = {"folder": tesseract.data or "?"}
            yield Finding(f"Tesseract {name}", "ok", N_("in {folder}"), where)
        else:
            yield Finding(f"Tesseract {name}", "lacking", N_("is not installed"), {"command": command}, advice)


def _cache() -> Iterator[Finding]:
    from pipeline.reading.ocr import cache

    folder = cache.folder()
    values: dict[str, object] = {
        "folder": folder,
        "size": round(cache.size() / _MEGABYTE, 1),
        "variable": cache.VARIABLE,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        advice = N_("scans are read anew each time; name another folder in {variable}")
        yield Finding(N_("cache"), "lacking", N_("{folder} cannot be written"), values, advice)
        return
    yield Finding(N_("cache"), "ok", N_("{size} MB in {folder}"), values)


def _machine() -> Iterator[Finding]:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    yield Finding(N_("cores"), "ok", "{count}", {"count": cores})
