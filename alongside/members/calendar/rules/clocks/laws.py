"""Which law a request falls under, who must answer it, and whether its clock runs there at all."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.ground.core.choice import Choice
from alongside.members.calendar.rules.settings import Nation


class Law(Choice):
    """What was asked, by the law that says how soon it is answered."""

    SUBJECT_ACCESS = "subject-access", "Subject access request"
    RECORD = "record", "Educational record"
    FOI = "foi", "Freedom of information"
    EIR = "eir", "Environmental information"
    COMPLAINT = "complaint", "Data protection complaint"
    BREACH = "breach", "Personal data breach"

    @property
    def question(self) -> str:
        """What was asked, in the words of whoever opens the letter; about oneself or one's child comes first."""
        return QUESTIONS[self]

    @property
    def answer_word(self) -> str:
        """What has to happen by the date."""
        return {Law.COMPLAINT: "Acknowledge", Law.BREACH: "Report to the ICO"}.get(self, "Answer")


QUESTIONS = {
    Law.SUBJECT_ACCESS: "Information about the person who asks, or about their child",
    Law.RECORD: "A parent asks to see their child’s educational record",
    Law.FOI: "Information about the school or its work",
    Law.EIR: "Information about the environment: land, buildings, energy, noise, waste",
    Law.COMPLAINT: "A complaint about how personal data was used",
    Law.BREACH: "Not a request: personal data was lost, sent astray or seen by the wrong person",
}


class PublicBody(StrEnum):
    """Who must answer: what kind of body the school is, or the partnership's office."""

    MAINTAINED = "maintained"
    NURSERY = "nursery"
    ACADEMY = "academy"
    NON_MAINTAINED_SPECIAL = "non-maintained-special"
    PUPIL_REFERRAL = "pupil-referral"
    INDEPENDENT = "independent"
    OTHER = "other"
    OFFICE = "office"


# By the words of the register's type of establishment, first match first.
BY_TYPE = (
    ("nursery school", PublicBody.NURSERY),
    ("non-maintained special", PublicBody.NON_MAINTAINED_SPECIAL),
    ("pupil referral", PublicBody.PUPIL_REFERRAL),
    ("independent", PublicBody.INDEPENDENT),
    ("academy", PublicBody.ACADEMY),
    ("free school", PublicBody.ACADEMY),
    ("university technical college", PublicBody.ACADEMY),
    ("studio school", PublicBody.ACADEMY),
    ("city technology college", PublicBody.ACADEMY),
    ("community", PublicBody.MAINTAINED),
    ("voluntary", PublicBody.MAINTAINED),
    ("foundation", PublicBody.MAINTAINED),
)
BY_SCHOOL_DAYS = frozenset({PublicBody.MAINTAINED, PublicBody.NURSERY, PublicBody.ACADEMY})


@dataclass(frozen=True)
class Rule:
    """One clock's rule: what it counts, where that stands and since when."""

    words: str
    source: str
    since: date


RULES = {
    Law.SUBJECT_ACCESS: Rule(
        "One calendar month from the day of receipt; school holidays do not stop it",
        "UK GDPR art. 12(3) and 12A, as amended by the Data (Use and Access) Act 2025 s.76",
        date(2018, 5, 25),
    ),
    Law.RECORD: Rule(
        "15 school days", "Education (Pupil Information) (England) Regulations 2005 (SI 2005/1437) reg. 5", date(2005, 7, 8)
    ),
    Law.FOI: Rule("20 working days", "Freedom of Information Act 2000 s.10", date(2005, 1, 1)),
    Law.EIR: Rule("20 working days", "Environmental Information Regulations 2004 (SI 2004/3391) reg. 5 and 7", date(2005, 1, 1)),
    Law.COMPLAINT: Rule(
        "30 days to acknowledge",
        "Data Protection Act 2018 s.164A, from the Data (Use and Access) Act 2025 s.103",
        date(2026, 6, 19),
    ),
    Law.BREACH: Rule("72 hours from becoming aware", "UK GDPR art. 33(1)", date(2018, 5, 25)),
}
FOI_MAINTAINED = Rule(
    "20 school days or 60 working days, whichever ends first",
    "Freedom of Information Act 2000 s.10; SI 2004/3364 reg. 3 (Northern Ireland: SI 2009/1369)",
    date(2005, 1, 1),
)
FOI_ACADEMY = Rule(
    "20 school days or 60 working days, whichever ends first",
    "Freedom of Information Act 2000 s.10; SI 2010/2768, for academies",
    date(2011, 1, 1),
)


