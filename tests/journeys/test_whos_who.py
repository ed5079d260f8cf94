"""R2: a colleague found with their number, a post of the partnership's own, a list saved and copied, September's answer."""

import re

from tests.browser import Walk

ROOM = "/p/elthorne-learning-partnership/"


def test_a_member_finds_the_dsl_of_another_school_and_its_number(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.page.set_viewport_size({"width": 390, "height": 844})
    page = walk.go(f"{ROOM}whos-who/")
    walk.fill(q="who is the DSL at Quarry Field, and their number?")
    page = walk.press("Search", exact=True)
    said = page.locator("main").inner_text()
    assert "1 person" in said and "Quarry Field Primary" in said
    assert re.match(r"tel:020", page.locator("main a[href^='tel:']").first.get_attribute("href") or "")
    walk.look()
    page = walk.go("/search/?q=dsl+quarry")
    assert "Designated safeguarding lead, Quarry Field Primary" in page.locator("main").inner_text()


def test_the_office_adds_a_post_invites_to_it_and_copies_a_saved_list(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.door("Office")
    walk.press("Posts", exact=True)
    walk.press("Add a post")
    walk.page.get_by_label("In a school").check()
    walk.fill(name="Forest school lead")
    page = walk.press("Add it")
    assert "26 posts, 1 of your own" in page.locator("main").inner_text()
    walk.go(f"{ROOM}whos-who/?q=Quarry+Field")
    walk.door("Schools and people")
    walk.press("People", exact=True)
    walk.fill(q="Quarry Field")
    walk.press("Search", exact=True)
    walk.press("Quarry Field Primary")
    walk.press("Invite a colleague")
    walk.page.get_by_label("Forest school lead").check()
    walk.fill(name="Sam Okafor", email="sam@quarry.example")
    page = walk.press("Send the invitation")
    assert "Forest school lead" in page.locator("main").inner_text()
    page = walk.go(f"{ROOM}whos-who/?post=sendco")
    walk.press("Save this list")
    walk.fill(name="All SENDCos")
    page = walk.press("Save it")
    assert "All SENDCos" in page.locator("main").inner_text() and "SENDCos by the river" in page.locator("main").inner_text()
    page = walk.press("Copy the addresses")
    assert "; sendco@" in page.locator("#addresses").input_value()
    page = walk.press("Gmail")
    assert ", sendco@" in page.locator("#addresses").input_value()
