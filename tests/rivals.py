"""Other processes that do the same thing at the same moment: `python -m tests.rivals URL DEED [CHANNEL NUMBER]`.

Each says `ready`, waits for a line, does its deed and prints what came of it.
"""

import subprocess
import sys
from datetime import UTC, datetime

from bot.errors import UserError
from bot.services import digests, moves
from bot.services.ask import Ask
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.people import ALICE

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def race(db: Database, *deeds: str) -> list[str]:
    """Let one process for each deed run into the others. Gives what each printed."""
    url = db.url.render_as_string(hide_password=False)
    command = [sys.executable, "-W", "error", "-m", "tests.rivals", url]
    rivals = [
        subprocess.Popen([*command, *deed.split()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for deed in deeds
    ]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    told = [rival.communicate(timeout=30)[0].strip() for rival in rivals]
    assert [rival.returncode for rival in rivals] == [0] * len(rivals)
    return told


def _do(db: Database, deed: str, words: list[str]) -> str:
    if deed == "migrate":
        return "migrated" if migrate(db) else "nothing to do"
    channel, *number = words
    if deed == "claim":
        digests.claim_due(db, channel, AT)
        return "claimed"
    try:
        moves.start(db, Ask(channel, ALICE, AT), int(number[0]))
    except UserError as refused:
        return str(refused)
    return "started"


def main(url: str, deed: str, *words: str) -> None:
    db = Database(url)
    print("ready", flush=True)
    sys.stdin.readline()
    print(_do(db, deed, list(words)), flush=True)
    db.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
