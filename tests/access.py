"""The lines of pages that belong to no app of ours: signing in (django-allauth)."""

from tests.audiences import Audience as A, Line

KEY = {"uidb36": "1", "key": "abc-def"}
LINES: dict[str, Line] = {
    "account_login": Line(audience=A.EVERYONE, methods=("GET", "POST")),
    "account_request_login_code": Line(audience=A.EVERYONE, methods=("GET", "POST")),
    "account_confirm_login_code": Line(audience=A.SIGNED_IN),  # only on the way through signing in by code
    "account_logout": Line(audience=A.EVERYONE, methods=("GET", "POST")),
    "account_inactive": Line(audience=A.EVERYONE),
    "account_reset_password": Line(audience=A.EVERYONE, methods=("GET", "POST")),
    "account_reset_password_done": Line(audience=A.EVERYONE),
    "account_reset_password_from_key": Line(lambda world: KEY, audience=A.EVERYONE, methods=("GET", "POST")),
    "account_reset_password_from_key_done": Line(audience=A.EVERYONE),
    # there only where the installation has keys for them: see alongside/members/people/tests/test_other_accounts.py
    "microsoft_login": Line(audience=A.NOBODY, methods=("GET", "POST")),
    "microsoft_callback": Line(audience=A.NOBODY, methods=("GET", "POST")),
    "google_login": Line(audience=A.NOBODY, methods=("GET", "POST")),
    "google_callback": Line(audience=A.NOBODY, methods=("GET", "POST")),
}
