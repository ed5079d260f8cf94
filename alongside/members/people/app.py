"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import (
    EVERYTHING_GOES,
    App,
    Columns,
    Door,
    Message,
    OwnPage,
    Place,
    RowWords,
    Task,
)
from alongside.members.people.queries import needs, schools

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            30,
            "People",
            "people:list",
            "Who holds which post, in the schools and in the office.",
            schools.people_stand,
            (
                Task("Invite or add a colleague or person: deputy, business manager, chair of governors", "people:list"),
                Task("Invite colleagues from a spreadsheet", "people:invite_many"),
                Task("Invite somebody to the office", "people:invite_office"),
                Task("The office: who works in it", "people:office"),
            ),
        ),
    ),
    own_pages=(
        OwnPage(10, "Your name, telephone and roles", "What others see of you, and the posts that you hold", "people:account"),
        OwnPage(
            15,
            "Somebody who acts for you",
            "A colleague who keeps a head’s dates and tasks, and signs nothing",
            "people:acting",
        ),
        OwnPage(20, "How you sign in", "Password, second factor, passkeys, and where you are signed in", "people:security"),
    ),
    needs=(needs.needs,),
    dates=(needs.dates,),
    rows={
        "people.second_factor": RowWords(
            "Set up a second factor for the pages about money", page="people:prove", slug="", minutes=5
        ),
        "people.september": RowWords(
            "Confirm the people of {label} for this year", page="people:september", key="urn", minutes=3
        ),
        "people.unconfirmed": RowWords(
            "A school has not confirmed its people this year",
            "{number} schools have not confirmed their people this year",
            page="people:list",
            query="?show=september",
            minutes=2,
        ),
        "people.unanswered": RowWords(
            "{label} has not answered an invitation for two weeks",
            "{number} people have not answered an invitation for two weeks",
            page="people:list",
            query="?show=unanswered",
            minutes=3,
        ),
        "people.follower": RowWords(
            "{label} leaves, and whoever is invited to follow has not said yes", page="people:school", key="urn", minutes=5
        ),
        "people.without_head": RowWords("{label} has no head here: invite one", page="people:school", key="urn", minutes=5),
        "people.ending": RowWords(
            "{label} leaves, and nobody is invited to follow", page="people:invite_successor", key="role", minutes=5
        ),
        "people.office_ending": RowWords(
            "{label} leaves the office, and nobody is invited to follow",
            page="people:office_invite_successor",
            key="role",
            minutes=5,
        ),
        "people.begins": RowWords("First day of {label}", page="people:list"),
        "people.you_begin": RowWords("Your first day as {label}", page="people:account", slug=""),
        "people.you_end": RowWords("Your last day as {label}", page="people:account", slug=""),
        "people.ends": RowWords("Last day of {label}", page="people:list"),
    },
    holds=(),
    beside={"posts.ListedPost": schools.holders_of_posts},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={
        "people.invitation_days": "Days for which an invitation is open",
    },
    acts={
        "people.accept_invitation": "Accepted an invitation",
        "people.ask_in_september": "Asked a school who holds its posts",
        "people.add_factor": "Set up a second factor",
        "people.cancel_invitation": "Withdrew an invitation",
        "people.change_address": "Changed one’s address",
        "people.change_details": "Changed somebody’s details",
        "people.confirm_people": "Confirmed a school’s people for the year",
        "people.create_person": "Added a person",
        "people.decline_invitation": "Declined an invitation",
        "people.end_acting": "Ended that somebody acts for a head",
        "people.end_role": "Ended a post",
        "people.end_sign_ins": "Ended sign-ins",
        "people.free": "Freed somebody from a lost second factor",
        "people.give_back": "Gave a post back",
        "people.go_on": "Went on in a post",
        "people.grant_role": "Began a post",
        "people.invite": "Invited somebody",
        "people.let_act": "Let a colleague act for a head",
        "people.link": "Linked a way to sign in",
        "people.make_codes": "Made printed codes",
        "people.note_password": "Set a password",
        "people.open_letter": "Opened a letter with a code",
        "people.pass_on": "Passed an invitation on",
        "people.pass_on_mailbox": "Passed a mailbox on",
        "people.remind": "Reminded of an invitation",
        "people.remove_factor": "Removed a second factor",
        "people.send_link": "Sent an invitation again",
        "people.sign_in": "Signed in",
        "people.take_back": "Took back what was passed on",
        "people.unlink": "Unlinked a way to sign in",
        "people.use_code": "Used a printed code",
    },
    messages={
        "people.acting": Message("You act for a head", ""),
        "people.acting_ended": Message("You do not act for a head any more", ""),
        "people.invitation": Message("Invitation to a post", ""),
        "people.passed_on": Message("Passed on", ""),
        "people.new_sign_in": Message("New sign in", ""),
        "people.second_code": Message("Second code", ""),
        "people.security": Message("Security", ""),
        "people.september": Message("September check", ""),
        "people.address_code": Message("Address code", ""),
        "people.address_taken": Message("Address taken", ""),
    },
    answers={},
    sensitive=False,
    erasure={
        "people.Person": Columns(plain="session_mark", own={"id": "name email phone password"}),
        "people.Role": Columns(row_of="person_id", plain="post"),
        "people.ActsFor": Columns(row_of="person_id"),
        "people.Invitation": Columns(
            row_of="accepted_by_id email", plain="post token_hash code_hash invited_by_id", words="name"
        ),
        "people.SignIn": Columns(row_of="person_id", plain="session_key device how"),
        "people.SeptemberCheck": Columns(plain="confirmed_by_id"),
        "account.EmailAddress": Columns(row_of="user_id email"),
        "account.EmailConfirmation": Columns(plain="key"),
        "mfa.Authenticator": Columns(row_of="user_id", plain="data"),
        "socialaccount.SocialAccount": Columns(row_of="user_id", plain="provider uid extra_data"),
        "socialaccount.SocialApp": Columns(plain="provider provider_id name client_id secret key settings"),
        "socialaccount.SocialToken": Columns(plain="token token_secret"),
        "sessions.Session": Columns(plain="session_key session_data"),  # a person's own are deleted with `session_mark`
        "auth.Group": Columns(plain="name"),
        "auth.Permission": Columns(plain="name codename"),
        "contenttypes.ContentType": Columns(plain="app_label model"),
    },
    withheld=EVERYTHING_GOES,
)