def body_of(kind: str) -> PublicBody:
    """Who must answer follows from the type that the register gives the school; an unknown type is said to be unknown.

    Source: R30, which body is the authority; GIAS, types of establishment.
    """
    words = kind.casefold()
    return next((body for name, body in BY_TYPE if name in words), PublicBody.OTHER)


def rule_of(law: Law, body: PublicBody) -> Rule:
    """Freedom of information counts school days at maintained schools and academies, working days everywhere else.

    Source: R30; FOIA s.10, SI 2004/3364, SI 2010/2768.
    """
    if law is Law.FOI and body in BY_SCHOOL_DAYS:
        return FOI_ACADEMY if body is PublicBody.ACADEMY else FOI_MAINTAINED
    return RULES[law]


def why_not(law: Law, body: PublicBody, nation: Nation, received_on: date) -> str:
    """A clock is refused, with the reason, where its law does not reach the school, the nation or the day.

    Source: R30 (educational record: maintained schools only); FOIA Schedule 1 paras 52 and 52A (maintained schools and
    academies, no non-maintained special school); FOI (Scotland) Act 2002; Data (Use and Access) Act 2025 (complaints from
    19 June 2026). Empty when the clock runs; where it is arguable, `doubt` says so.
    """
    if nation is Nation.SCOTLAND and law in {Law.FOI, Law.EIR, Law.RECORD}:
        return "Scotland has laws of its own for this, which are not counted here. The council’s information team will know."
    if law is Law.RECORD and nation is not Nation.ENGLAND_AND_WALES:
        return "The 15 school days are a rule for schools in England. Ask the education authority which rule is yours."
    if law is Law.RECORD and body is PublicBody.ACADEMY:
        return (
            "The right to see the educational record within 15 school days holds for maintained schools only. "
            "An academy treats this as a subject access request: one calendar month."
        )
    if law is Law.RECORD and body not in {PublicBody.MAINTAINED, PublicBody.NON_MAINTAINED_SPECIAL, PublicBody.PUPIL_REFERRAL}:
        return "The 15 school days hold for maintained schools and non-maintained special schools only."
    if law is Law.FOI and body is PublicBody.NON_MAINTAINED_SPECIAL:
        return (
            "The Freedom of Information Act names maintained schools and academies (Schedule 1). A non-maintained special "
            "school is neither, so this law does not reach it. For environmental information it is arguable: choose that."
        )
    if law in {Law.FOI, Law.EIR} and body is PublicBody.INDEPENDENT:
        return "An independent school is not a public authority, so this law does not reach it."
    rule = rule_of(law, body)
    if received_on < rule.since:
        return f"This rule holds from {rule.since.day} {rule.since:%B %Y}; on the day you entered it did not hold yet."
    return ""


def doubt(law: Law, body: PublicBody) -> str:
    """Where it is arguable whether a law reaches a body, the clock runs and the doubt stands beside its date.

    Source: EIR 2004 reg. 2(2)(c) and (d) (bodies that carry out public functions); Education Act 1996 s.19(2) (a pupil
    referral unit is a school that the council maintains) with SI 2005/1437 reg. 5, beside SI 2008/1747 reg. 5, which names
    units for passing records on only; FOIA Schedule 1 paras 7, 52 and 52A.
    """
    if law is Law.EIR and body is PublicBody.NON_MAINTAINED_SPECIAL:
        return "It is arguable whether this law reaches a non-maintained special school, which serves a public purpose: ask."
    if law is Law.RECORD and body is PublicBody.PUPIL_REFERRAL:
        return (
            "A pupil referral unit is a school that the council maintains, so the 15 school days probably hold. "
            "The regulations do not name it for this: ask the council."
        )
    if law is Law.FOI and body is PublicBody.PUPIL_REFERRAL:
        return "The council answers for a pupil referral unit: counted in working days, without the allowance for holidays."
    if law is Law.FOI and body is PublicBody.OTHER:
        return (
            "The register does not say that this is a maintained school or an academy: counted by the earlier date. "
            "Whether the law reaches it at all, ask."
        )
    return ""


def authority_words(body: PublicBody, school: str, trust: str) -> str:
    """The body that must answer is the governing body of a maintained school and the trust of an academy.

    Source: R30, which body is the authority; evidence section 4 (the proprietor is the trust).
    """
    if body is PublicBody.ACADEMY:
        return f"{trust or 'The academy trust'}, as the trust that runs {school}"
    if body in {PublicBody.MAINTAINED, PublicBody.NURSERY, PublicBody.NON_MAINTAINED_SPECIAL}:
        return f"The governing body of {school}"
    if body is PublicBody.PUPIL_REFERRAL:
        return f"The council that maintains {school}, or the management committee that acts for it"
    if body is PublicBody.OFFICE:
        return "Whoever hosts the partnership: the council, a company or a trust"
    return school
