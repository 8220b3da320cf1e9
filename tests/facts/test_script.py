"""Scripts that behave, and scripts that do everything bad: some sleep for longer than any test may last."""

import asyncio
import fcntl
import os
import re
import signal
from pathlib import Path

import pytest

from bot.core.production.readings import Health, Reading
from bot.facts.scripts import process
from bot.facts.scripts.printed import read_printed
from bot.facts.scripts.process import Ended
from bot.facts.scripts.script import Script, judge
from tests.facts.scripts import ENVIRONMENT, command, outside, python, shell
from tests.waiting import until

GREEN, RED, UNKNOWN = Health.GREEN, Health.RED, Health.UNKNOWN


async def look(script: Script) -> tuple[Reading, ...]:
    return await script.look(outside())


@pytest.fixture(autouse=True)
def _short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 0.2)


@pytest.mark.parametrize(
    ("code", "output", "health", "detail"),
    [
        (0, "✅ API: 200", GREEN, "exit 0"),
        (0, "", GREEN, "exit 0"),
        (0, "❌ API: 500", GREEN, "exit 0"),
        (0, "❌ SOME CHECKS FAILED", RED, "exit 0, but it says: SOME CHECKS FAILED"),
        (1, "❌ API: 500\n❌ SOME CHECKS FAILED", RED, "exit 1"),
        (1, "✅ API: 200", RED, "exit 1: API: 200"),
        (1, "❌ SOME CHECKS FAILED", RED, "exit 1: SOME CHECKS FAILED"),
        (127, "sh: curl: not found", RED, "exit 127: sh: curl: not found"),
        (2, "", RED, "exit 2"),
        (-9, "✅ API: 200", UNKNOWN, "ended by SIGKILL"),
        (-40, "", UNKNOWN, "ended by signal 40"),
        (None, "✅ API: 200", UNKNOWN, "did not end in 1 s"),
    ],
)
def test_what_an_exit_code_means(code: int | None, output: str, health: Health, detail: str) -> None:
    ended = Ended(output.encode(), cut=False, exit_code=code, stopped="did not end in 1 s", seconds=1)
    assert judge(ended, read_printed(output.encode(), "Shop", "script")) == (health, detail)


async def test_a_script_that_behaves(tmp_path: Path) -> None:
    own, api, cart = await look(shell("echo '✅ API: 200'; echo '❌ Cart: 500' >&2; exit 1", tmp_path))
    assert (own.name, own.health, own.detail, own.part_of) == ("Shop", RED, "exit 1", "")
    assert own.latency_ms is not None
    assert (api.name, api.health, api.part_of) == ("API", GREEN, "Shop")
    assert (cart.name, cart.health, cart.part_of) == ("Cart", RED, "Shop")


async def test_a_red_line_is_red_though_the_exit_code_is_0(tmp_path: Path) -> None:
    own, page = await look(shell("echo '✅ Page: 200'; echo '   ❌ Content check FAILED'", tmp_path))
    assert (own.health, page.health, page.detail) == (GREEN, RED, "200, but Content check FAILED")


async def test_it_runs_in_its_directory_with_a_clean_environment(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "SLACK_BOT_TOKEN": "xoxb-secret", "HTTP_PROXY": "http://proxy"}
    await shell("env | cut -d= -f1 > names", tmp_path).look(outside(environment))
    shells_own = {"PWD", "OLDPWD", "SHLVL", "_"}
    assert set((tmp_path / "names").read_text().split()) - shells_own == {"PATH", "HOME", "LANG"}


async def test_an_empty_environment_is_enough(tmp_path: Path) -> None:
    (own,) = await shell("ls / > /dev/null", tmp_path).look(outside({}))
    assert own.health is GREEN


async def test_the_command_never_meets_a_shell(tmp_path: Path) -> None:
    _, line = await look(command(["printf", "✅ Argument: %s", "$HOME; `touch x` * $(touch y)"], tmp_path))
    assert line.detail == "$HOME; `touch x` * $(touch y)"
    assert os.listdir(tmp_path) == []  # noqa: PTH208 a path would be blocking to ruff


async def test_the_bots_own_secrets_are_masked(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "SHOP_TOKEN": "correct-horse"}
    own, line = await shell("echo '⚠️ Key: correct-horse'; exit 3", tmp_path).look(outside(environment))
    assert (own.detail, line.detail) == ("exit 3: Key: •••", "⚠️ •••")


@pytest.mark.parametrize(
    ("words", "folder", "detail"),
    [
        (["no-such-program"], ".", "can't start: no-such-program: No such file or directory"),
        (["./plain.txt"], ".", "can't start: ./plain.txt: Permission denied"),
        (["./no-shebang"], ".", "can't start: ./no-shebang: Exec format error"),
        (["true"], "gone", "can't start: its directory: No such file or directory"),
    ],
)
async def test_what_cannot_start_is_unknown(tmp_path: Path, words: list[str], folder: str, detail: str) -> None:
    (tmp_path / "plain.txt").write_text("echo hello")
    (tmp_path / "no-shebang").write_bytes(b"\x00\x01")
    (tmp_path / "no-shebang").chmod(0o755)
    assert await look(command(words, tmp_path / folder)) == (Reading("Shop", "script", UNKNOWN, detail),)


