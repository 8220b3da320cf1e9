"""What the harness turns in its workers while they run: their clock, and whether their heart beats."""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FORMAT = "dd"
_SIZE = struct.calcsize(_FORMAT)


class Dials:
    """Two numbers in memory that several processes share, by the name of a file."""

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
        struct.pack_into("d", self._memory, 0, seconds)

    @property
    def heart_stands(self) -> bool:
        """Whether no worker's heart beats."""
        return self._values()[1] != 0

    @heart_stands.setter
    def heart_stands(self, stands: bool) -> None:
        struct.pack_into("d", self._memory, struct.calcsize("d"), float(stands))

    def clock(self) -> datetime:
        """The workers' time."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def close(self) -> None:
        self._memory.close()

    def _values(self) -> tuple[float, float]:
        ahead, stands = struct.unpack_from(_FORMAT, self._memory)
        return ahead, stands
