"""The file that says what production said."""

import asyncio
from pathlib import Path

from bot.documents import prod_facts
from bot.effects.means import Means
from bot.services import production


async def pay_report(means: Means, _key: str) -> None:
    """Write the report, whole or not at all."""
    if means.report is None:
        return
    now = means.clock()
    run = await means.door.call(production.latest, None, now)
    await asyncio.to_thread(_write, means.report, prod_facts.report(run, now))


def _write(file: Path, text: str) -> None:
    """Put the new report in the place of the old one, so that nobody reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)
