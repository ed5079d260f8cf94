from tests.audiences import Line

LINES = {"monday:week": Line()}
ASKS_NOBODY = {"the installation's own work": "write_mail"}
UNRECORDED = {"the message and the row of the week are the record": "write_mail"}
