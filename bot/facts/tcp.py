"""Prod facts of kind `tcp`: somebody answers at a port."""

import asyncio
from time import monotonic
from typing import Annotated, Literal

from pydantic import Field

from bot.core.production.readings import Health, Reading
from bot.facts.keys import Host, Port
from bot.facts.kind import Fact, Outside
from bot.facts.masking import tidy
from bot.facts.web.unreachable import NoAnswer, no_answer

TIMEOUT = 5.0  # seconds
LONGEST = 60.0  # seconds
EYEBALLS = 0.25  # seconds until the other kind of address is tried as well; RFC 8305


class Tcp(Fact):
    """A host and a port; IPv4 or IPv6, whichever answers."""

    kind: Literal["tcp"]
    host: Host
    port: Port
    timeout: Annotated[float, Field(gt=0, le=LONGEST, allow_inf_nan=False)] = TIMEOUT

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        """Connect once; see `Fact.look`."""
        began = monotonic()
        try:
            await connect(self.host, self.port, self.timeout)
        except NoAnswer as reason:
            return (Reading(self.name, self.kind, Health.RED, tidy(str(reason)), silent=reason.silent),)
        return (Reading(self.name, self.kind, Health.GREEN, "answers", round((monotonic() - began) * 1000)),)


async def connect(host: str, port: int, limit: float) -> None:
    """Connect and hang up. Raises NoAnswer."""
    try:
        async with asyncio.timeout(limit):
            _, writer = await asyncio.open_connection(host, port, happy_eyeballs_delay=EYEBALLS)
    except TimeoutError as error:
        raise NoAnswer(f"no connection in {limit:g} s", silent=True) from error
    except (OSError, UnicodeError) as error:  # UnicodeError: no name the DNS could have
        raise no_answer(error) from error
    writer.transport.abort()
