"""The check from the command line."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.check import main
from tests.sandbox.payloads import home, modal, section


def _run(tmp_path: Path, kind: str, content: str | bytes) -> tuple[int, str, str]:
    path = tmp_path / "payload.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out, complaints = io.StringIO(), io.StringIO()
    code = main(["--kind", kind, str(path)], out, complaints)
    return code, out.getvalue(), complaints.getvalue().replace(str(path), "FILE")


@pytest.mark.parametrize(("kind", "payload"), [("blocks", [section()]), ("modal", modal()), ("home", home())])
def test_a_good_payload_gives_0_and_no_words(tmp_path: Path, kind: str, payload: Any) -> None:
    assert _run(tmp_path, kind, json.dumps(payload)) == (0, "", "")


def test_a_bad_payload_gives_1_and_a_line_a_mistake(tmp_path: Path) -> None:
    code, out, complaints = _run(tmp_path, "blocks", '[{"type": "section"}, {"type": "foo"}]')
    assert (code, complaints) == (1, "")
    assert out.splitlines() == [
        "must define either `text` or `fields` [json-pointer:/blocks/0/type]",
        "unsupported type: foo [json-pointer:/blocks/1/type]",
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "FILE is not JSON: Expecting value (line 1, column 1)."),
        ('[{"type": "divider"},]', "FILE is not JSON: "),
        (b"\xff\xfe", "FILE is not text in UTF-8 (byte 0)."),
        ("[NaN]", "FILE is not JSON that Slack could read: NaN is not a JSON number."),
        ("[" * 100_000, "FILE is not JSON that Slack could read: "),
    ],
)
def test_what_is_not_json_gives_1_and_the_reason(tmp_path: Path, content: str | bytes, complaint: str) -> None:
    code, out, complaints = _run(tmp_path, "blocks", content)
    assert (code, out) == (1, "")
    assert complaints.startswith(complaint)


def test_a_file_that_is_not_there_gives_1_and_says_so(tmp_path: Path) -> None:
    complaints = io.StringIO()
    assert main(["--kind", "blocks", str(tmp_path / "none.json")], io.StringIO(), complaints) == 1
    assert complaints.getvalue() == f"{tmp_path / 'none.json'} can't be read: No such file or directory.\n"


@pytest.mark.parametrize("arguments", [[], ["--kind", "canvas", "a.json"], ["a.json"]])
def test_wrong_arguments_give_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments, io.StringIO(), io.StringIO())
    assert exit_.value.code == 2
    assert "usage: python -m bot.sandbox.check" in capsys.readouterr().err


def test_half_a_surrogate_pair_can_be_printed(tmp_path: Path) -> None:
    path = tmp_path / "payload.json"
    path.write_text('[{"type": "divider", "\\ud800": 1}]')
    command = [sys.executable, "-m", "bot.sandbox.check", "--kind", "blocks", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == "invalid additional property: \\ud800 [json-pointer:/blocks/0]\n"
