"""facts.toml: what may stand in it, and how it says what is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.facts.dns import Dns
from bot.facts.factsfile import load
from bot.facts.http import Http
from bot.facts.scripts.script import TIMEOUT, Script
from bot.facts.tcp import Tcp

GOOD = '[[fact]]\nname = "Shop"\nkind = "script"\ncommand = ["sh", "facts.sh"]\n'


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "facts.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        load(path)
    return caught.value.say()


def test_a_fact_with_what_is_not_said(tmp_path: Path) -> None:
    (fact,) = load(written(tmp_path, GOOD))
    assert isinstance(fact, Script)
    assert (fact.name, fact.command, fact.directory, fact.timeout) == ("Shop", ("sh", "facts.sh"), tmp_path, TIMEOUT)


def test_a_directory_is_relative_to_the_file(tmp_path: Path) -> None:
    (below,) = load(written(tmp_path, GOOD + 'directory = "ops/scripts"'))
    (elsewhere,) = load(written(tmp_path, GOOD + 'directory = "/opt/shop"'))
    assert isinstance(below, Script)
    assert isinstance(elsewhere, Script)
    assert (below.directory, elsewhere.directory) == (tmp_path / "ops/scripts", Path("/opt/shop"))


def test_no_fact_is_a_legal_number(tmp_path: Path) -> None:
    assert load(written(tmp_path, "# none yet\n")) == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('name = "Shop"\nkind = "script"', "command: is missing"),
        ('kind = "script"\ncommand = ["a"]', "name: is missing"),
        ('name = "  "\nkind = "script"\ncommand = ["a"]', "name: should not be empty"),
        ('name = "a\\nb"\nkind = "script"\ncommand = ["a"]', "name: should be one line"),
        ("name = 3\nkind = 'script'\ncommand = ['a']", "name: should be text"),
        ('name = "Shop"\ncommand = ["a"]', "kind: is missing or not known; the kinds are script, http, tcp, dns"),
        ('name = "Shop"\nkind = "htp"', "kind: is missing or not known; the kinds are script, http, tcp, dns"),
        ('name = "Shop"\nkind = ["script"]', "kind: is missing or not known; the kinds are script, http, tcp, dns"),
    ],
)
def test_a_fact_with_a_fault(tmp_path: Path, line: str, fault: str) -> None:
    said = refusal(written(tmp_path, f"[[fact]]\n{line}\n"))
    assert str(tmp_path / "facts.toml") in said
    assert fault in said


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("timeout = 0", "timeout: should be greater than 0"),
        ("timeout = -1", "timeout: should be greater than 0"),
        ("timeout = nan", "timeout: should be a finite number"),
        ("timeout = inf", "timeout: should be"),
        ("timeout = 99999", "timeout: should be less than or equal to 3600"),
        ("timeout = true", "timeout: should be a number"),
        ('timeout = "60"', "timeout: should be a number"),
        ("directory = 3", "directory: should be text"),
        ('directory = "a\\u0000b"', "directory: should have no NUL in it"),
        ("timeuot = 60", "timeuot: is not a key of this kind"),
        ("url = 'https://shop.example'", "url: is not a key of this kind"),
    ],
)
def test_a_key_with_a_fault_is_named_with_its_fact(tmp_path: Path, line: str, fault: str) -> None:
    assert f'fact "Shop", {fault}' in refusal(written(tmp_path, f"{GOOD}{line}\n"))


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("[]", "command: should name a program"),
        ('[" "]', "command: should name a program"),
        ('["a", "\\u0000"]', "command: should have no NUL in it"),
        ('"sh facts.sh"', "command: should be a list"),
        ('["sh", 3]', "command.1: should be text"),
    ],
)
def test_a_command_with_a_fault(tmp_path: Path, command: str, fault: str) -> None:
    said = refusal(written(tmp_path, f'[[fact]]\nname = "Shop"\nkind = "script"\ncommand = {command}\n'))
    assert f'fact "Shop", {fault}' in said


def test_all_faults_are_in_one_message(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, f'{GOOD}timeout = 0\nwhen = "now"\n[[fact]]\nkind = "script"\n{GOOD}{GOOD}'))
    assert said.splitlines()[1:] == [
        'fact "Shop", timeout: should be greater than 0',
        'fact "Shop", when: is not a key of this kind',
        "fact 2, name: is missing",
        "fact 2, command: is missing",
        'fact "Shop", name: is there twice',
    ]


def test_a_name_is_there_twice_in_any_case(tmp_path: Path) -> None:
    assert 'fact "SHOP", name: is there twice' in refusal(written(tmp_path, GOOD + GOOD.replace("Shop", "SHOP")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[fact]\n", "is not TOML"),
        (b"name = '\xff'", "is not TOML"),
        ("a = " + "[" * 100_000, "is not TOML"),
        ("[fact]\nname = 'Shop'\n", "Write [[fact]]."),
        ("fact = 3", "Write [[fact]]."),
        ("fact = [3]", "fact 1, is not a table; write [[fact]]"),
        ("[[facts]]\nname = 'Shop'\n", "has a key that is not known: facts"),
    ],
)
def test_a_file_that_is_no_list_of_facts(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in refusal(written(tmp_path, content))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.toml") == f"{tmp_path}/none.toml can't be read: No such file or directory."
    assert "can't be read" in refusal(tmp_path)


def test_what_people_wrote_is_escaped_by_whoever_shows_it(tmp_path: Path) -> None:
    path = written(tmp_path, '[[fact]]\nname = "<!channel> {file}"\nkind = "script"\n')
    with pytest.raises(BadInput) as caught:
        load(path)
    assert "<!channel>" not in caught.value.say(lambda text: text.replace("<", "&lt;"))
    assert "{file}" in caught.value.say()


HTTP = '[[fact]]\nname = "Shop"\nkind = "http"\nurl = "https://shop.example/"\n'
TCP = '[[fact]]\nname = "Mail"\nkind = "tcp"\nhost = "mail.shop.example"\nport = 25\n'
DNS = '[[fact]]\nname = "Name"\nkind = "dns"\nhost = "shop.example"\n'


def test_every_kind_with_what_is_not_said(tmp_path: Path) -> None:
    http, tcp, dns = load(written(tmp_path, HTTP + TCP + DNS))
    assert isinstance(http, Http)
    assert isinstance(tcp, Tcp)
    assert isinstance(dns, Dns)
    assert (http.method, http.status, http.follow_redirects, http.allow_private) == ("GET", (200,), True, False)
    assert (http.tries, http.recover, http.every) == (3, 2, None)
    assert (tcp.port, dns.expect) == (25, ())


def test_every_key_of_an_http_fact(tmp_path: Path) -> None:
    keys = """
