"""The words and the page of every kind of row that `home` gathers. An app that gives rows adds its lines here.

Source: architecture.md "What gathers from every app"; the words are the app's own, in a head's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What one kind of row says and where it leads.

    `one` and `many` may hold {number}, {label} and {partnership}; `many` is used when the number is not one.
    `page` is the name of the page; `slug` and `key` are the names of its keywords that take the partnership's slug and
    the row's key ("" : the page has none). `soon` is said when there is no date ("Soon", "This week", "Today"), `off` of a
    dated thing that is so no longer.
    """

    one: str
    many: str = ""
    page: str = ""
    slug: str = "slug"
    key: str = ""
    soon: str = "Soon"
    off: str = "Cancelled"

    def words(self, label: str = "", number: int = 1, partnership: str = "") -> str:
        """The sentence with its number, label and partnership."""
        sentence = self.one if number == 1 or not self.many else self.many
        return sentence.format(number=f"{number:,}", label=label, partnership=partnership)

    def keywords(self, slug: str, key: str) -> dict[str, str]:
        """The keywords of the page."""
        return {name: value for name, value in ((self.slug, slug), (self.key, key)) if name}


# One line for each `what` of as_needs and as_dates, in the order of the apps; keep an app's lines together.
WORDS: Mapping[str, Row] = {
    # calendar: what waits
    "calendar.clock_due": Row("{label} is due", page="calendar:clock", key="key"),
    "calendar.examples": Row("Type the real term dates of {label}, or say that they are real", page="calendar:year"),
    # calendar: what is dated
    "calendar.begins": Row("{label} begins", page="calendar:year"),
    "calendar.ends": Row("{label} ends", page="calendar:year"),
    "calendar.closure": Row("{label}", page="calendar:year"),
    "calendar.clock": Row("{label} is due", page="calendar:clock", key="key"),
    "calendar.bank_holiday": Row("{label}"),
    # notices
    "notices.unread": Row("Read a new message", "Read {number} new messages", page="notices:mine", slug=""),
    "notices.not_sent": Row(
        "A message could not be sent: look why", "{number} messages could not be sent: look why", page="notices:list"
    ),
    "notices.came_back": Row(
        "Mail to an address came back: check it", "Mail to {number} addresses came back: check them", page="notices:list"
    ),
    # people: what waits
    "people.second_factor": Row("Set up a second factor for the pages about money", page="people:prove", slug="", soon="Today"),
    "people.september": Row("Confirm the people of {label} for this year", page="people:september", key="urn"),
    "people.unconfirmed": Row(
        "A school has not confirmed its people this year",
        "{number} schools have not confirmed their people this year",
        page="people:list",
    ),
    "people.unanswered": Row(
        "{label} has not answered an invitation for two weeks",
        "{number} people have not answered an invitation for two weeks",
        page="people:list",
    ),
    "people.follower": Row("{label} leaves, and whoever is invited to follow has not said yes", page="people:school", key="urn"),
    "people.without_head": Row("{label} has no head here: invite one", page="people:school", key="urn"),
    "people.ending": Row("{label} leaves, and nobody is invited to follow", page="people:invite_successor", key="role"),
    # people: what is dated
    "people.begins": Row("{label} begins in a post", page="people:list"),
    "people.you_begin": Row("You begin as {label}", page="people:account", slug=""),
    "people.you_end": Row("Your last day as {label}", page="people:account", slug=""),
    "people.ends": Row("Last day of {label} in a post", page="people:list"),
    # membership: what waits
    "membership.questions": Row(
        "Answer a question from {label}", "Answer {number} questions from schools", page="membership:questions"
    ),
    "membership.no_reply": Row(
        "{label} has not replied yet: chase or call",
        "{number} schools have not replied yet: chase or call them",
        page="membership:overview",
    ),
    "membership.freeze": Row("Freeze the roll of members", page="membership:roll"),
    "membership.answer": Row("Answer the invitation for {label}", page="membership:answer", key="urn"),
    "membership.sign": Row("Sign for {label} when it is decided", page="membership:answer", key="urn"),
    # membership: what is dated
    "membership.discussion": Row("Discussion of the proposals", page="membership:prospectus"),
    "membership.sign_by": Row("Schools sign up by the end of this day", page="membership:prospectus"),
    "membership.board": Row("The board meets for the first time", page="membership:prospectus"),
    "membership.roll": Row("The roll of members is frozen", page="membership:prospectus"),
    "membership.support": Row("Support for schools begins", page="membership:prospectus"),
    "membership.term_ends": Row("The term that schools signed for ends", page="membership:prospectus"),
    "membership.subject": Row(
        "{label} decides whether to sign",
        "{number} of your schools decide whether to sign",
        page="membership:answer",
        key="urn",
    ),
    "membership.deciding": Row(
        "{label} decides whether to sign", "{number} schools decide whether to sign", page="membership:school", key="urn"
    ),
    "membership.group_ends": Row("{label} hands over", page="membership:prospectus"),
    # money: what waits
    "invoices.overdue": Row(
        "An invoice is past the due date", "{number} invoices are past the due date", page="fees:overview", soon="This week"
    ),
    "invoices.queried": Row("Answer a query about an invoice", "Answer {number} queries about invoices", page="fees:overview"),
    "invoices.to_ring": Row(
        "Ring a school about its invoice", "Ring {number} schools about their invoices", page="invoices:reminders"
    ),
    "bank.lines": Row(
        "A line of the bank waits to be looked at", "{number} lines of the bank wait to be looked at", page="bank:bank"
    ),
    "fees.open_year_two": Row("Open fee year {label}", page="fees:year_two"),
    "fees.reduction_undecided": Row("Write down what the board decides on the year {label} fee", page="fees:year_two"),
    "fees.liabilities": Row(
        "A school has gone: what becomes of its fee?",
        "{number} schools have gone: what becomes of their fees?",
        page="fees:liability",
    ),
    "invoices.to_pay": Row("Invoice for {label}", page="invoices:invoice", key="number"),
    # money: what is dated
    "invoices.due": Row("Invoice due: {label}", page="invoices:invoice", key="number", off="Settled"),
    "invoices.run_due": Row("Invoices fall due", page="fees:overview", off="All settled"),
    "fees.year_out": Row("Invoices of year {label} go out", page="fees:year_two"),
    "fees.year_ends": Row("The months that fee {label} supports end", page="budget:budget"),
    "fees.evaluation": Row("The partnership is evaluated after eighteen months", page="fees:year_two"),
    # contributions
    # work
}
