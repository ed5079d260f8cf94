"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns

APP = App(
    places=(),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={
        "schools.import": "Took in the register",
        "schools.succession_joined": "Said that a school goes on under another number",
        "schools.succession_separate": "Said that two schools are separate",
        "schools.succession_waiting": "Left a change of the register open",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "schools.Change": Columns(public="fact old new"),
        "schools.Establishment": Columns(
            public="name la_code la_name number phase type status street locality address3 town county postcode gender religion "
            "admissions nursery sixth_form provision phone website head_title head_first_name head_last_name head_post "
            "trust_name federation_name known_on"
        ),
        "schools.Extract": Columns(plain="file_name kind facts"),
        "schools.Group": Columns(public="group_id name kind status company_number town postcode"),
        "schools.Succession": Columns(plain="kind decided_by"),
    },
    withheld=EVERYTHING_GOES,
)
