"""What proves, beside signing in, that it is really the person: asked where money and the like are touched."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def is_proof_fresh(given_at: float | None, now: float, lasts: int) -> bool:
    """A second factor counts for eight hours in the browser where it was given, and never longer than the session.

    Source: issue 3 (workable on a shared school PC); docs/decisions/0009. Seconds of real time.
    """
    return given_at is not None and 0 <= now - given_at < lasts


def is_to_have_one(who: Standing) -> bool:
    """Whoever works in a partnership's office sets up a second factor, because they touch everybody's money.

    Source: reliability.md section 0, decision 10.
    """
    return who.can(Power.OFFICE)


def can_use_mailed_code(by_own_password: bool, has_stronger: bool, in_office: bool) -> Verdict:
    """A code by e-mail is a second factor only beside a password of one's own: to who signed in by e-mail it says nothing new.

    Nobody who has set up something stronger is ever asked for less, and the office, which acts for all schools, sets up
    something stronger. Source: docs/decisions/0009; reliability.md section 2 (compromised mailbox).
    """
    if in_office:
        return no("Whoever works in the office sets up something that does not depend on a mailbox.")
    if has_stronger:
        return no("You have set up something stronger than a code by e-mail.")
    if not by_own_password:
        return no("You signed in through your mailbox, so a second code sent there would prove nothing more.")
    return YES


def does_google_vouch(email: str, verified: bool, domain: str) -> bool:
    """Google knows whose an address is only where it runs the mailbox: its own, or those of a school's own Workspace domain.

    Source: Google's guide to its ID tokens (`email_verified` beside `hd`); reliability.md section 2.
    """
    end = email.rpartition("@")[2].lower()
    return verified and bool(end) and (end == "gmail.com" or end == domain.lower())


def device_words(agent: str) -> str:
    """A browser and its machine as somebody would say it: 'Chrome on Windows'.

    Source: issue 3 (sessions listed and ended); only for recognising one's own.
    """
    browsers = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("CriOS", "Chrome"),
                ("FxiOS", "Firefox"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
    machines = (("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("CrOS", "a Chromebook"),
                ("Windows", "Windows"), ("Macintosh", "a Mac"), ("Linux", "Linux"))  # fmt: skip
    browser = next((name for sign, name in browsers if sign in agent), "")
    machine = next((name for sign, name in machines if sign in agent), "")
    if browser and machine:
        return f"{browser} on {machine}"
    return browser or machine or "A browser that does not say what it is"
