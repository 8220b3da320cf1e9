"""`run`: the bot, on Slack or on the sandbox, until it is told to stop."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine

import typer

from bot import settings
from bot.app import running_bot
from bot.cli.owner import database_file, owned
from bot.cli.program import Program, in_words, log_to_stderr
from bot.cli.sandbox import running_sandbox
from bot.settings import Settings


def run(
    context: typer.Context,
    sandbox: bool = typer.Option(False, "--sandbox", help="Use a Slack in a box on 127.0.0.1 and serve its page."),
) -> None:
    """Run the bot until it is stopped. Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or --sandbox."""
    program: Program = context.obj
    with in_words():
        asyncio.run(_until_stopped(_in_sandbox(program) if sandbox else _on_slack(program)))


async def _on_slack(program: Program) -> None:
    chosen = settings.load(program.environment)
    log_to_stderr(chosen)
    with owned(database_file(chosen.database_url)):
        await _running(chosen, program)


async def _running(chosen: Settings, program: Program) -> None:
    async with running_bot(chosen, program.clock, program.environment):
        typer.echo("Onewip is running. Type /board in a channel that it is in.")
        await asyncio.Event().wait()


async def _in_sandbox(program: Program) -> None:
    async with running_sandbox(program) as box, running_bot(box.settings, box.clock, program.environment):
        typer.echo(f"Onewip sandbox: {box.address}   (Ctrl-C stops it; nothing is lost)")
        await asyncio.Event().wait()


async def _until_stopped(work: Coroutine[None, None, None]) -> None:
    """Run until the work ends by itself, or a signal asks it to: then it is cancelled, and cleans up after itself."""
    running = asyncio.create_task(work)
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await running
