"""Making a backup."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import BadInput
from bot.store.database import Database
from bot.store.ops import backup, condition
from bot.store.ops.backup import CopyFailed

FOLDER = "backups"  # beside the database


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: where it is, and its size in bytes."""

    file: Path
    size: int


def back_up(db: Database, file: Path | None, at: datetime) -> Made:
    """Copy a SQLite database while the bot runs, and remember when. Without `file` its name is the moment.

    Raises BadInput when the file is there already or can't be written, and for PostgreSQL, which has its own tools;
    Unavailable when the database is not ours, or damaged.
    """
    if not db.is_sqlite or not db.url.database:
        raise BadInput(
            "This board is kept in PostgreSQL, which makes its own backups: "
            '`pg_dump --format=custom --file=onewip.dump "$DATABASE_URL"`, and `pg_restore` brings it back.'
        )
    source = Path(db.url.database)
    file = file or source.parent / FOLDER / f"{source.stem}-{at:%Y%m%dT%H%M%SZ}.db"
    if file.exists():
        raise BadInput("{file} is there already; a backup takes no other's place.", file=str(file))
    db.query(condition.check_whole)
    try:
        size = backup.copy(source, file)
    except CopyFailed as error:
        raise BadInput("The backup {file} could not be made: {reason}.", file=str(file), reason=str(error)) from error
    with db.begin() as tx:
        backup.made(tx, at, size)
    return Made(file, size)
