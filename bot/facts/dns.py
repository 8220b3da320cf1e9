"""Prod facts of kind `dns`: a name resolves, and to what it should."""

import asyncio
import socket
from ipaddress import ip_address
from time import monotonic
from typing import Annotated, Literal

from pydantic import Field

from bot.core.production.readings import Health, Reading
from bot.facts.keys import Addresses, Host
from bot.facts.kind import Fact, Outside
from bot.facts.masking import tidy
from bot.facts.web.unreachable import NoAnswer, no_answer

TIMEOUT = 5.0  # seconds
LONGEST = 60.0  # seconds


class Dns(Fact):
    """A name, and the addresses that must be among those it resolves to; none: any will do."""

    kind: Literal["dns"]
    host: Host
    expect: Addresses = ()
    timeout: Annotated[float, Field(gt=0, le=LONGEST, allow_inf_nan=False)] = TIMEOUT

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        """Look it up once, as every program of this server would; see `Fact.look`."""
        began = monotonic()
        try:
            addresses = await resolve(self.host, self.timeout)
        except NoAnswer as reason:
            return (Reading(self.name, self.kind, Health.RED, tidy(str(reason)), silent=reason.silent),)
        took = round((monotonic() - began) * 1000)
        missing = [address for address in self.expect if address not in addresses]
        detail = ", ".join(addresses) + (f", but not {' and not '.join(missing)}" if missing else "")
        return (Reading(self.name, self.kind, Health.RED if missing else Health.GREEN, tidy(detail), took),)


async def resolve(host: str, limit: float) -> tuple[str, ...]:
    """Return the addresses of a name, each once, as they are written shortest. Raises NoAnswer."""
    try:
        async with asyncio.timeout(limit):
            answers = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise NoAnswer(f"its name was not looked up in {limit:g} s", silent=True) from error
    except (OSError, UnicodeError) as error:
        raise no_answer(error) from error
    return tuple(dict.fromkeys(str(ip_address(address[0])) for *_, address in answers))
