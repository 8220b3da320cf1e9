"""Ask a shop whether it works, and print what it answers: `python3 prod_facts.py http://127.0.0.1:8000/demo`.

Needs Python alone, and goes past any proxy. Prints a line for each check, and exits with 1 when one fails.
"""

import json
import sys
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple
from urllib.parse import urlsplit

TIME_LIMIT = 5  # seconds of silence that one check may take
BODY_LIMIT = 1_000_000  # bytes; a page of the shop is far smaller


class Check(NamedTuple):
    """A page that must answer 200, and `fault`: what is wrong with its body, or nothing."""

    name: str
    path: str
    fault: Callable[[str], str] = lambda body: ""


def no_products(body: str) -> str:
    """Say what is missing from the list of products."""
    try:
        products = json.loads(body)
    except ValueError:
        return "not a JSON list"
    return "" if isinstance(products, list) and products else "no products in the list"


def not_organic(body: str) -> str:
    """Say what is missing from the page of a product."""
    return "" if "Organic" in body else "'Organic' not found"


CHECKS = (
    Check("Backend health", "/api/healthz"),
    Check("Products API", "/api/products", no_products),
    Check("Products page", "/"),
    Check("Product detail", "/products/1", not_organic),
    Check("Login page", "/auth/login"),
)


def fetch(address: str) -> tuple[int, str]:
    """Return the status and the body of a page. Raises OSError or HTTPException when nothing usable answers."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=TIME_LIMIT)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        return answer.status, answer.read(BODY_LIMIT).decode("utf-8", errors="replace")
    finally:
        connection.close()


def passes(check: Check, base: str) -> bool:
    """Make one check, and print what came of it at once: what is printed stays, whatever happens to the next."""
    try:
        status, body = fetch(base + check.path)
    except (OSError, HTTPException) as error:
        print(f"❌ {check.name}: no answer ({error})", flush=True)
        return False
    if status != 200:
        print(f"❌ {check.name}: {status} (expected 200)", flush=True)
        return False
    fault = check.fault(body)
    print(f"✅ {check.name}: {status}", f"   ❌ Content check FAILED: {fault}" if fault else "", sep="\n", flush=True)
    return not fault


def main(base: str) -> int:
    """Make every check against the shop at `base`, and give the exit code."""
    print(f"PROD FACTS - {base}\n", flush=True)
    passed = [passes(check, base.rstrip("/")) for check in CHECKS]
    print("✅ ALL CHECKS PASSED" if all(passed) else "❌ SOME CHECKS FAILED")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("prod_facts.py needs one argument: the address of the shop")
    sys.exit(main(sys.argv[1]))
