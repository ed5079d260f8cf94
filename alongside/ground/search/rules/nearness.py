"""Which of the things that words find is meant."""

from collections.abc import Iterable, Sequence

from alongside.ground.search.rules.writing import KINDS, LEFT_OUT, LITTLE, TRUSTS, fold_all, is_telling, joined, meant, weight

Row = tuple[str, str, str, bool]
WORTH = 1, 0.8, 0.5  # of a word in the name, in the place, elsewhere
Groups = Sequence[Sequence[str]]  # for each word what may stand for it; with a star where its beginning is enough


def sought(groups: Groups) -> list[tuple[float, list[str]]]:
    """Each group of words weighs as the first of it; a word is looked for between its neighbours, or as a beginning.

    Source: as `closeness`.
    """
    return [(weight(group[0]), [_written(word) for word in group]) for group in groups]


def closeness(asked: Sequence[tuple[float, list[str]]], text: str) -> float:
    """How well an entry's text fits the words that are `sought`: a word in the name counts most, then one in the place, then
    elsewhere; and the less of the name is left over, the better. From 0 to 3, and 2 or more when the name holds all words.

    Source: section 2 of the issue on search, hits in the name first; words that are kinds of school count little.
    """
    start = text.index(" | ") + 2
    whole = hit = named = 0.0
    for heavy, words in asked:
        whole += heavy
        for word in words:
            if (at := text.find(word, start)) != -1:
                part = text.count(" | ", start, at + 1)
                hit += heavy * WORTH[part]
                named += 0 if part else heavy
                break
    name = text[start + 1 : text.index(" | ", start)].split()
    weighs = len(name) - (1 - LITTLE) * sum(map(KINDS.__contains__, name))
    return 2 * hit / whole + min(1.0, named / weighs if name else 0)


def groups_of(words: Sequence[str], *, is_whole: bool = False) -> Groups:
    """For each folded word what it means; of the last, which may not be typed to its end, the beginning is enough.

    Source: as `meant`. 'School' and 'Trust' are asked for only where nothing else is.
    """
    every = meant(" ".join(words)).split()
    groups: list[tuple[str, ...]] = [(word,) for word in every if word not in LEFT_OUT] or [(word,) for word in every]
    if groups and not is_whole and groups[-1][0] == meant(words[-1]) and groups[-1][0] not in KINDS:
        groups[-1] = (groups[-1][0], f"{words[-1]}*")
    return groups


def all_begun(groups: Groups) -> Groups:
    """The beginning of every word is enough.

    Source: R1, search: 'N Yorks', 'St Mary Uxb'.
    """
    return [group if group[-1][-1] == "*" else (*group, f"{group[0]}*") for group in groups]


def is_it(groups: Groups, text: str) -> bool:
    """Whether an entry is surely meant: every word is in its name or its place, and its name has no other that tells.

    Source: as `closeness`.
    """
    _, name, place, _ = text.split(" | ")
    found = f" {name} {place} "
    asked = {word for group in groups for word in group}
    return all(word in asked for word in name.split() if is_telling(word)) and all(_stands(group, found) for group in groups)


def _stands(group: Sequence[str], text: str) -> bool:
    return any(_written(word) in text for word in group)


def _written(word: str) -> str:
    """A word as it stands in a text between its neighbours, or its beginning."""
    return f" {word[:-1]}" if word[-1] == "*" else f" {word} "


def holds(name: str, groups: Groups) -> bool:
    """Whether a name holds every word, or what may stand for it.

    Source: as `meant`: a search for a trust finds the trust.
    """
    text = f" {meant(name)} "
    return all(_stands(group, text) for group in groups)


def order(groups: Groups, typed: str, rows: Iterable[Row], at_least: float = 0) -> list[str]:
    """The keys of rows (key, folded name, entry, whether it is past), the nearest first: who is called exactly so, then who
    is there still and called so in other words, then as close as they are; what is past comes after what is.

    Source: sections 1 and 2 of the issue on search: exact names always first, hits in the name next.
    """
    wanted = meant(typed)
    name, found = f" {joined(wanted)}", list[tuple[float, str, str]]()
    is_trust = not TRUSTS.isdisjoint(wanted.split())
    phrase = f"{wanted.removesuffix(' trust')} "
    said, asked = set(typed.split()), sought(groups)
    for key, called, text, is_past in rows:
        near = closeness(asked, text) if asked else 0
        if text.startswith(name):
            near = max(near, 2 + len(name) / text.index(" ", 1)) + 0.3
        elif f" {phrase}" in text:
            near += 0.3
            if is_trust and f" {phrase}" in f" {(more := text.split(' | ')[3])}":
                near = max(near, 3.6 if more.startswith(phrase) else 3)
        if near < 2 * at_least:
            continue
        near += 0.1 * len(said.intersection(called.split())) / len(said)
        if called.startswith(typed):
            near += 9 if called == typed else 0.3
        if not is_past and text.startswith(f"{name} "):
            near += 3
        found.append((is_past - near, called, key))
    return [key for *_, key in sorted(found)]


def nearness(name: str, words: str) -> int:
    """Whose name begins with the words comes first, then whose name has each of them at the beginning of a word.

    Source: R1, search; a name is what somebody types. 0, 1, or 2 where something other than the name was found.
    """
    said, asked = fold_all([name, words])
    if said.startswith(asked):
        return 0
    parts = said.split()
    return 1 if all(any(part.startswith(word) for part in parts) for word in asked.split()) else 2
