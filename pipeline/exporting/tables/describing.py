"""The page docs/tables.md, made from the definition: ``python -m pipeline.exporting.tables.describing``."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.exporting.tables.definition import TABLES, TABLES_VERSION, Table
from pipeline.exporting.tables.views import VIEWS

DOCS = Path(__file__).parents[3] / "docs" / "tables.md"
"""Where it lies in a checkout."""
_INTRODUCTION = Path(__file__).with_name("introduction.md")


def as_markdown() -> str:
    """Return the page: what the formats are like, then every table and view."""
    parts = [_INTRODUCTION.read_text(encoding="utf-8").format(version=TABLES_VERSION)]
    parts += ["\n".join(_of_table(table)) for table in TABLES]
    parts.append(
        "## Views\n\n`sqlite`, `duckdb` and `annex query` have these over the tables.\n\n| view | says |\n|---|---|"
    )
    parts[-1] += "".join(f"\n| `{view.name}` | {view.description} |" for view in VIEWS)
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _of_table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.description}\n"
    yield "| column | type | says | comes from |\n|---|---|---|---|"
    for column in table.columns:
        said = column.description + (" Key." if column.name == table.key else "")
        said += f" Refers to `{column.references}`." if column.references else ""
        source = f"`{column.source}`" if column.source else ""
        yield f"| `{column.name}` | {column.type} | {said} | {source} |"


if __name__ == "__main__":
    DOCS.parent.mkdir(exist_ok=True)
    DOCS.write_text(as_markdown(), encoding="utf-8", newline="\n")
