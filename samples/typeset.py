"""Set an annex as a PDF with Typst, to the same bytes wherever it is built."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from samples.furniture import running_label, sender, session
from samples.markup import AnnexSource

LOOKS_DIRECTORY = Path(__file__).resolve().parent / "looks"
_FONT_PACKAGES = ("font_roboto", "font_source_sans_pro")


def pdf_bytes(source: AnnexSource) -> bytes:
    """Set an annex in the look that its head names.

    Parameters
    ----------
    source : AnnexSource
        The annex.

    Returns
    -------
    bytes
        The PDF.
    """
    # The text goes in as data, not as Typst source: nothing in it can be read as markup.
    annex = json.dumps(_data(source), ensure_ascii=False)
    with TemporaryDirectory() as fonts:
        _gather_fonts(Path(fonts))
        pdf = typst.compile(
            str(LOOKS_DIRECTORY / f"{source.head.look}.typ"),
            root=str(LOOKS_DIRECTORY),
            format="pdf",
            sys_inputs={"annex": annex},
            font_paths=[fonts],
            ignore_system_fonts=True,
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf


def _data(source: AnnexSource) -> dict[str, object]:
    return {
        "label": source.head.label,
        "title": source.title.printed,
        "running": running_label(source),
        "sender": sender(source),
        "session": session(source),
        "blocks": [
            {"kind": block.kind.value, "label": block.label, "text": block.piece.printed} for block in source.blocks
        ],
    }


def _gather_fonts(directory: Path) -> None:
    """Gather each font once: a package may hold it in two formats, and Typst takes the one it meets first."""
    for package in _FONT_PACKAGES:
        spec = find_spec(package)  # where it is, without running its code
        if spec is None or spec.origin is None:
            message = f"no fonts of {package.replace('_', '-')} here: pip install -e '.[dev]'"
            raise ModuleNotFoundError(message)
        for font in (Path(spec.origin).parent / "files").glob("*.ttf"):
            shutil.copyfile(font, directory / font.name)
