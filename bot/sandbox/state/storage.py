"""The workspace's own SQLite file: one row per thing, as JSON or as bytes, so that a kill loses no message."""

import json
import sqlite3
from pathlib import Path

from bot.sandbox.wire import Json


class Storage:
    """A shelf of JSON objects, each named by a kind and a key; every write is durable when it returns."""

    def __init__(self, file: Path) -> None:
        self.new = not file.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(file, isolation_level=None)
        # NORMAL under WAL survives the death of the process; only a power cut may lose the last writes.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS things (kind TEXT, key TEXT, json TEXT NOT NULL, PRIMARY KEY (kind, key))"
        )
        self._database.execute("CREATE TABLE IF NOT EXISTS contents (key TEXT PRIMARY KEY, bytes BLOB NOT NULL)")

    def put(self, kind: str, key: str, thing: Json) -> None:
        """Keep `thing`, in place of what had its name."""
        row = (kind, key, json.dumps(thing, ensure_ascii=False))
        self._database.execute(
            "INSERT INTO things VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json", row
        )

    def get(self, kind: str, key: str) -> Json | None:
        """Return one thing, or nothing when it is not there."""
        row = self._database.execute("SELECT json FROM things WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def put_bytes(self, key: str, content: bytes) -> None:
        """Keep bytes, in place of what had their name."""
        self._database.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (key, content))

    def get_bytes(self, key: str) -> bytes | None:
        """Return bytes, or nothing when they are not there."""
        row = self._database.execute("SELECT bytes FROM contents WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def drop(self, kind: str, key: str) -> None:
        """Forget one thing; nothing happens when it is not there."""
        self._database.execute("DELETE FROM things WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> dict[str, Json]:
        """Return every thing of a kind by key, in the order in which they first came."""
        rows = self._database.execute("SELECT key, json FROM things WHERE kind = ? ORDER BY rowid", (kind,))
        return {key: json.loads(text) for key, text in rows}

    def clear(self) -> None:
        """Forget everything."""
        self._database.execute("DELETE FROM things")
        self._database.execute("DELETE FROM contents")

    def close(self) -> None:
        """Close the file."""
        self._database.close()
