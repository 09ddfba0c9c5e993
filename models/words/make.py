"""Make `dutch.txt.xz` and `runs.txt.xz` from what OpenTaal publishes (Debian: `wdutch` and `hunspell-nl`).

Run by hand, for a new release of OpenTaal: ``python make.py WORDLIST DICTIONARY.aff DICTIONARY.dic``.
"""

import lzma
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_PLACES = {"Ca": "b", "Cb": "m", "Cc": "e"}
"""Flags of the dictionary that let a form begin a compound, stand inside one, or end it."""
_FORBIDDEN, _ONLY_IN_COMPOUND = "Fw", "Cx"
_RUN = 5
"""Letters in a row that are counted, the ends of a word as one."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Suffix:
    """One rule of the affix file: `cut` is taken off a word that `condition` finds, `added` put on."""

    cut: str
    added: str
    flags: frozenset[str]
    condition: re.Pattern[str]

    def on(self, word: str) -> str | None:
        """Return the form with the suffix, None where the rule does not hold."""
        if not self.condition.search(word) or not word.endswith(self.cut):
            return None
        return word.removesuffix(self.cut) + self.added


def _flags(text: str) -> frozenset[str]:
    return frozenset(re.findall("..", text))


def suffixes(affixes: Path) -> dict[str, list[Suffix]]:
    """Return the suffix rules of an affix file by their flag (two letters each: ``FLAG long``)."""
    rules = defaultdict(list)
    for line in affixes.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) < 5 or fields[0] != "SFX":  # a head line has four
            continue
        _, flag, cut, added, condition = fields[:5]
        added, _, flags = added.partition("/")
        cut, added = (text.removeprefix("0") for text in (cut, added))
        rules[flag].append(Suffix(cut, added, _flags(flags), re.compile(f"{condition}$")))
    return rules


def forms(affixes: Path, dictionary: Path) -> dict[str, set[str]]:
    """Return each form that the dictionary makes, with the places in a compound that it may have."""
    rules = suffixes(affixes)
    made: defaultdict[str, set[str]] = defaultdict(set)
    forbidden = set()
    for line in dictionary.read_text(encoding="utf-8").splitlines()[1:]:
        word, _, flags = line.split("\t")[0].replace("ĳ", "ij").replace("Ĳ", "IJ").partition("/")
        own = _flags(flags)
        if _FORBIDDEN in own:
            forbidden.add(word)
            continue
        todo = [(word, own)]
        for _ in range(3):  # a word takes two suffixes at most
            following = []
            for form, has in todo:
                places = {place for flag, place in _PLACES.items() if flag in has}
                if _ONLY_IN_COMPOUND not in has:
                    places |= {"w"} | ({"e"} if "Cc" in own else set())
                made[form] |= places
                following += [(x, s.flags) for flag in has for s in rules.get(flag, ()) if (x := s.on(form))]
            todo = following
    return {form: places for form, places in made.items() if form not in forbidden}


def main() -> None:
    """Write the list beside this script."""
    wordlist, affixes, dictionary = map(Path, sys.argv[1:])
    places = forms(affixes, dictionary)
    listed = set(wordlist.read_text(encoding="utf-8").split())
    lines = []
    for word in listed | places.keys():
        has = places.get(word, set())
        inside = "".join(place for place in "bme" if place in has)
        if _WORD.fullmatch(word) and (word in listed or inside or "w" in has):
            only = "" if word in listed or "w" in has else "-"
            lines.append(f"{word}/{only}{inside}" if inside else word)
    _write("dutch.txt.xz", "\n".join(sorted(lines)))
    words = (f"^{line.partition('/')[0]}$" for line in lines)
    runs = {word[at : at + _RUN] for word in words if word[1:-1].islower() for at in range(len(word) - _RUN + 1)}
    _write("runs.txt.xz", "".join(sorted(run for run in runs if run[1:-1].isalpha())))


def _write(name: str, text: str) -> None:
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    (Path(__file__).parent / name).write_bytes(packed)


if __name__ == "__main__":
    main()
