"""Accounts that are hard to take: a second factor, a list of codes, the browsers one is in; and many invited at once."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, Page

from tests import browser as browsers
from tests.browser import Walk

MONEY = "/p/elthorne-learning-partnership/fees/set-up/"
PEOPLE = "/p/elthorne-learning-partnership/people/"
MANAGER = "manager@elthorne.example"


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def sign_in_by_code(walk: Walk, address: str) -> Page:
    """Sign in as anybody does, with the code that a demonstration shows instead of sending it."""
    walk.go("/login/")
    walk.page.locator("#code-email").fill(address)
    page = walk.press("Send me a code")
    shown = re.search(r"This one would say: (\S+)", page.locator("main").inner_text())
    assert shown, page.locator("main").inner_text()
    walk.fill(code=shown[1])
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    return walk.look()


def sign_out(walk: Walk) -> None:
    """By the button at the top."""
    walk.press("Sign out", exact=True)


def test_the_manager_sets_up_an_app_and_gets_to_the_money(walk: Walk) -> None:
    walk.start_again()
    sign_in_by_code(walk, MANAGER)
    page = walk.go(MONEY)
    assert walk.headline() == "One more lock, before you go on"
    walk.press("Set up an app")
    page = walk.page
    page.locator("summary", has_text="No camera").click()
    secret = page.locator(".al-spelt").inner_text().replace(" ", "")
    walk.fill(code="000000")
    walk.press("Set it up")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    walk.fill(code=code_of(secret))
    walk.press("Set it up")
    assert walk.headline() == "Your list of codes"
    codes = page.locator(".al-codes li").all_inner_texts()
    assert len(codes) == 10
    walk.press("I have kept them")
    assert page.url.endswith(MONEY)

    sign_out(walk)
    sign_in_by_code(walk, MANAGER)
    walk.go(MONEY)
    assert walk.headline() == "Show that it is you"
    walk.fill(code=codes[0])
    walk.press("Go on", exact=True)
    assert page.url.endswith(MONEY)

    walk.go("/me/security/")
    assert "9 unused codes" in page.locator("main").inner_text()
    walk.press("Sign out everywhere but here")
    assert "signed out everywhere but here" in page.locator("main").inner_text()
    page.get_by_role("link", name="Take off the app").click()
    walk.look()
    walk.press("Remove it")
    assert "The app for codes is removed" in page.locator("main").inner_text()


def test_the_office_invites_many_from_a_sheet(walk: Walk) -> None:
    walk.start_again()
    walk.press("Sit in the manager")
    walk.go(PEOPLE + "invite-many/")
    sheet = walk.file("Download the sheet").decode("utf-8-sig")
    assert sheet.startswith("Name,E-mail,Post,URN,School") and sheet.count("\n") > 90
    wrong = "Name,E-mail,Post,URN\nSam Okafor,sam@elm.example,Headteacher,900001\nBo,bo at oak,Bursar,900002\n"
    walk.page.set_input_files("input[type=file]", {"name": "people.csv", "mimeType": "text/csv", "buffer": wrong.encode()})
    walk.press("Look it through")
    assert walk.headline() == "1 line to put right" and "Enter an e-mail address like" in walk.page.locator("main").inner_text()
    walk.press("Send the sheet again")
    right = wrong.replace("bo at oak", "bo@oak.example")
    walk.page.set_input_files("input[type=file]", {"name": "people.csv", "mimeType": "text/csv", "buffer": right.encode()})
    walk.press("Look it through")
    assert walk.headline() == "2 people would be invited"
    walk.press("Send 2 invitations")
    assert "2 invitations written" in walk.page.locator("main").inner_text()


def test_a_head_asks_for_a_successor_and_sees_both(walk: Walk) -> None:
    walk.start_again()
    walk.press("Sit in the manager")
    walk.go(PEOPLE + "?show=all&q=amberside")
    walk.press("Amberside Primary")
    walk.page.locator("details.al-people__more summary").first.click()
    walk.press("Successor")
    walk.fill(name="Nia Bright", email="nia@amberside.example", from_on="1 9 2022")
    walk.press("Send the invitation")
    words = walk.page.locator("main").inner_text()
    assert "stays in the post until the answer is yes" in words and "until 31 August" not in words
    assert "Nia Bright" in words and "from 1 September 2022" in words


@pytest.fixture
def desk(product: str, browser: Browser) -> Iterator[Walk]:
    """A window in which scripts run, whatever the others have: a passkey needs them."""
    with browsers.walk(browser, product, browsers.DESK) as one:
        yield one


def test_a_passkey_is_set_up_and_shown(desk: Walk) -> None:
    walk = desk
    walk.base = walk.base.replace("127.0.0.1", "localhost")  # passkeys belong to a name, not to a number
    tool = walk.context.new_cdp_session(walk.page)
    tool.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    walk.start_again()
    sign_in_by_code(walk, "finance@elthorne.example")
    walk.go(MONEY)
    walk.press("Set up a passkey")
    walk.fill(name="The office computer")
    walk.page.get_by_role("button", name="Make the passkey").click()
    walk.page.wait_for_url("**/passkey/**")
    walk.page.get_by_role("heading", name="Your list of codes").wait_for()
    walk.press("I have kept them")
    assert walk.page.url.endswith(MONEY)
    sign_out(walk)
    sign_in_by_code(walk, "finance@elthorne.example")
    walk.go(MONEY)
    walk.page.get_by_role("button", name="Use a passkey").click()
    walk.page.wait_for_url("**" + MONEY)
    walk.go("/me/security/")
    assert "The office computer" in walk.page.locator("main").inner_text()
