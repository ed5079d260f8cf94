from alongside.ground.core import keys
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.money.fees.actions import year_two
from alongside.money.fees.rules.settings import FeeSettings
from tests.audiences import Line, day, of_school, room
from tests.rooms import LATER
from tests.world import World


def of_year_two(world: World) -> dict[str, object]:
    return {**of_school(world), "year": 2}


BOTH = ("GET", "POST")


MINUTE = {"body": "Board", "reference": "PB 2", **day("decided_on")}


SET_UP = {
    "issuer": "partnership",
    "supplier_name": "Alder",
    "supplier_address": "1 High Street",
    "supplier_email": "a@alder.example",
    "supplier_phone": "01632 960 001",
    "bank_words": "Account 1",
    "vat_code": "ask finance",
    "year_one_fee": "1500",
    "payment_days": "30",
    "series": "ALP",
}


LINES = {
    "fees:owed_csv": Line(room),
    "fees:run_csv": Line(room),
    "fees:overview": Line(room),
    "fees:set_up": Line(
        room, post=lambda world: {**SET_UP, "version": mark_of(settings_of(world.partnership, FeeSettings))}, methods=BOTH
    ),
    "fees:issue": Line(room, post=lambda _: {"key": keys.new_key(), "seen": ""}, methods=BOTH),
    "fees:draft_pdf": Line(room),
    "fees:year_two": Line(room),
    "fees:open_year_two": Line(room, post={"sure": "on"}, methods=("POST",)),
    "fees:agree_reduction": Line(
        room, post=lambda _: {**MINUTE, "key": keys.new_key(), "basis": "each", "amount": "100"}, methods=BOTH
    ),
    "fees:credit_reduction": Line(room, post={"seen": ""}, methods=BOTH),
    "fees:joiners": Line(
        room,
        post=lambda world: {
            "version": mark_of(settings_of(world.partnership, FeeSettings), year_two.JOINING),
            "joiner_cut": "no",
            "joiner_fee": "full",
            "evaluation_from": "sign-up",
        },
        methods=BOTH,
    ),
    "fees:liability": Line(room),
    "fees:settle_liability": Line(of_year_two, post=lambda _: {**MINUTE, "key": keys.new_key(), "outcome": "due"}, methods=BOTH),
    "fees:extra_charges": Line(room),
}
ASKS_NOBODY = {"called by other deeds, which have asked": "date_years"}
UNRECORDED = {"what follows from dates that were changed, which has its line": "date_years"}
ONCE_OTHERWISE = {"it issues by issue_run": "issue_invoices"}
STAY_FEW = {"one of each, or one a year, in a partnership": "Reduction Settled"}
NOT_TRIED = {LATER: "credit_reduction issue open_year_two"}
WITHOUT_FILE = {
    "a few lines of one thing, beside its other facts": "own",
    "what a press would do, which then stands in the files for the books": "credit_reduction",
    "a check whose list is empty when all is well": "extra_charges",
}
BOTH_MAY = {"whichever school takes a fee over": "settle_liability:to_school"}
NOT_HERE = {"nothing is owed by who has not left": "settle_liability"}
