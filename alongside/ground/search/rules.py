"""How words are compared: without capitals, accents, apostrophes and punctuation, and as equal where people write them
in several ways; and which of the things that they find is meant."""

import unicodedata
from collections.abc import Iterable, Sequence

LETTERS = bytes(ord(chr(at).lower()) if at < 128 and (chr(at).isalnum() or at == 10) else 32 for at in range(256))
Row = tuple[str, str, str, bool]
Groups = Sequence[Sequence[str]]  # for each word what may stand for it; with a star where its beginning is enough


def fold(text: str) -> str:
    """Two spellings of a name are the same when they differ in capitals, accents, apostrophes or punctuation.

    Source: R1, search forgives spelling: 'St Bride’s' is 'st brides', '&' is 'and'.
    """
    return fold_all([text])[0]


def fold_all(texts: list[str]) -> list[str]:
    """Many texts are folded at once, line by line, because that is ten times as quick.

    Source: R1, as `fold`.
    """
    if not texts:
        return []
    plain = "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts])
    if not plain.isascii():
        for sign in "’‘´ʼ":
            plain = plain.replace(sign, "")
        plain = plain.replace("–", " ").replace("—", " ")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    plain = plain.replace("&", " and ").encode().translate(LETTERS, b"'`").decode()
    while "  " in plain:
        plain = plain.replace("  ", " ")
    return plain.replace(" \n", "\n").replace("\n ", "\n").strip(" ").split("\n")


# Source: how the 51,000 names of the register (GIAS, 2023 to 2026) write the same thing, and how heads type it. What is added
# here changes what stands in the index: `members/schools/migrations` says how an installation builds it anew.
EQUAL_PHRASES = (
    ("ce", "church of england; c of e; cof e; c e"),
    ("ciw", "church in wales; c in w"),
    ("catholic", "roman catholic; r c"),
    ("va", "voluntary aided; v a"),
    ("vc", "voluntary controlled; v c"),
    ("pru", "pupil referral unit; pupil referral service"),
    ("ap", "alternative provision"),
    ("sen", "special educational needs"),
    ("utc", "university technical college"),
    ("jmi", "junior mixed and infants; junior mixed and infant; junior mixed infant"),
    ("trust", "multi academy trust; multi academies trust"),
)
ONLY_TYPED = (
    ("ce", "church england; c of england; church of e; ch of e; c ofe; c o e"),
    ("catholic", "r catholic"),
    ("pru", "pupil referral unit; pupil referral service; pupil referral; p r u"),
    ("ap", "a p"),
    ("sen", "special educational needs and disabilities; s e n d; s e n"),
    ("utc", "u t c"),
    ("jmi", "j m and i; jm and i; j m i; jm i"),
    ("trust", "m a t"),
)
EQUAL_WORDS = {
    "st": "saint saints sts ss snt",
    "ce": "cofe coe",
    "catholic": "rc cath cathol rcatholic",
    "va": "aided",
    "vc": "controlled",
    "pru": "prus",
    "sen": "send",
    "trust": "mat",
    "school": "sch schl schol skl skool",
    "primary": "pri prim prm prmy prmry primry primaries",
    "junior": "jnr jun jr jnior",
    "infant": "inf inft infnt",
    "nursery": "nurs nsy nur nursry nurseries",
    "secondary": "sec secondry secndry",
    "middle": "mid mdl",
    "academy": "acad acdmy acadamy academies",
    "grammar": "gram gramm grammer",
    "community": "comm com cmty commnty",
    "comprehensive": "comp compr",
    "college": "coll col clg",
    "special": "spec specialist",
    "prep": "preparatory",
    "methodist": "meth",
    "technology": "tech",
    "foundation": "fdn",
    "federation": "fed",
    "centre": "center ctr cntr",
    "university": "univ uni",
    "avenue": "ave av",
    "road": "rd",
    "lane": "ln",
    "street": "str",
    "park": "pk",
    "house": "hse",
    "green": "grn",
    "garden": "gdn",
    "square": "sq",
    "crescent": "cres",
    "mount": "mt",
    "great": "gt grt",
    "lower": "lwr",
    "upper": "upr",
    "queen elizabeth grammar": "qegs",
    "first": "1st",
    "second": "2nd ii 2",
    "third": "3rd iii 3",
    "fourth": "4th iv 4",
    "sixth": "6th vi 6",
    "seventh": "7th vii 7",
    "eighth": "8th viii 8",
    "bedfordshire": "beds",
    "berkshire": "berks",
    "buckinghamshire": "bucks",
    "cambridgeshire": "cambs",
    "derbyshire": "derbys",
    "gloucestershire": "glos",
    "hampshire": "hants",
    "hertfordshire": "herts",
    "lancashire": "lancs",
    "leicestershire": "leics",
    "lincolnshire": "lincs",
    "middlesex": "middx",
    "northamptonshire": "northants",
    "nottinghamshire": "notts",
    "oxfordshire": "oxon",
    "shropshire": "salop",
    "staffordshire": "staffs",
    "warwickshire": "warks",
    "wiltshire": "wilts",
    "worcestershire": "worcs",
    "yorkshire": "yorks",
    "birmingham": "bham",
    "liverpool": "lpool",
    "manchester": "mcr mchester",
    "southampton": "soton",
}
SAY_NOTHING = "a an and at for in le of on s the upon"
KINDS = frozenset(
    "academy ap boy catholic ce centre church ciw co college community comprehensive education federation first foundation "
    "free girl grammar high independent infant jmi junior learning middle mixed nursery partnership prep primary pru school "
    "secondary sen special sixth st trust utc va vc voluntary".split()
)
LEFT_OUT = frozenset({"school", "trust"})
TRUSTS = frozenset({"federation", "partnership", "trust"})
MEANS = {
    **dict.fromkeys(SAY_NOTHING.split(), ""),
    **{word + end: one for one, words in EQUAL_WORDS.items() for word in words.split() for end in ("s", "")},
}
PHRASES, TYPED = (
    [(f" {phrase} ", f" {one} ") for one, phrases in table for phrase in phrases.split("; ")]
    for table in (EQUAL_PHRASES, ONLY_TYPED)
)


