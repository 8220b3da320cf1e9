"""What a script printed, and the readings it makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.production.readings import Health, Reading
from bot.facts.masking import DETAIL_LIMIT, MASK
from bot.facts.scripts.printed import READINGS_LIMIT, last_words, read_printed

GREEN, RED, UNKNOWN = Health.GREEN, Health.RED, Health.UNKNOWN

ORIGINAL = """\
===========================================
PROD FACTS - 2025-11-25 07:00:00 UTC
===========================================

Checking Backend Health: https://shop.example/api/healthz
✅ Backend Health: 200
  ✅ Content check passed: found 'ok'

Checking Products API: https://shop.example/api/v1/public/products
❌ Products API: 000 (expected 200)

Checking Product Detail Page: https://shop.example/products/1
✅ Product Detail Page: 200
  ❌ Content check FAILED: 'Organic' not found

Checking Login Page: https://shop.example/login
✅ Login Page: 200
  → Redirects to: https://shop.example/auth/login

===========================================
❌ SOME CHECKS FAILED
===========================================

Report written to: docs/PROD-FACTS-LAST.md
"""


def readings(output: str | bytes, *, whole: bool = True) -> tuple[Reading, ...]:
    raw = output if isinstance(output, bytes) else output.encode()
    return read_printed(raw, "Shop", "script", whole=whole).readings


def brief(output: str | bytes, *, whole: bool = True) -> list[tuple[str, Health, str]]:
    return [(reading.name, reading.health, reading.detail) for reading in readings(output, whole=whole)]


def test_the_original_script_is_read_as_its_author_meant_it() -> None:
    assert brief(ORIGINAL) == [
        ("Backend Health", GREEN, "200"),
        ("Products API", RED, "000 (expected 200)"),
        ("Product Detail Page", RED, "200, but Content check FAILED: 'Organic' not found"),
        ("Login Page", GREEN, "200"),
    ]


def test_every_line_says_which_fact_it_is_part_of() -> None:
    assert {(reading.part_of, reading.kind) for reading in readings(ORIGINAL)} == {("Shop", "script")}


@pytest.mark.parametrize(
    ("output", "name", "health", "detail"),
    [
        # the marks
        ("✅ API: 200", "API", GREEN, "200"),
        ("✅API: 200", "API", GREEN, "200"),
        ("❌ API: 500", "API", RED, "500"),
        ("⚠️ Certificate: 12 days left", "Certificate", GREEN, "⚠️ 12 days left"),
        ("⚠ Certificate: 12 days left", "Certificate", GREEN, "⚠️ 12 days left"),
        ("PASS API: 200", "API", GREEN, "200"),
        ("PASS: API: 200", "API", GREEN, "200"),
        ("FAIL API: 500", "API", RED, "500"),
        ("FAIL\tshop/api\t0.12s", "shop/api", RED, "0.12s"),
        ("--- FAIL: TestCart (0.02s)", "TestCart", RED, "0.02s"),
        ("ok 1 - API: 200", "API", GREEN, "200"),
        ("ok 1 API", "API", GREEN, ""),
        ("ok API 12 items", "API 12 items", GREEN, ""),
        ("not ok 2 - API: 500", "API", RED, "500"),
        ("ok 3 - API # SKIP no network", "API", UNKNOWN, "skipped no network"),
        ("- ❌ API: 500", "API", RED, "500"),
        ("\x1b[31m❌ API:\x1b[0m 500", "API", RED, "500"),
        ("\ufeff❌ API: 500", "API", RED, "500"),
        ("checking…\r❌ API: 500", "API", RED, "500"),
        # the worst on the line and under it
        ("✅ API: 200 ❌ empty", "API", RED, "200 ❌ empty"),
        ("✅ API: FAIL", "API", RED, "FAIL"),
        ("✅ API: 200\n   ❌ Content check FAILED", "API", RED, "200, but Content check FAILED"),
        ("✅ API: 200\n\n\t❌ Content check FAILED", "API", RED, "200, but Content check FAILED"),
        ("✅ API: 200\n  body:\n    ❌ a\n  FAIL b", "API", RED, "200, but a; b"),
        ("✅ API: 200\n  ⚠️ slow", "API", GREEN, "⚠️ 200, but slow"),
        ("✅ API: 200\n  ⚠️ slow\n  ❌ empty", "API", RED, "200, but empty"),
        ("✅ API: 200\n  ❌", "API", RED, "200"),
        ("✅ API\n  ❌ empty", "API", RED, "empty"),
        ("❌ API: 500\n  ❌ no body", "API", RED, "500, no body"),
        ("❌ API: 500\n  ✅ fine otherwise", "API", RED, "500"),
        ("  ❌ API: 500", "API", RED, "500"),
        # names
        ("✅ https://shop.example/api: 200", "https://shop.example/api", GREEN, "200"),
        ("✅ Greek, Ελληνικά: εντάξει", "Greek, Ελληνικά", GREEN, "εντάξει"),
        ("✅ : 200", "200", GREEN, ""),
        ("❌ <!channel> & *all*: <b>no</b>", "<!channel> & *all*", RED, "<b>no</b>"),
    ],
)
def test_one_reading(output: str, name: str, health: Health, detail: str) -> None:
    assert brief(output) == [(name, health, detail)]


@pytest.mark.parametrize(
    "output",
    [
        "",
        "\n\n",
        "✅ ALL CHECKS PASSED",
        "ALL CHECKS PASSED",
        "✅ 5/5 checks passed",
        "✅",
        "ok",
        "PASS",
        "okay then: yes",
        "PASSED tests/test_shop.py: 3",
        "FAILED: 3 of 4",
        "1..4",
        "# not ok: a comment",
        "It is ✅ here: 200",
    ],
)
def test_no_reading(output: str) -> None:
    assert read_printed(output.encode(), "Shop", "script") == read_printed(b"", "Shop", "script")


@pytest.mark.parametrize(
    ("output", "failure"),
    [
        ("❌ SOME CHECKS FAILED", "SOME CHECKS FAILED"),
        ("SOME CHECKS FAILED", "SOME CHECKS FAILED"),
        ("  ❌ 2 of 5 checks failed", "2 of 5 checks failed"),
        ("❌", "a failure without a name"),
        ("FAIL", "a failure without a name"),
        ("✅ ALL CHECKS PASSED", ""),
    ],
)
def test_a_red_line_that_names_no_check_is_a_failure_and_no_reading(output: str, failure: str) -> None:
    printed = read_printed(output.encode(), "Shop", "script")
    assert (printed.readings, printed.failure) == ((), failure)


def test_a_summary_does_not_colour_the_line_above_it() -> None:
    assert brief("✅ API: 200\n  ❌ SOME CHECKS FAILED") == [("API", GREEN, "200")]


def test_lines_of_the_same_indent_stand_beside_each_other() -> None:
    assert brief("  ✅ API: 200\n  ❌ Cart: 500") == [("API", GREEN, "200"), ("Cart", RED, "500")]


def test_a_marked_line_under_a_line_without_a_mark_is_a_reading() -> None:
    assert brief("✅ API: 200\nCart\n  ❌ Total: 0") == [("API", GREEN, "200"), ("Total", RED, "0")]


@pytest.mark.parametrize(
    ("line", "latency_ms"),
    [
        ("✅ API: 200, 123ms", 123),
        ("✅ API: 200 (0.12s)", 120),
        ("✅ API: 200 in 12.4 ms", 12),
        ("✅ API 1.5 s", 1500),
        ("✅ API: 200", None),
        ("✅ API: 200 items, v1.2ms3, 5seconds", None),
    ],
)
def test_a_time_on_the_line_is_its_latency(line: str, latency_ms: int | None) -> None:
    (reading,) = readings(line)
    assert (reading.name, reading.latency_ms) == ("API", latency_ms)


def test_what_was_cut_off_is_not_green() -> None:
    cut = "✅ API: 200\n❌ Cart: 500\n✅ Product Detail: 200\n"
    assert brief(cut, whole=False) == [
        ("API", GREEN, "200"),
        ("Cart", RED, "500"),
        ("Product Detail", UNKNOWN, "200, not checked to the end"),
    ]
    assert brief(cut + "   ❌ Cont", whole=False)[-1] == ("Product Detail", RED, "200, but Cont")
    assert brief(cut + "Done\n", whole=False)[-1] == ("Product Detail", GREEN, "200")


def test_details_are_one_short_line_without_secrets() -> None:
    (reading,) = readings(f"❌ API: xoxb-{'1' * 300} \x07{'long' * 100}")
    assert reading.detail.startswith(f"{MASK} longlong")
    assert len(reading.detail) == DETAIL_LIMIT


def test_a_secret_is_masked_before_the_line_is_parted() -> None:
    assert brief("❌ API token=ab:cd:ef refused: 403") == [("API token=••• refused", RED, "403")]


def test_too_many_lines_are_one_reading_with_the_worst_of_them() -> None:
    many = readings("✅ a: 1\n" * READINGS_LIMIT + "✅ b: 1\n❌ c: 0\n")
    assert (many[-1].name, many[-1].health, len(many)) == ("2 more lines", RED, READINGS_LIMIT + 1)


def test_the_last_words_are_the_last_line_with_a_word() -> None:
    assert last_words(b"starting\ncurl: (28) timed out\n=====\n\n") == "curl: (28) timed out"
    assert last_words(b"") == ""


@given(st.binary(max_size=400), st.binary(max_size=400), st.booleans(), st.sampled_from(["", "  ", "\t"]))
def test_no_bytes_break_it_and_none_hide_a_red(before: bytes, after: bytes, whole: bool, indent: str) -> None:
    planted = f"\n{indent}❌ Planted: 500\n".encode()
    found = read_printed(before + planted + after, "Shop", "script", whole=whole).readings
    assert any(reading.health is RED and "Planted" in f"{reading.name} {reading.detail}" for reading in found)


@given(st.text(alphabet="✅❌⚠\ufe0f okPASFILnt:#-•\n\t\r\x1b[m1s"), st.booleans())
def test_marks_in_any_order_make_readings_that_can_be_shown(output: str, whole: bool) -> None:
    for reading in readings(output, whole=whole):
        assert reading.name
        assert "\n" not in reading.name + reading.detail
        assert "\x1b" not in reading.name + reading.detail
