"""How words are compared: without capitals, accents, apostrophes and punctuation, and as equal where people write them
in several ways."""

import unicodedata
from collections.abc import Sequence

LETTERS = bytes(ord(chr(at).lower()) if at < 128 and (chr(at).isalnum() or at == 10) else 32 for at in range(256))


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
    plain = "\n".join([text.replace("\n", " ") for text in texts])
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
LITTLE = 0.2  # what a word of KINDS weighs, of one
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
    return LITTLE if word in KINDS else 1.0


def entry(name: str, place: str, more: str) -> str:
    """What stands in the index for a thing: its name as one word, its name, its place, and what else it is found by.

    Source: as `meant`; all three come as `meant_all` leaves them.
    """
    return f" {joined(name)} | {name} | {place} | {more} "
