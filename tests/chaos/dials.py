"""What the harness turns in its workers while they run: their clock, whether their heart beats, and their disk."""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FORMAT = "ddd"
_SIZE = struct.calcsize(_FORMAT)


class Dials:
    """Three numbers in memory that several processes share, by the name of a file."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(_SIZE))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), _SIZE)

    @property
    def ahead(self) -> float:
        """How many seconds the workers' clock is ahead of the real one."""
        return self._values()[0]

    @ahead.setter
    def ahead(self, seconds: float) -> None:
        self._set(0, seconds)

    @property
    def heart_stands(self) -> bool:
        """Whether no worker's heart beats."""
        return self._values()[1] != 0

    @heart_stands.setter
    def heart_stands(self, stands: bool) -> None:
        self._set(1, stands)

    @property
    def disk_is_full(self) -> bool:
        """Whether nobody who starts can write another byte into a file."""
        return self._values()[2] != 0

    @disk_is_full.setter
    def disk_is_full(self, is_full: bool) -> None:
        self._set(2, is_full)

    def clock(self) -> datetime:
        """The workers' time."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def close(self) -> None:
        self._memory.close()

    def _values(self) -> tuple[float, float, float]:
        ahead, stands, is_full = struct.unpack_from(_FORMAT, self._memory)
        return ahead, stands, is_full

    def _set(self, dial: int, value: float) -> None:
        struct.pack_into("d", self._memory, dial * struct.calcsize("d"), value)
