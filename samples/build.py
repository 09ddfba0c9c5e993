"""Command: make the text, the PDF and the gold of every annex from its one marked-up source."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

# Run as a file, Python looks in samples/ and not in the folder that holds it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samples.gold import gold_of
from samples.markup import AnnexSource, MarkupError, read_annex
from samples.plain import plain_text
from samples.setting import Setting, in_look, same_file, set_pages

_SUFFIX = ".annex.md"
_TEXT = ".txt"
_ROOT = Path(__file__).resolve().parent.parent
_DIRECTORIES = (_ROOT / "samples", _ROOT / "samples" / "forms", _ROOT / "tests" / "heldback")


def outputs(source: AnnexSource) -> dict[str, bytes]:
    """Make the files of an annex: text, gold, and the PDF or Word file of its look; those of its twins as well.

    Parameters
    ----------
    source : AnnexSource
        The annex as annotated.

    Returns
    -------
    dict[str, bytes]
        File name to content.

    Raises
    ------
    MarkupError
        If its head names an unknown look or one that cannot set it, or its marks contradict each other.
    """
    made = _own_outputs(source)
    for look in source.head.twins:
        twin = in_look(source, look)
        named = replace(twin, head=replace(twin.head, document=f"{source.head.document}-{look}"))
        # The text of a twin is that of the annex, but for what stands around its pages.
        made |= {name: content for name, content in _own_outputs(named).items() if not name.endswith(_TEXT)}
    return made


def _own_outputs(source: AnnexSource) -> dict[str, bytes]:
    setting = Setting.of(source.head.look, source.name)
    name = source.head.document
    gold = json.dumps(gold_of(source), ensure_ascii=False, indent=1) + "\n"
    return {
        f"{name}{_TEXT}": plain_text(source, setting.furniture).encode(),
        f"{name}.gold.json": gold.encode(),
        f"{name}{setting.suffix}": set_pages(source, setting),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, or check what is built.

    Parameters
    ----------
    arguments : Sequence[str] | None
        Command line without the program; that of the process where it is None.

    Returns
    -------
    int
        0 when all is well, 1 when an output differs or a source has errors.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="sources; all of them where none is given")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when an output differs")
    parser.add_argument("--look", help="set the annexes in this look instead of their own; needs --out")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write into this folder, not beside the sources")
    options = parser.parse_args(arguments)
    if options.look and not options.out:
        parser.error("--look needs --out: what lies beside a source is in its own look")
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    paths = options.files or [path for folder in _DIRECTORIES for path in sorted(folder.glob(f"*{_SUFFIX}"))]
    problems = [problem for path in paths for problem in _build(path, options)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _build(path: Path, options: argparse.Namespace) -> Iterator[str]:
    """Build one annex and tell what is wrong; one that fails keeps no other from being built."""
    try:
        source = read_annex(path)
        made = outputs(in_look(source, options.look) if options.look else source)
    except (OSError, MarkupError) as error:
        yield str(error)
        return
    for name, content in made.items():
        target = (options.out or path.parent) / name
        same = target.is_file() and same_file(name, target.read_bytes(), content)
        if not same and options.check:
            yield f"{target} differs from what its source gives: run python samples/build.py"
        elif not same:
            target.write_bytes(content)
            print(f"wrote {target}")


if __name__ == "__main__":
    sys.exit(main())
