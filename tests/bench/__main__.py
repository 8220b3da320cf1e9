"""Run every bench: `make bench`."""

import asyncio

from tests.bench.answers import click_to_edit, command_to_answer
from tests.bench.digests import morning, ticks
from tests.bench.documents import documents
from tests.bench.facts import facts
from tests.bench.gate import gate
from tests.bench.sandbox import open_page, posts
from tests.bench.start import start


async def main() -> None:
    for bench in (click_to_edit, command_to_answer, start, gate, facts, documents, open_page, posts, ticks, morning):
        await bench()


asyncio.run(main())
