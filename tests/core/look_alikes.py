"""Pairs of a new item and a finished one, each with our judgement whether they are the same work.

The same means: who starts the new one should see the finished one first, because it asks for what was shown there.
"""

from typing import NamedTuple


class Pair(NamedTuple):
    """A new item beside a finished one."""

    same: bool
    new: str
    past: str
    scope: str = ""
    result: str = ""


# From a real team's boards, which proved some things again and again. The threshold was chosen on these.
CHOSEN_ON = (
    Pair(True, "Producer Permissions Audit (Stage 2)", "Producer permissions audit", result="PASS, no bugs found"),
    Pair(
        True,
        "Producer Permissions Audit (Stage 2)",
        "Pass 8 (Permissions/Ownership Audit Stage 2)",
        "Comprehensive audit of producer authorization with backend policy enforcement verification",
        "Deep permissions audit: ProductPolicy enforces producer_id ownership, 21 authorization tests PASS",
    ),
    Pair(
        True,
        "Producer Permissions Audit (Stage 2)",
        "Stage 2 Permissions Audit",
        result="NO GAPS FOUND, 17 authorization tests PASS, PR #1772",
    ),
    Pair(True, "Pass 22 (Producer Permissions Audit Stage 2)", "Pass 14 (Producer Permissions Audit)"),
    Pair(
        True, "Producer Permissions verification", "Producer permissions audit", result="12 tests PASS, PR #1786 merged"
    ),
    Pair(
        True,
        "Stage 3 Producer Product CRUD complete verification",
        "Producer Product CRUD audit",
        result="FULLY IMPLEMENTED, 18 tests PASS",
    ),
    Pair(
        True,
        "Pass 9 (Producer Dashboard CRUD Verification)",
        "Stage 3 Producer Product CRUD complete verification",
        result="Create/edit/delete verified production-ready, 49 tests PASS (251 assertions)",
    ),
    Pair(True, "Pass 6 (Checkout → Order MVP proof)", "Checkout flow MVP verification", result="Already implemented"),
    Pair(
        True,
        "Pass 6 (Checkout → Order MVP proof)",
        "Stage 4A Orders & Checkout Flow verification",
        result="Cart-to-order flow verified production-ready, 54 tests PASS (517 assertions)",
    ),
    Pair(True, "PROD monitoring setup", "PROD Facts Monitoring", result="Automated monitoring live, PR #1774"),
    Pair(
        True, "PROD monitoring & stability enforcement", "PROD monitoring setup", result="Daily automated checks active"
    ),
    Pair(True, "PROD stability monitoring", "PROD monitoring & stability enforcement", result="PR #1790 merged"),
    Pair(
        True,
        "Backend API Stability Check",
        "Pass 23 (Backend API Stability Check)",
        "Verify backend /api/v1 is stable after recent systemd fixes",
        "Stability verification after systemd migration. All endpoints healthy",
    ),
    Pair(
        True,
        "CI-FLAKE-FILTERS-SEARCH-02: Further stabilization of filters-search E2E",
        "CI-FLAKE-FILTERS-SEARCH-01: Stabilized filters-search E2E test",
    ),
    Pair(
        True,
        "PERF-PRODUCTS-REDIS-01: Redis cache for products",
        "PERF-PRODUCTS-REDIS-01: Redis cache layer for product list (defer unless scale requires)",
    ),
    Pair(
        True,
        "V1-QA-EXECUTE-01-6: V1 QA (re-verification 6)",
        "V1-QA-EXECUTE-01-5: Final QA verification (re-verification 5)",
    ),
    Pair(
        True,
        "UI-HEADER-NAV-CLARITY-01: Move language switcher to footer",
        "Language toggle position: Remove from header; place in footer",
    ),
    Pair(
        True,
        "PRODUCER-DASHBOARD-IA-01: Producer Dashboard IA Audit (docs-only)",
        "PRODUCER-IA-01 (docs-only): Producer Dashboard V1 Information Architecture",
    ),
    Pair(
        True,
        "Pass 60 — Email Infrastructure Enable",
        "Pass 60 — Email Enable (health diagnostic, now enabled)",
        "Enable email notifications in production",
    ),
    Pair(
        True,
        "Pass 52 — Card Payments Enable",
        "Pass 52 — Stripe Enable (health diagnostic, Stripe live on prod)",
        "Enable card payments in production with real Stripe credentials",
    ),
    Pair(
        True,
        "DOCS-ARCHIVE-CLEANUP-01: Archive old AGENT/SUMMARY files",
        "DOCS-ARCHIVE-CLEANUP-01: Archived 50 old Pass files",
    ),
    Pair(
        True,
        "Consolidate MVP verification docs",
        "Pass 2 (MVP core verification master)",
        "Create master verification document summarizing all CLOSED MVP core features",
        "Created MVP-CORE-VERIFICATION.md consolidating all CLOSED features (140+ tests), PR #1792 merged",
    ),
    Pair(
        True,
        "Pass EN-LANGUAGE-01 — English Language Support",
        "EN-LANGUAGE-01 — English language support with LocaleContext + language switcher",
    ),
    Pair(
        True,
        "TEST-UNSKIP-01 — Enable Skipped E2E Tests (actionable - unskip tests from Pass 39/40/44)",
        "TEST-UNSKIP-01 — Enable Skipped E2E Tests (8 tests unskipped from orders flow)",
    ),
    Pair(
        True,
        "EMAIL-UTF8-01: Fix Greek email encoding (mojibake)",
        "PROD-EMAIL-UTF8-PROOF-01: Production verification of Greek email encoding",
    ),
    Pair(
        True,
        "OPS-POST-LAUNCH-CHECKS-01: Scheduled production monitoring",
        "Pass 12 (Scheduled PROD Smoke Monitoring)",
        result="Created GitHub Actions workflow probing PROD endpoints every 15 minutes",
    ),
    Pair(
        True,
        "POST-LAUNCH-CHECKS-01: Post-launch monitoring",
        "POST-V1-MONITORING-01: 24h post-launch health check",
    ),
    # Hard ones: the same words, other work.
    Pair(
        False,
        "Stage 3 Producer Product CRUD authorization gap fix",
        "Stage 3 Producer My Products list verification",
        result="Verified existing implementation, 4 tests PASS, ownership enforced server-side",
    ),
    Pair(
        False,
        "Stage 3 Producer Product CRUD authorization gap fix",
        "Stage 3 Producer Product CRUD complete verification",
        result="Create/edit/delete verified production-ready, 49 tests PASS (251 assertions)",
    ),
    Pair(
        False,
        "Stage 3 Producer My Products list verification",
        "Stage 3 Producer Product CRUD complete verification",
    ),
    Pair(False, "Pass 24 (Admin Product Moderation Queue)", "Pass 9 (Producer Dashboard CRUD Verification)"),
    Pair(False, "Pass 26 (PROD Regression - Products List SSR Fix)", "Pass 19 (Product Detail Pages PROD Fix)"),
    Pair(
        False,
        "Pass 53 — Order Email Notifications (consumer + producers)",
        "Pass 54 — Order Status Update Emails (shipped/delivered)",
    ),
    Pair(False, "Pass 48 — Shipping Display in Checkout & Order Details", "Pass 50 — Zone-Based Shipping Pricing"),
    Pair(
        False,
        "Pass 57 — Producer Orders CSV Export (export button + API)",
        "Pass 56 — Producer Orders Split-Brain Fix (Laravel API for /my/orders)",
    ),
    Pair(
        False,
        "Pass 58 — Producer Order Status Updates (status buttons on /my/orders)",
        "Pass 25 (Order Status Tracking)",
        result="Admin-only Laravel API endpoint for updating order status with controlled transitions",
    ),
    Pair(False, "SEC-EGRESS-01 — Egress monitoring + fail2ban tightening", "SSH/fail2ban hardening", result="CLOSED"),
    Pair(False, "SEC-ROTATE-01 — SSH key rotation (old keys removed, new key installed)", "SSH/fail2ban hardening"),
    Pair(
        False,
        "E2E-SEED-02 — Products Page Smoke Tests (CI-safe, 4 total @smoke tests now)",
        "E2E-SEED-01 — Deterministic CI Seeding (seed-ci.ts + mock API + 2 @smoke tests)",
    ),
    Pair(
        False,
        "MONITOR-02 — Alert Drill (proved alerting pipeline works)",
        "MONITOR-01 — Uptime Alerting (GitHub Issue on failure)",
    ),
    Pair(
        False,
        "TEST-UNSKIP-02 — Add 5 CI-safe @smoke page load tests (PDP, cart, login, register, home)",
        "TEST-COVERAGE-01 — Expand @smoke test coverage (4 new tests: producers, contact, terms, privacy)",
    ),
    Pair(
        False,
        "TEST-UNSKIP-03 — False-Green Prevention (count assertion + e2e-full rewrite)",
        "TEST-UNSKIP-01 — Enable Skipped E2E Tests (8 tests unskipped from orders flow)",
    ),
    Pair(False, "Data Dependency Map", "Bootstrap OPS state management system", result="PR #1761 merged"),
    Pair(
        False,
        "Pass 7 (Frontend checkout wiring)",
        "Pass 6 (Checkout → Order MVP proof)",
        result="Audit-first verification: checkout flow production-ready, 54 tests PASS (517 assertions)",
    ),
    Pair(False, "Pass 10 (Checkout Orders List Page)", "Pass 11 (Checkout E2E Test)"),
    Pair(
        False,
        "Pass 21 (Canonical Redirect Clean URLs)",
        "Pass 20 (Cart localStorage Canonical Redirect)",
        result="Fixed cart appearing empty when navigating between www.dixis.gr and dixis.gr",
    ),
    Pair(
        False,
        "OPS-EMAIL-PROOF-01: Email delivery verification runbook + proof script",
        "EMAIL-EVENTS-01: Order email verification",
    ),
    Pair(
        False,
        "PERF-SWEEP-PAGES-01: Performance sweep across public pages",
        "PERF-BASELINE-CAPTURE-01: Performance baseline capture",
    ),
    Pair(False, "smoke-production CI timeout fix", "CI-FLAKE-NOTIFICATIONS-01: Fix notification bell flaky test"),
    Pair(False, "ProducerOrderManagementTest fix", "Producer permissions audit", result="PASS, no bugs found"),
    Pair(
        False,
        "CI-FLAKE-LOCALE-01: Stabilize `locale.spec.ts` flaky test",
        "CI-FLAKE-NOTIFICATIONS-01: Fix notification bell flaky test",
    ),
    Pair(
        False,
        "MONITORING-REGEX-01: Fix prod-facts.sh false positive",
        "OPS-PROD-FACTS-HYGIENE-01: Fix prod-facts.sh output hygiene",
    ),
    Pair(False, "Documentation Updates", "E2E-FULL-01 — Nightly regression suite documentation"),
    Pair(False, "Payment integration", "PRD-AUDIT-01 — PRD→Reality mapping (111 features, 88% health score)"),
    # New items in somebody else's words.
    Pair(True, "Check producer permissions again", "Pass 14 (Producer Permissions Audit)"),
    Pair(
        True,
        "Uptime alerts",
        "MONITOR-01 — Uptime Alerting (GitHub Issue on failure)",
        "Open a GitHub issue when a prod check fails",
    ),
    Pair(
        True,
        "Email delivery proof on production",
        "OPS-EMAIL-PROOF-01: Email delivery verification runbook + proof script",
    ),
    Pair(True, "Add guest checkout", "GUEST-CHECKOUT-01 — Guest checkout enabled (no auth required to purchase)"),
    Pair(
        True,
        "Full text search for products",
        "SEARCH-FTS-01 — Full-text product search with PostgreSQL FTS + ranking",
    ),
    Pair(True, "Export of producer orders as CSV", "Pass 57 — Producer Orders CSV Export (export button + API)"),
    Pair(True, "Rotate the SSH keys", "SEC-ROTATE-01 — SSH key rotation (old keys removed, new key installed)"),
    Pair(
        True,
        "Warm OPcache after a deploy",
        "PERF-COLD-START-01 (P3): Warm OPcache on deploy to eliminate ~700ms cold start penalty",
    ),
    Pair(True, "Cart sync for logged-in users", "CART-SYNC-01: Backend cart sync for logged-in users"),
    Pair(
        True, "Password reset by email", "Pass EMAIL-AUTH-01 — Password Reset via Resend (backend + frontend + tests)"
    ),
    Pair(
        True,
        "Orders page answers 404",
        "Pass 13 (Fix /orders Route + Enforce Prod-Smoke)",
        result="Fixed `/orders` 404 by moving page from `(storefront)/orders/` to `orders/`",
    ),
    Pair(True, "Greek emails arrive as mojibake", "EMAIL-UTF8-01: Fix Greek email encoding (mojibake)"),
    Pair(False, "Search producers by region", "SEARCH-FTS-01 — Full-text product search with PostgreSQL FTS + ranking"),
    Pair(False, "Refund orders from the admin page", "Pass 25 (Order Status Tracking)"),
    Pair(False, "Import of products from CSV", "Pass 57 — Producer Orders CSV Export (export button + API)"),
    Pair(
        False,
        "Password strength meter at register",
        "Pass EMAIL-AUTH-01 — Password Reset via Resend (backend + frontend + tests)",
    ),
    Pair(False, "Admin user roles", "ADMIN-USERS-01 — Admin user management UI at /admin/users"),
    Pair(False, "Producer payouts report", "Pass 55 — Weekly Producer Digest (order stats email)"),
    Pair(False, "Checkout page in French", "EN-LANGUAGE-02 — Extend i18n to checkout, orders, producer pages"),
    Pair(
        False,
        "Rotate the database password",
        "SEC-ROTATE-01 — SSH key rotation (old keys removed, new key installed)",
    ),
    Pair(False, "SMS alerts", "MONITOR-01 — Uptime Alerting (GitHub Issue on failure)"),
    Pair(
        False, "Guest reviews of products", "GUEST-CHECKOUT-01 — Guest checkout enabled (no auth required to purchase)"
    ),
    Pair(False, "Emails about abandoned carts", "CART-SYNC-01: Backend cart sync for logged-in users"),
    Pair(
        False, "Unsubscribe link in the weekly producer digest", "Pass 55 — Weekly Producer Digest (order stats email)"
    ),
)

