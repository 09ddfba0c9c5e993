"""Give every organisation of an annex one name, and gather all other names that the annex uses for it."""

import re
import unicodedata
from collections.abc import Mapping

_ARTICLE = re.compile(r"(?:de|het|een|['’]t) +", re.IGNORECASE)


def fold(name: str) -> str:
    """Fold a name as the score does: without article, case and diacritics.

    Parameters
    ----------
    name : str
        As written.

    Returns
    -------
    str
        Equal for names that count as the same.
    """
    letters = unicodedata.normalize("NFKD", without_article(name))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def without_article(name: str) -> str:
    """Take the article off a name.

    Parameters
    ----------
    name : str
        For example `de IND`.

    Returns
    -------
    str
        For example `IND`.
    """
    article = _ARTICLE.match(name)
    return name[article.end() :] if article else name


class Names:
    """The canonical names of an annex, each with its other names.

    Parameters
    ----------
    head : Mapping[str, tuple[str, ...]]
        Canonical names and their other names, as the head of the annex lists them.
    """

    def __init__(self, head: Mapping[str, tuple[str, ...]]) -> None:
        self._canonical = {fold(name): name for name in head}
        self._others = {fold(name): list(others) for name, others in head.items()}
        self._owners = {fold(other): name for name, others in head.items() for other in others}

    def add(self, words: str, value: str | None) -> None:
        """Take in one mention.

        Parameters
        ----------
        words : str
            The words of the mark.
        value : str | None
            The canonical name that the mark gives, if any.

        Raises
        ------
        ValueError
            If what is given as canonical is listed in the head as another name.
        """
        name = without_article(words if value is None else value)
        key = fold(name)
        owner = self._owners.get(key)
        if key not in self._canonical and owner is not None:
            message = f'{name!r} is another name of {owner!r}: write (org="{owner}")'
            raise ValueError(message)
        self._canonical.setdefault(key, name)
        others = self._others.setdefault(key, [])
        if fold(words) not in {key, *map(fold, others)}:
            others.append(without_article(words))

    def canonical(self, words: str, value: str | None) -> str:
        """Give the canonical name of a mention that was added.

        Parameters
        ----------
        words : str
            The words of the mark.
        value : str | None
            The canonical name that the mark gives, if any.

        Returns
        -------
        str
            One spelling for all mentions of the same organisation.
        """
        return self._canonical[fold(words if value is None else value)]

    def others(self, name: str) -> list[str]:
        """List the other names of an organisation.

        Parameters
        ----------
        name : str
            Its canonical name.

        Returns
        -------
        list[str]
            Those of the head first, then those that only the text uses.
        """
        return list(self._others[fold(name)])
