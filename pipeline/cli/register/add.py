"""``annex register add``: a body of one's own."""

from collections.abc import Sequence

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, Option
from pipeline.cli.options import config_option, lang_option
from pipeline.cli.register.changing import changed, move_option, named, tell, warn_of_words
from pipeline.messages import N_, _
from pipeline.register import ORGANISATION_KINDS


@click.command(
    "add",
    cls=Command,
    help=N_(
        "Add a body of your own.\n\n"
        "From then on it is known by NAME and by its other names, with its id and kind in the records. KIND is one of "
        "ministry, agency, municipality, province, water_board, region, justice, health, care, education, research, "
        "company, ngo, fund, association, partnership, platform, international, other."
    ),
)
@click.argument("name", metavar=N_("NAME"), cls=Argument)
@click.option(
    "--kind",
    required=True,
    type=click.Choice(ORGANISATION_KINDS),
    metavar=N_("KIND"),
    cls=Option,
    help=N_("What it is; see above."),
)
@click.option("--id", "body_id", metavar="ID", cls=Option, help=N_("Id in the records; by default made of the name."))
@click.option(
    "--alias", "aliases", multiple=True, metavar=N_("NAME"), cls=Option, help=N_("Another name; may stand repeatedly.")
)
@click.option(
    "--abbreviation",
    "abbreviations",
    multiple=True,
    metavar=N_("FORM"),
    cls=Option,
    help=N_("Abbreviation, written as in texts; may stand repeatedly."),
)
@click.option("--parent", default="", metavar=N_("BODY"), cls=Option, help=N_("Id or name of what it is part of."))
@click.option("--region", default="", metavar=N_("PLACE"), cls=Option, help=N_("Province or town that it works in."))
@click.option("--from", "valid_from", default="", metavar=N_("DAY"), cls=Option, help=N_("First day, or year."))
@click.option("--until", "valid_until", default="", metavar=N_("DAY"), cls=Option, help=N_("Last day, or year."))
@move_option
@config_option
@lang_option
def command(
    name: str,
    kind: str,
    body_id: str | None,
    aliases: Sequence[str],
    abbreviations: Sequence[str],
    parent: str,
    region: str,
    valid_from: str,
    valid_until: str,
    move: bool,  # noqa: FBT001  # click calls by name
) -> Exit:
    """Add a body of your own."""
    from pipeline.overlay.changes import with_body
    from pipeline.records.slugs import slug
    from pipeline.register import Organisation
    from pipeline.showing.words import ORGANISATION_KINDS as KIND_WORDS  # a constant under another name

    body = Organisation(
        body_id or slug(name),
        name,
        kind,
        tuple(aliases),
        tuple(abbreviations),
        parent=parent,
        region=region,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    done = changed(lambda overlay: with_body(overlay, body, move=move))
    if isinstance(done, Exit):
        return done
    added = done.body or body
    tell(_("Added: {body}, {kind}").format(body=named(added), kind=_(KIND_WORDS[kind])))
    if done.moved_from is not None:
        tell(_("Taken from {body}").format(body=named(done.moved_from)))
    warn_of_words(added.name, *added.aliases)
    return Exit.OK
