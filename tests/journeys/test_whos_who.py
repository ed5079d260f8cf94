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
    assert walk.headline() == "All SENDCos" and "people today" in page.locator("main").inner_text()
    page = walk.press("Copy the addresses")
    assert "; sendco@" in page.locator("#addresses").input_value()
    if (button := page.locator("button[data-copy]")).is_visible():  # there with JavaScript alone
        button.click()
        page.get_by_text("Copied", exact=True).wait_for()
    page = walk.press("Gmail")
    assert ", sendco@" in page.locator("#addresses").input_value()


def test_the_office_writes_to_a_list_and_sees_what_became_of_it(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(f"{ROOM}whos-who/")
    walk.press("Safeguarding leads")
    page = walk.press("Safeguarding leads: lunch together")
    assert "Came back" in page.locator("main").inner_text()
    page = walk.press("Whom it did not reach")
    page = walk.press("See the message")
    assert "There is no such address" in page.locator("main").inner_text()
    walk.go(f"{ROOM}whos-who/")
    walk.press("SENDCos by the river")
    walk.press("Write to them")
    page = walk.press("Look first, send nothing yet")
    assert "Enter the subject" in page.locator("main").inner_text()
    walk.fill(subject="A walk along the river", words="Friday 18 March, 2pm, from the lock.")
    walk.choose("At once")
    page = walk.press("Look first, send nothing yet")
    said = page.locator("main").inner_text()
    assert (
        "Friday 18 March, 2pm, from the lock." in said and "It goes to 7 people" in said and "You get this as SENDCo of" in said
    )
    page = walk.press("Send it to 7 people")
    said = page.locator("main").inner_text()
    assert "Your message to 7 people is" in said
    assert "from them it can be taken back" in said or "has gone cannot be called back" in said  # as far as the worker is
    walk.go(f"{ROOM}whos-who/")
    page = walk.press("SENDCos by the river")
    assert "A walk along the river" in page.locator("main").inner_text()


def test_a_cluster_is_taken_away_and_brought_back(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(f"{ROOM}whos-who/")
    walk.press("Clusters of schools")
    walk.press("River schools")
    page = walk.press("Take this cluster away")
    assert "SENDCos by the river" in page.locator("main").inner_text()
    page = walk.press("Take it away", exact=True)
    assert "“SENDCos by the river” rested on it" in page.locator("main").inner_text()
    walk.go(f"{ROOM}whos-who/")
    page = walk.press("SENDCos by the river")
    assert "was taken away on 8 March 2022" in page.locator("main").inner_text()
    walk.press("Bring it back")
    page = walk.press(re.compile("^Bring it back"))
    assert "River schools is back with 7 schools" in page.locator("main").inner_text()


def test_a_school_confirms_its_people_from_the_mail_one_replaced_one_ended_one_right(walk: Walk) -> None:
    walk.start_again()
    walk.page.set_default_timeout(180_000)  # from March to November much happens
    walk.bar("Today is", "Move to Tuesday 8 November")
    walk.page.set_default_timeout(30_000)
    walk.bar("You are", "Partnership manager")
    page = walk.go(f"{ROOM}people/")
    before = re.search(r"(\d+) of (\d+) schools have confirmed", page.locator("main").inner_text())
    walk.go(f"{ROOM}notices/?kind=people.september&q=head%40basin-wharf")
    page = walk.press("Basin Wharf Primary: are these your people this year?")
    assert "say who has left and who has the post now" in page.locator("main").inner_text()
    page = walk.press("Open it as")
    assert walk.headline() == "Are these your people this year?"
    posts = page.locator(".al-september")
    posts.filter(has_text="designated safeguarding lead").get_by_label("Has left").check()
    posts.filter(has_text="SENDCo").get_by_label("Somebody else now").check()
    page = walk.press("That is right for 2022/23")
    assert "Enter the name of the new SENDCo" in page.locator("main").inner_text()
    new = page.locator(".al-september").filter(has_text="SENDCo")
    new.get_by_label("Their name").fill("Sam Okafor")
    new.get_by_label("Their e-mail address").fill("sam@basin-wharf.example")
    page = walk.press("That is right for 2022/23")
    assert "Sam Okafor (sam@basin-wharf.example) is invited and has it when they say yes." in page.locator("main").inner_text()
    page = walk.press("Yes, that is right for 2022/23")
    said = page.locator("main").inner_text()
    assert "Sam Okafor is invited as SENDCo" in said and "has left." in said and "2 roles that have ended" in said
    page = walk.press("Invite the next designated safeguarding lead")
    assert page.get_by_label("Designated safeguarding lead").is_checked()
    walk.bar("You are", "Partnership manager")
    page = walk.go(f"{ROOM}people/")
    after = re.search(r"(\d+) of (\d+) schools have confirmed", page.locator("main").inner_text())
    assert before and after and int(after[1]) == int(before[1]) + 1 and after[2] == before[2]
    walk.fill(q="Basin Wharf")
    walk.press("Search", exact=True)
    page = walk.press("Basin Wharf Primary")
    assert "Confirmed for 2022/23 by" in (said := page.locator("main").inner_text()) and "sam@basin-wharf.example" in said
