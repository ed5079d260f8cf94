"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, OwnPage

APP = App(
    places=(),
    own_pages=(
        OwnPage(90, "Work under way", "What you asked for that takes longer than a moment", "work:jobs", is_setting=False),
    ),
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
    acts={},
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "django_tasks_database.DBTaskResult": Columns(
            plain="args_kwargs task_path worker_ids queue_name backend_name return_value exception_class_path", words="traceback"
        ),
        "work.Job": Columns(row_of="person", plain="partnership what message link link_text"),
        "work.PeriodicRun": Columns(plain="task"),
        "work.Worker": Columns(plain="place"),
    },
    withheld=EVERYTHING_GOES,
)