def meant(text: str) -> str:
    """The words of a text as they are compared: equal words alike, small words left out, a last s too.

    Source: case 18, search as heads type: 'Saint Mary's C of E Jnr Sch' is 'St Marys Church of England Junior School'.
    """
    typed = f" {fold(text)} "
    for phrase, one in TYPED:
        typed = typed.replace(phrase, one)
    return meant_all([typed.strip()])[0]


def meant_all(folded: Sequence[str]) -> list[str]:
    """Many folded texts at once, as `meant`.

    Source: as `meant`.
    """
    text = " " + " \n ".join(folded) + " "
    for phrase, one in PHRASES:
        text = text.replace(phrase, one)
    words = text.split(" ")
    text = " ".join(filter(None, map(MEANS.get, words, words))) + " "
    text = text.replace("ss ", "\t").replace("s ", " ").replace("\t", "ss ")
    return [line.strip() for line in text.split("\n")]


def joined(name: str) -> str:
    """A name as one word, so that 'Co-op' is 'Coop' and 'High Field' 'Highfield'; whether it says 'School' does not matter.

    No other word begins as these do.

    Source: as `meant`.
    """
    return "xq" + f" {name} ".replace(" school ", " ").replace(" ", "")


def is_telling(word: str) -> bool:
    """Whether a word may say by itself which thing is meant: no number, no letter, nothing that very many are called.

    Source: as `meant`.
    """
    return word.isalpha() and len(word) > 2 and word not in KINDS


def weight(word: str) -> float:
    """A word that very many names hold says little of which school is meant.

    Source: as `meant`; the words that stand in more than one name of a hundred, and kinds of school.
    """
    return 0.2 if word in KINDS else 1.0


def entry(name: str, place: str, more: str) -> str:
    """What stands in the index for a thing: its name as one word, its name, its place, and what else it is found by.

    Source: as `meant`; all three come as `meant_all` leaves them.
    """
    return f" {joined(name)} | {name} | {place} | {more} "


def closeness(groups: Groups, text: str) -> float:
    """How well an entry's text fits the words: a word in the name counts most, then one in the place, then elsewhere; and
    the less of the name is left over, the better. From 0 to 3, and 2 or more when the name holds all of the words.

    Source: section 2 of the issue on search, hits in the name first; words that are kinds of school count little.
    """
    start = text.index(" | ") + 2
    end = text.index(" | ", start)
    after = text.index(" | ", end + 2)
    whole = hit = named = 0.0
    for group in groups:
        heavy = weight(group[0])
        whole += heavy
        for word in group:
            at = text.find(f" {word[:-1]}" if word[-1] == "*" else f" {word} ", start)
            if at < 0:
                continue
            if at < end:
                hit += heavy
                named += heavy
            else:
                hit += heavy * (0.8 if at < after else 0.5)
            break
    name = sum(map(weight, text[start + 1 : end].split()))
    return 2 * hit / whole + min(1.0, named / name if name else 0)


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
    return any((f" {word[:-1]}" if word[-1] == "*" else f" {word} ") in text for word in group)


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
    said = set(typed.split())
    for key, called, text, is_past in rows:
        near = closeness(groups, text) if groups else 0
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
    if not asked or said.startswith(asked):
        return 0
    parts = said.split()
    return 1 if all(any(part.startswith(word) for part in parts) for word in asked.split()) else 2


def trigrams(word: str) -> set[str]:
    """A word's runs of three letters, its beginning and end marked.

    Source: architecture.md, fuzzy search by trigrams.
    """
    marked = f"  {word} "
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


def likeness(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1: shared trigrams over all trigrams.

    Source: architecture.md, fuzzy search by trigrams.
    """
    mine, theirs = trigrams(one), trigrams(other)
    return len(mine & theirs) / len(mine | theirs)


def distance(one: str, other: str) -> int:
    """How many slips turn one word into the other: a letter too many, too few, wrong, or two exchanged.

    Source: R1, search forgives spelling (optimal string alignment).
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, theirs in enumerate(other, 1):
            best = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != theirs))
            if before and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        before, above = above, line
    return above[-1]


def alike(word: str, others: list[str], most: int = 5) -> tuple[str, ...]:
    """One slip is forgiven in a short word, two from six letters, three from eleven; the likeliest come first.

    Source: R1, search forgives spelling.
    """
    slips = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
    near = [(distance(word, other), -likeness(word, other), other) for other in others if abs(len(other) - len(word)) <= slips]
    return tuple(other for far, _, other in sorted(near)[:most] if far <= slips)
