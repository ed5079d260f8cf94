"""Q5: a search of the directory beside the unfiltered list, as requests a second. Prints the figures."""

import os
import tempfile
import time
from pathlib import Path

Figure = tuple[str, str, str, str]
SEARCHES = (
    "Hillside",
    "St Mary's",
    "Uxbridge",
    "manchester",
    "UB10 8",
    "CM19 5AA",
    "137844",
    "barnhill",
    "primary",
    "church of england",
)
FORGIVEN = ("Hilingdon", "Barnhil Comunity")
ROUNDS = 30


def main() -> list[Figure]:
    """Measure on a database of its own, with the register that comes with the code."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    os.environ.update(ALONGSIDE_MODE="test", ALONGSIDE_VAR=str(folder), DJANGO_SETTINGS_MODULE="alongside.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from alongside.members.schools import commands

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        commands.load_register(nowhere)
    client = Client()

    def seconds(query: dict[str, str]) -> float:
        began = time.perf_counter()
        answer = client.get("/schools/", query)
        took = time.perf_counter() - began
        if answer.status_code != 200:
            raise SystemExit(f"{query}: {answer.status_code}")
        return took

    for words in ("", *SEARCHES, *FORGIVEN):
        seconds({"q": words})
    took: dict[str, list[float]] = {words: [] for words in ("", *SEARCHES, *FORGIVEN)}
    for _ in range(ROUNDS):  # in turn, so that a busy machine is busy for all
        for words in took:
            took[words].append(seconds({"q": words}))
    middle = {words: sorted(times)[len(times) // 2] for words, times in took.items()}
    ratios = {words: middle[""] / middle[words] for words in took if words}
    plain = [ratios[words] for words in SEARCHES]
    how = f"{connection.vendor}, {len(SEARCHES)} searches by name, town, postcode and URN, median of {ROUNDS} pages each, in turn"
    slowest = min(SEARCHES, key=lambda words: ratios[words])
    forgiven = sum(ratios[words] for words in FORGIVEN) / len(FORGIVEN)
    return [
        ("Q5", "search", f"{sum(plain) / len(plain):.2f} × the unfiltered list (slowest: {slowest}, {ratios[slowest]:.2f})", how),
        ("Q5", "search with the spelling forgiven", f"{forgiven:.2f} × the unfiltered list", how),
        ("Q5", "list and search", f"{middle[''] * 1000:.0f} ms the list, {middle[SEARCHES[0]] * 1000:.0f} ms a search", how),
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what} {figure} ({how})")