method = "POST"
status = [200, 204]
follow_redirects = false
contains = ["Olive oil", "Honey"]
not_contains = "0 results"
whole_words = true
regex = '\\d+ products'
json = { status = "ok", "data.items[0].name" = "Oil" }
max_latency_ms = 800
certificate_days = 14
timeout = 5
tries = 1
recover = 3
every = "5m"
channels = "C0BOARD"
allow_private = true
"""
    (fact,) = load(written(tmp_path, HTTP + keys))
    assert isinstance(fact, Http)
    assert fact.contains == ("Olive oil", "Honey")
    assert fact.not_contains == ("0 results",)
    assert fact.paths == {"status": "ok", "data.items[0].name": "Oil"}
    assert (fact.every, fact.channels) == (timedelta(minutes=5), ("C0BOARD",))


def test_a_json_path_may_be_a_table_as_toml_reads_its_dots(tmp_path: Path) -> None:
    (fact,) = load(written(tmp_path, HTTP + '[fact.json]\ndata.status = "ok"\ndata.items.0.up = true\n'))
    assert isinstance(fact, Http)
    assert fact.paths == {"data.status": "ok", "data.items.0.up": True}


@pytest.mark.parametrize(
    ("channels", "channel", "is_for"),
    [("[]", "C0BOARD", True), ('["C0BOARD"]', "C0BOARD", True), ('["C0OTHER"]', "C0BOARD", False)],
)
def test_a_fact_is_for_every_board_unless_it_names_channels(
    tmp_path: Path, channels: str, channel: str, is_for: bool
) -> None:
    (fact,) = load(written(tmp_path, f"{HTTP}channels = {channels}"))
    assert fact.is_for(channel) is is_for


@pytest.mark.parametrize(
    ("every", "span"),
    [
        ("30", timedelta(seconds=30)),
        ("1.5", timedelta(seconds=1.5)),
        ('"30s"', timedelta(seconds=30)),
        ('"15 m"', timedelta(minutes=15)),
        ('"2h"', timedelta(hours=2)),
        ('"1d"', timedelta(days=1)),
    ],
)
def test_how_often_it_is_looked_at(tmp_path: Path, every: str, span: timedelta) -> None:
    (fact,) = load(written(tmp_path, f"{HTTP}every = {every}"))
    assert fact.every == span


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('every = "often"', 'every: should be a time like "5m" or "1h", or a number of seconds'),
        ("every = true", "every: should be a time like"),
        ("every = nan", "every: should be a time like"),
        ("every = 0", "every: should be between 1 second and 31 days"),
        ('every = "9999999d"', "every: should be"),
        ("tries = 0", "tries: should be greater than or equal to 1"),
        ("recover = 11", "recover: should be less than or equal to 10"),
        ("tries = 1.5", "tries: should be a whole number"),
        ('tags = ["shop"]', "tags: had no effect and is no key any more; delete that line"),
        ('channels = [""]', "channels.0: should not be empty"),
        ('method = "BREW"', "method: should be 'GET', 'HEAD', 'OPTIONS' or 'POST'"),
        ("status = []", "status: should not be empty"),
        ("status = [99]", "status.0: should be greater than or equal to 100"),
        ('status = "200"', "status"),
        ('follow_redirects = "yes"', "follow_redirects: should be true or false"),
        ("contains = 3", "contains"),
        ('regex = "("', "regex: is not a regular expression: missing )"),
        ('json = { "a..b" = 1 }', "json: should have paths like"),
        ("json = { a = 2026-01-01 }", "json: should have paths like"),
        ('json = "status"', "json: should be a table"),
        ("max_latency_ms = 0", "max_latency_ms: should be greater than 0"),
        ("certificate_days = -1", "certificate_days: should be greater than 0"),
        ("timeout = 0", "timeout: should be greater than 0"),
        ("command = ['a']", "command: is not a key of this kind"),
        ('method = "HEAD"\ncontains = "a"', "should be GET, because the answer to HEAD has no text to look into"),
    ],
)
def test_a_key_of_an_http_fact_with_a_fault(tmp_path: Path, line: str, fault: str) -> None:
    assert f'fact "Shop", {fault}' in refusal(written(tmp_path, f"{HTTP}{line}\n"))


@pytest.mark.parametrize(
    "url", ["shop.example", "ftp://shop.example", "https://", "https://a b", "http://a:port/", "//a"]
)
def test_an_address_with_a_fault(tmp_path: Path, url: str) -> None:
    said = refusal(written(tmp_path, HTTP.replace("https://shop.example/", url)))
    assert 'fact "Shop", url: should be an address like https://shop.example/products' in said


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (TCP.replace("25", "0"), 'fact "Mail", port: should be greater than or equal to 1'),
        (TCP.replace("25", "65536"), 'fact "Mail", port: should be less than or equal to 65535'),
        (TCP.replace("port = 25", ""), 'fact "Mail", port: is missing'),
        (TCP.replace("mail.shop", "mail shop"), 'fact "Mail", host: should be a name or an address'),
        (DNS + 'expect = "shop.example"', 'fact "Name", expect.0: should be an IP address like'),
        (DNS + "port = 53", 'fact "Name", port: is not a key of this kind'),
    ],
)
def test_a_tcp_or_dns_fact_with_a_fault(tmp_path: Path, content: str, fault: str) -> None:
    assert fault in refusal(written(tmp_path, content))
