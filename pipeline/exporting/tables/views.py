"""Questions that are asked often, as views over the tables."""

from dataclasses import dataclass

from pipeline.messages import N_


@dataclass(frozen=True, slots=True)
class View:
    """A question that is asked often, as SQL that SQLite and DuckDB both understand."""

    name: str
    description: str
    sql: str


VIEWS: tuple[View, ...] = (
    View(
        "who_does_what",
        N_("Who commissions, carries out, funds or joins in each project."),
        "SELECT p.annex_id, p.project_id, p.title, r.role, r.name, o.register_id, o.kind, r.confidence, r.page,"
        " r.source_file FROM roles r JOIN organisations o ON o.organisation_id = r.organisation_id"
        " JOIN projects p ON p.project_id = r.project_id",
    ),
    View(
        "organisation_totals",
        N_("In how many projects and annexes each organisation stands."),
        "SELECT name, register_id, kind, status, count(DISTINCT project_id) AS projects,"
        " count(DISTINCT annex_id) AS annexes, sum(mentions) AS mentions FROM organisations"
        " GROUP BY name, register_id, kind, status",
    ),
    View(
        "amounts",
        N_("The sums of money, with the project that names them."),
        "SELECT f.annex_id, f.project_id, p.title, f.text, f.comparator, f.value, f.value_max, f.unit, f.as_of,"
        " f.confidence, f.page, f.source_file FROM figures f JOIN projects p ON p.project_id = f.project_id"
        " WHERE f.kind = 'money'",
    ),
    View(
        "to_check",
        N_("What is less than 0.9 sure: look there first."),
        " UNION ALL ".join(
            f"SELECT '{table}' AS what, {key} AS id, project_id, {said} AS said, text, confidence, page, source_file"  # noqa: S608  # our own names
            f" FROM {table} WHERE confidence < 0.9"
            for table, key, said in (
                ("organisations", "organisation_id", "name"),
                ("roles", "role_id", "role"),
                ("locations", "location_id", "name"),
                ("dates", "date_id", "edtf_interval"),
                ("figures", "figure_id", "kind"),
            )
        ),
    ),
)