# More of these, judged before the first run; nothing is tuned on them.
HELD_OUT = (
    Pair(True, "Notification bell in the header", "NOTIFICATIONS-01 — Notification bell + page UI (NotificationBell)"),
    Pair(True, "User management page for admins", "ADMIN-USERS-01 — Admin user management UI at /admin/users"),
    Pair(True, "Cache the product list", "PERF-PRODUCTS-CACHE-01 (P1): Add `revalidate: 60` to frontend fetch"),
    Pair(True, "Weekly digest for producers", "Pass 55 — Weekly Producer Digest (order stats email)"),
    Pair(True, "Shipping prices by zone", "Pass 50 — Zone-Based Shipping Pricing"),
    Pair(True, "Card payments with Stripe", "Pass 51 — Card Payments via Stripe (feature flag)"),
    Pair(True, "Fix the flaky locale test", "CI-FLAKE-LOCALE-01: Stabilize `locale.spec.ts` flaky test"),
    Pair(True, "Admin page answers HTTP 500", "ADMIN-500-INVESTIGATE-01 (P2): Fix `/admin` HTTP 500 error"),
    Pair(True, "Upload of product images", "Pass 18 (Producer Product Image Upload)"),
    Pair(True, "Retry SSH when a deploy fails", "OPS-DEPLOY-SSH-RETRY-01: SSH deploy retry + post-deploy proof"),
    Pair(True, "Privacy-friendly analytics", "ANALYTICS-BASIC-01: Privacy-friendly analytics infrastructure"),
    Pair(
        True,
        "Products list shows skeletons forever",
        "Pass 26 (PROD Regression - Products List SSR Fix)",
        result="Fixed products list page showing loading skeletons forever in PROD",
    ),
    Pair(False, "Notification settings per user", "NOTIFICATIONS-01 — Notification bell + page UI (NotificationBell)"),
    Pair(False, "Delete a user account", "ADMIN-USERS-01 — Admin user management UI at /admin/users"),
    Pair(False, "Product detail page in English", "Pass 19 (Product Detail Pages PROD Fix)"),
    Pair(False, "Weekly sales report for admins", "Pass 55 — Weekly Producer Digest (order stats email)"),
    Pair(False, "Shipping label as PDF", "Pass 50 — Zone-Based Shipping Pricing"),
    Pair(False, "Refund of card payments", "Pass 51 — Card Payments via Stripe (feature flag)"),
    Pair(False, "Fix the flaky search test", "CI-FLAKE-LOCALE-01: Stabilize `locale.spec.ts` flaky test"),
    Pair(False, "Admin page for categories", "ADMIN-500-INVESTIGATE-01 (P2): Fix `/admin` HTTP 500 error"),
    Pair(False, "Upload of invoices", "Pass 18 (Producer Product Image Upload)"),
    Pair(False, "Deploy to a second server", "OPS-DEPLOY-SSH-RETRY-01: SSH deploy retry + post-deploy proof"),
    Pair(False, "Privacy policy page", "ANALYTICS-BASIC-01: Privacy-friendly analytics infrastructure"),
    Pair(False, "Order confirmation page in Greek", "Pass 48 — Shipping Display in Checkout & Order Details"),
)
