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
    """A backup: where it is, its size in bytes, and whether its folder was made for it."""

    file: Path
    size: int
    is_in_new_folder: bool


def back_up(db: Database, file: Path | None, at: datetime) -> Made:
    """Copy a SQLite database while the bot runs, and remember when. Without `file` its name is the moment.

    Without `file` it goes into a folder beside the database, which is made where there is none; no other folder is.
    Raises BadInput when the file is there already or can't be written, and for PostgreSQL, which has its own tools;
    Unavailable when the database is not ours, or damaged.
    """
    if not db.is_sqlite or not db.url.database:
        raise BadInput(
            "This board is kept in PostgreSQL, which makes its own backups: "
            '`pg_dump --format=custom --file=onewip.dump "$DATABASE_URL"`, and `pg_restore` brings it back.'
        )
    source = Path(db.url.database)
    target = _target(source, file, at)
    is_new = not target.parent.exists()
    db.query(condition.check_whole)
    try:
        target.parent.mkdir(exist_ok=True)
        size = backup.copy(source, target)
    except (CopyFailed, OSError) as error:
        raise BadInput("The backup {file} could not be made: {reason}.", file=str(target), reason=str(error)) from error
    with db.begin() as tx:
        backup.made(tx, at, size)
    return Made(target, size, is_new)


def _target(source: Path, file: Path | None, at: datetime) -> Path:
    """Return where the copy goes to. Raises BadInput for a file that is there, and for a folder that is not."""
    usual = source.parent / FOLDER
    if file and not file.parent.exists():
        raise BadInput(
            "The folder {folder} is not there. Make it first, or name no file: then the backup goes to {usual}.",
            folder=str(file.parent),
            usual=str(usual),
        )
    target = file or usual / f"{source.stem}-{at:%Y%m%dT%H%M%SZ}.db"
    if target.exists():
        raise BadInput("{file} is there already; a backup takes no other's place.", file=str(target))
    return target
