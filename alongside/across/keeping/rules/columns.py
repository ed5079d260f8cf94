"""Whose words every column of text may hold, and what becomes of them when that person is erased.

Source: promise 30 (deleted is deleted); UK GDPR article 17, with its exception for what the law wants kept (17.3b).
A test reads every table of the product and fails for a column that does not stand here.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Columns:
    """One table's columns of text, by what they tell.

    plain: of nobody (ids, hashes, states, our own words, names of schools and bodies).
    words: they may name somebody; the erased person's name, address and number are taken out of them.
    own: by the column that points to a person (by id or by address), the columns that go with them.
    row_of: the columns that point to a person whose row goes away as a whole.
    public: published by the DfE, which corrects its register itself.
    law: kept although they name somebody, and `why`.
    """

    plain: str = ""
    words: str = ""
    own: dict[str, str] = field(default_factory=dict)
    row_of: str = ""
    public: str = ""
    law: str = ""
    why: str = ""

    def named(self) -> set[str]:
        """Every column that stands here."""
        told = " ".join([self.plain, self.words, *self.own, *self.own.values(), self.row_of, self.public, self.law])
        return set(told.split())


MONEY = "a record of money: six years after the end of its year (Companies Act 2006 s.388, HMRC Notice 700/21)"
SIGNED = "who signed an agreement, by whose authority: six years after it ends (Limitation Act 1980 s.5)"

COLUMNS: dict[str, Columns] = {
    # Accounts and signing in
    "people.Person": Columns(plain="session_mark", own={"id": "name email phone password"}),
    "people.Role": Columns(row_of="person_id"),
    "people.Invitation": Columns(row_of="accepted_by_id email", plain="token_hash code_hash invited_by_id", words="name"),
    "people.SignIn": Columns(row_of="person_id", plain="session_key device how"),
    "people.SeptemberCheck": Columns(plain="confirmed_by_id"),
    "account.EmailAddress": Columns(row_of="user_id email"),
    "account.EmailConfirmation": Columns(plain="key"),
    "mfa.Authenticator": Columns(row_of="user_id", plain="data"),
    "socialaccount.SocialAccount": Columns(row_of="user_id", plain="provider uid extra_data"),
    "socialaccount.SocialApp": Columns(plain="provider provider_id name client_id secret key settings"),
    "socialaccount.SocialToken": Columns(plain="token token_secret"),
    "sessions.Session": Columns(plain="session_key session_data"),  # the person's own end with `session_mark`, and are deleted
    "auth.Group": Columns(plain="name"),
    "auth.Permission": Columns(plain="name codename"),
    "contenttypes.ContentType": Columns(plain="app_label model"),
    # Mail and work
    "notices.Notice": Columns(
        plain="kind link",
        words="subject body problem",
        own={"to": "to subject body sealed problem", "person": "to subject body sealed problem"},
    ),
    "notices.Preference": Columns(row_of="person"),
    "notices.Returned": Columns(plain="status", own={"address": "address words"}),
    "django_tasks_database.DBTaskResult": Columns(
        plain="args_kwargs task_path worker_ids queue_name backend_name return_value exception_class_path", words="traceback"
    ),
    "work.Job": Columns(row_of="person", plain="partnership what message link link_text"),
    "work.PeriodicRun": Columns(plain="task"),
    "work.Worker": Columns(plain="place"),
    # The log
    "audit.Event": Columns(plain="person act row partnership school facts reason"),
    "audit.Reason": Columns(words="words", plain="salt"),  # frozen: a reason that names somebody goes as a whole
    "audit.Seal": Columns(plain="before hash"),
    # The register and what is made of it
    "schools.Change": Columns(public="fact old new"),
    "schools.Establishment": Columns(
        public="name la_code la_name number phase type status street locality address3 town county postcode gender religion "
        "admissions nursery sixth_form provision phone website head_title head_first_name head_last_name head_post trust_name "
        "federation_name known_on"
    ),
    "schools.Extract": Columns(plain="file_name kind facts"),
    "schools.Group": Columns(public="group_id name kind status company_number town postcode"),
    "schools.Succession": Columns(plain="kind decided_by"),
    "search.Entry": Columns(plain="kind key", words="text"),
    "search.Word": Columns(plain="kind", words="word"),
    # Partnerships and their days
    "partnerships.Partnership": Columns(plain="slug name area la_code", own={"contact_email": "contact_email"}),
    "partnerships.Setting": Columns(plain="app", words="values"),
    "calendar.BankHoliday": Columns(plain="title"),
    "calendar.Blackout": Columns(words="name"),
    "calendar.Clock": Columns(words="label", plain="hash"),
    "calendar.ClockChange": Columns(words="because"),
    "home.Feed": Columns(row_of="person_id", plain="secret_hash"),
    "home.FeedEntry": Columns(row_of="person_id", plain="uid slug digest"),
    # Joining
    "membership.Answer": Columns(plain="post", words="reason note", own={"email": "email"}),
    "membership.Chase": Columns(plain="person", words="subject body"),
    "membership.Contact": Columns(plain="person", words="spoke_to words"),
    "membership.Prospectus": Columns(
        plain="text_hash dates", law="summary why principles priorities offer governance costs timeline agreement", why=SIGNED
    ),
    "membership.Question": Columns(plain="person replied_by", words="words reply public_words", own={"email": "email"}),
    "membership.Reminder": Columns(own={"email": "email"}),
    "membership.Roll": Columns(plain="text_hash", words="name"),
    "membership.RollEntry": Columns(plain="name constituency text_hash"),
    "membership.Signature": Columns(plain="text_hash batch person", law="name post told_by withdrawn_by_decision", why=SIGNED),
    "membership.WorkingGroup": Columns(words="name sponsors members hands_over"),
    # Give and receive
    "contributions.Contribution": Columns(plain="between source source_row words"),
    "contributions.OutsideBody": Columns(plain="name"),
    # Money
    "bank.BankFile": Columns(plain="name"),
    "bank.BankLine": Columns(plain="digest", law="words why_ignored", why=MONEY),
    "authority.Authority": Columns(plain="entered_by", law="body reference words", why=MONEY),
    "budget.Commitment": Columns(law="to words why_released", why=MONEY),
    "invoices.CreditNote": Columns(
        plain="reference school_name host_number facts_hash",
        law="supplier payer_name payer_address purchase_order reason authority_body authority_reference",
        why=MONEY,
    ),
    "invoices.FeeYear": Columns(plain="support_words"),
    "budget.Heading": Columns(plain="name"),
    "invoices.HeldMoney": Columns(law="reference reason", why=MONEY),
    "invoices.Invoice": Columns(
        plain="reference school_name facts_hash host_number",
        own={"payer_email": "payer_email"},
        law="supplier payer_name payer_address purchase_order later_order later_payer later_payer_address",
        why=MONEY,
    ),
    "invoices.InvoiceLine": Columns(law="words later_vat_words", why=MONEY),
    "invoices.LetOffDebt": Columns(law="reason authority_body authority_reference", why=MONEY),
    "invoices.OpeningCode": Columns(plain="code_hash"),
    "invoices.Payer": Columns(words="name address purchase_order", own={"email": "email"}),
    "invoices.Payment": Columns(plain="method", law="reference", why=MONEY),
    "invoices.Query": Columns(words="words", own={"email": "name email"}),
    "invoices.Reminder": Columns(words="spoke_to words", own={"to": "to"}),
    "invoices.Series": Columns(plain="prefix"),
    "fees.Settled": Columns(law="payer_name payer_address payer_email", why=MONEY),
    "budget.Spending": Columns(law="payee words reference", why=MONEY),
    "documents.Document": Columns(plain="kind row sha256", law="pdf", why=MONEY),
    # Files
    "files.StoredFile": Columns(
        row_of="person", plain="partnership school kind sha256 stored_as uploaded_by", words="title name"
    ),
    # The demonstration, whose people are invented
    "demo.DemoState": Columns(plain="place built_from"),
    "demo.Kept": Columns(plain="table rows"),
    # Keeping
    "keeping.Hold": Columns(plain="row by", words="reason"),
    "keeping.Erasure": Columns(plain="person address"),
}