async def test_a_script_that_hangs_is_unknown_and_keeps_its_red_lines(tmp_path: Path) -> None:
    script = shell("echo '❌ API: 500'; echo '✅ Page: 200'; exec sleep 900", tmp_path, timeout=0.5)
    own, api, page = await look(script)
    assert (own.health, own.detail) == (UNKNOWN, "did not end in 0.5 s")
    assert (api.health, page.health) == (RED, UNKNOWN)


async def test_a_script_that_ignores_TERM_is_killed(tmp_path: Path) -> None:  # noqa: N802 the signal's name
    own, _ = await look(shell("trap '' TERM; echo '✅ API: 200'; while :; do sleep 900; done", tmp_path, timeout=0.3))
    assert (own.health, own.detail) == (UNKNOWN, "did not end in 0.3 s")


async def test_a_script_that_ends_well_after_TERM_was_still_too_late(tmp_path: Path) -> None:  # noqa: N802 the signal's name
    script = shell(
        "trap 'echo \"✅ Cleaned up: yes\"; exit 0' TERM; echo start; sleep 900 & wait", tmp_path, timeout=0.5
    )
    own, cleaned = await look(script)
    assert (own.health, cleaned.name) == (UNKNOWN, "Cleaned up")


# The parent holds a lock that its child inherits: it is free when the last of them is gone.
FORKS = """
import fcntl, os, time
held = open("lock", "w")
fcntl.flock(held, fcntl.LOCK_EX)
if os.fork() == 0:
    {child}
    open("being", "w").write(str(os.getpid()))
    os.rename("being", "forked")
    time.sleep({child_seconds})
    os._exit(0)
while not os.path.exists("forked"):
    time.sleep(0.001)
print("✅ API: 200", flush=True)
time.sleep({parent_seconds})
"""


async def everybody_is_gone(folder: Path) -> None:
    with (folder / "lock").open() as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)


async def test_what_a_script_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    own, line = await look(python(FORKS.format(child="pass", child_seconds=900, parent_seconds=0), tmp_path))
    assert (own.health, line.health) == (GREEN, GREEN)
    await everybody_is_gone(tmp_path)


async def test_what_a_script_left_to_write_is_still_heard(tmp_path: Path) -> None:
    own, late = await look(shell("(sleep 0.05; echo '❌ Late: 500') & exit 0", tmp_path))
    assert (own.health, late.health) == (GREEN, RED)


async def test_the_whole_group_ends_at_the_time_limit(tmp_path: Path) -> None:
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    code = FORKS.format(child=stubborn, child_seconds=900, parent_seconds=900)
    own, _ = await look(python(code, tmp_path, timeout=2))
    assert own.health is UNKNOWN
    await everybody_is_gone(tmp_path)


async def test_the_whole_group_ends_when_the_bot_stops_waiting(tmp_path: Path) -> None:
    code = FORKS.format(child="pass", child_seconds=900, parent_seconds=900)
    looking = asyncio.create_task(look(python(code, tmp_path, timeout=900)))
    await until((tmp_path / "forked").exists)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    await everybody_is_gone(tmp_path)


async def test_a_child_that_escapes_with_the_pipe_is_not_waited_for(tmp_path: Path) -> None:
    own, line = await look(python(FORKS.format(child="os.setsid()", child_seconds=900, parent_seconds=0), tmp_path))
    assert (own.health, line.health) == (GREEN, GREEN)
    os.kill(int((tmp_path / "forked").read_text()), signal.SIGKILL)  # it is still there
    await everybody_is_gone(tmp_path)


async def test_a_flood_is_stopped_and_cut(tmp_path: Path) -> None:
    own, *lines = await look(command(["yes", "✅ Flood: 200"], tmp_path, timeout=900))
    assert (own.health, own.detail) == (UNKNOWN, "did not stop printing")
    assert re.fullmatch(r"\d+ more lines", lines[-1].name)


@pytest.mark.parametrize(("code", "health"), [(0, UNKNOWN), (1, RED)])
async def test_a_long_output_is_read_in_part_and_never_green(tmp_path: Path, code: int, health: Health) -> None:
    script = python(
        f"print('✅ API: 200'); print('x' * 70000); print('❌ Late: 500'); raise SystemExit({code})", tmp_path
    )
    own, *_ = await look(script)
    assert own.health is health


async def test_half_a_line_counts_when_the_script_ended_by_itself(tmp_path: Path) -> None:
    _, line = await look(shell("printf '✅ API: 200\\n   ❌ Content'", tmp_path))
    assert (line.name, line.health, line.detail) == ("API", RED, "200, but Content")


async def test_bytes_that_are_no_text_are_read_around(tmp_path: Path) -> None:
    _, line = await look(shell(r"printf '\377\376\n❌ API: \303( \000\n'", tmp_path))
    assert (line.name, line.health, line.detail) == ("API", RED, "\ufffd(")


async def test_a_script_that_closes_its_output_is_still_waited_for(tmp_path: Path) -> None:
    own, _ = await look(shell("echo '✅ API: 200'; exec >&- 2>&-; sleep 0.2; exit 3", tmp_path))
    assert own.detail == "exit 3: API: 200"


async def test_a_script_that_asks_gets_no_answer(tmp_path: Path) -> None:
    _, line = await look(shell("read name || echo '✅ Nobody: there'", tmp_path))
    assert line.name == "Nobody"


async def test_a_crash_is_unknown(tmp_path: Path) -> None:
    own, line = await look(shell("echo '✅ API: 200'; kill -SEGV $$", tmp_path))
    assert (own.health, own.detail, line.health) == (UNKNOWN, "ended by SIGSEGV", UNKNOWN)
