from alongside.ground.core import keys
from alongside.members.membership.tests.access import BOTH, of_asked, of_partnership
from tests.audiences import Line

CHASE = {
    "subject": "Shall we count you in?",
    "body": "Please answer by Friday, whatever the answer.",
    "key": keys.new_key(),
    "deed": "send",
}
LINES = {
    "inviting:phone_list": Line(of_partnership),
    "inviting:chase": Line(of_partnership, post=CHASE, methods=BOTH),
    "inviting:schools": Line(of_partnership, post={"deed": "all"}, methods=BOTH, query="?words=990101"),
    "inviting:invite": Line(
        of_partnership,
        post={
            "lines": "990103, head@school.example",
            "subject": "Join us",
            "opening": "We ask [school] to join.",
            "deed": "send",
        },
        methods=BOTH,
    ),
    "inviting:letters": Line(of_partnership, post={"school": "x"}, methods=BOTH),
    "inviting:associates": Line(of_partnership),
    "inviting:associate": Line(of_asked, methods=("POST",), school="asked"),
}
