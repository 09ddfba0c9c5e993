"""The help page: how a review goes, and the keys."""

from pipeline.messages import N_, _
from pipeline.reviewing.app.desk import Desk
from pipeline.reviewing.app.views import HelpPage, HelpRow

KEYS = (
    (("j", "↓"), N_("the next question")),
    (("k", "↑"), N_("the question before")),
    (("a",), N_("accept what the new text says")),
    (("r",), N_("reject it: the old holds, or nothing")),
    (("c",), N_("correct it")),
    (("s",), N_("leave it for later")),
    (("m",), N_("comment on it")),
    (("u",), N_("take back what you did last")),
    (("o", "d", "f", "l"), N_("add the selected words as organisation, date, figure or place")),
    (("t",), N_("text or pages")),
    (("n",), N_("the next project with something to do")),
    (("p",), N_("the project before")),
    (("g",), N_("the list of projects")),
    (("/",), N_("search")),
    (("?",), N_("these keys")),
    (("Esc",), N_("leave a field")),
)


def help_page(desk: Desk) -> HelpPage:
    """Return the help page."""
    return HelpPage(desk.frame(_("Help")), [HelpRow(keys, _(words)) for keys, words in KEYS])
