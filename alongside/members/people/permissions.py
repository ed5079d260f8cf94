"""Who may see, invite and dismiss whom."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, first_no, no
from alongside.members.posts.rules import Level, PostHere


def may_see_people(who: Standing, school: str, partnership: str) -> Verdict:
    """The people of a school are seen by those who hold a post in it, and by the office of its partnership."""
    if who.runs(partnership) or who.holds(school=school):
        return YES
    return no("The people of a school are shown to the school itself and to the partnership's office.")


def may_list_people(who: Standing, partnership: str) -> Verdict:
    """The list of everybody is for the partnership's office."""
    return YES if who.runs(partnership) else no("This list is for the partnership's office.")


def may_keep_people(who: Standing, school: str, partnership: str | None) -> Verdict:
    """A school's head, school administrators, chair and trust officers look after its people; the office helps."""
    if who.is_system or who.can(Power.PEOPLE, school=school) or (partnership and who.runs(partnership)):
        return YES
    return no("Only the head, school administrators, chair and trust officers, and the office, can change this.")


def may_keep_office(who: Standing, partnership: str) -> Verdict:
    """The partnership's manager chooses who works in its office."""
    if who.is_system or who.can(Power.RUN, partnership=partnership):
        return YES
    return no("Only the partnership's manager can change who works in its office.")


def may_keep_place(who: Standing, school: str | None, partnership: str | None) -> Verdict:
    """Roles are ended, and invitations withdrawn or sent again, by those who look after the people of the place."""
    return may_keep_people(who, school, partnership) if school else may_keep_office(who, partnership or "-")


def may_invite_colleague(
    who: Standing, post: PostHere | None, school: str | None, partnership: str | None, belongs: bool
) -> Verdict:
    """To a school's post invites the school or the office of a partnership that it belongs to; to the office its manager; to no
    post that is not in the partnership's list."""
    if post is None:
        return no("That post is not in the partnership's list.")
    if post.level is Level.OFFICE:
        in_office = partnership and school is None
        return may_keep_place(who, None, partnership) if in_office else no("That post is in a partnership's office.")
    if school is None:
        return no("That post is in a school.")
    elsewhere = no("This school does not belong to the partnership, and is not asked to join it.")
    return first_no(may_keep_people(who, school, partnership), YES if partnership is None or belongs else elsewhere)


def may_end_role(who: Standing, holder: str, school: str | None, partnership: str | None, last_manager: bool) -> Verdict:
    """A role is ended by those who look after the place's people, or by the person who holds it."""
    if last_manager:
        return no("This is the partnership's only manager. Invite the next one first.")
    return YES if who.person == holder and holder else may_keep_place(who, school, partnership)


def may_take_up(who: Standing, own_address: str, invited_address: str) -> Verdict:
    """An invitation to an address is for the person of that address, not for whoever happens to be signed in."""
    if who.person is None or not invited_address or own_address.lower() == invited_address.lower():
        return YES
    return no("You are signed in as somebody else. Sign out first, then open the link in the e-mail again.")


def may_create_person(who: Standing) -> Verdict:
    """People come by invitation; only the installation itself writes somebody down without one."""
    return YES if who.is_system else no("Invite the person: they are written down when they take up the invitation.")


def may_change_details(who: Standing, person: str) -> Verdict:
    """A name and a phone number are corrected by the person whose they are."""
    return YES if who.is_system or who.person == person else no("Only the person themselves can change this.")


def may_ask_in_september(who: Standing) -> Verdict:
    """Schools are asked in September who holds their posts by the system itself."""
    return YES if who.is_system else no("Schools are asked by themselves, on the first school day of September.")


def may_free_person(who: Standing, person: str, offices: frozenset[str]) -> Verdict:
    """Second factors that somebody has lost are taken off by another manager: of every office in which the person works."""
    if who.is_system:
        return YES
    if who.person == person:
        return no("Somebody else does this for you: another manager, or whoever runs the installation.")
    managed = {role.partnership for role in who.roles if Power.RUN in role.opens}
    if not managed:
        return no("Only a partnership's manager can do this.")
    return YES if offices <= managed else no("This person also works in another partnership's office: its manager does this.")


def may_pass_on_mailbox(
    who: Standing, holder: str, school: str | None, partnership: str | None, roles: frozenset[tuple[str | None, str | None]]
) -> Verdict:
    """A shared mailbox is passed on by its holder, or by who looks after every place in which the holder has a post.

    `roles` are (school, partnership) of the holder's roles that last: whoever keeps one school's people must not cut
    somebody off from another.
    """
    if who.person == holder and holder:
        return YES
    elsewhere = no("They also hold a post elsewhere. They move to another address themselves, under Signing in and security.")
    for of_school, office in roles:
        if not may_keep_place(who, of_school, partnership if of_school else office):
            return elsewhere
        if of_school and of_school != school and not who.is_system and not who.can(Power.PEOPLE, school=of_school):
            return elsewhere
    return YES


def may_let_act(who: Standing, head: str) -> Verdict:
    """A head says who acts for them; nobody says it for a head, and whoever acts for one hands that on to nobody."""
    if who.person and who.person == head:
        return YES
    return no("Only the head of a school says who acts for them.")


def may_end_acting(who: Standing, head: str, person: str, school: str) -> Verdict:
    """It is ended by the head, by whoever acts for them, and by those who look after the school's people."""
    if who.is_system or (who.person and who.person in {head, person}) or who.can(Power.PEOPLE, school=school):
        return YES
    return no("Only the head, whoever acts for them, and those who look after the school's people end this.")
