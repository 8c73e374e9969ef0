"""What every answer tells the browser, and that nothing names another host."""

from __future__ import annotations

import gc
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
DIRECTIVES = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
REACT = "/_dash-component-suites/dash/deps/react@18.v4_4_1m{}.3.1.min.js"
EVERY = ["/", "/demand", "/nowhere", "/_dash-layout", "/healthz", "/static/x", "/download"]


def directives(answer: Any) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", EVERY)
def test_headers_are_exact(demo: Any, path: str):
    answer = demo.get(path)
    assert {name: answer.headers[name] for name in EXACT} == EXACT
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Server" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("path", EVERY)
def test_policy_is_exact(demo: Any, path: str):
    found = directives(demo.get(path))
    scripts = found.pop("script-src")
    assert found == DIRECTIVES
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/=]+')+", scripts)


def test_policy_covers_every_inline_script(demo_app: Any, demo: Any):
    """A script that Dash adds later would be refused by the browser: this finds it first."""
    import base64
    import hashlib

    answer = demo.get("/")
    inline = re.findall(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.+?)</script>",
        answer.get_data(as_text=True),
        re.DOTALL,
    )
    assert inline
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_https_is_remembered_only_over_https(demo: Any):
    answer = demo.get("/", base_url="https://figures.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_only_named_static_files_are_kept(demo: Any):
    page = demo.get("/").get_data(as_text=True)
    addresses = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css)[^"]*)"', page)
    assert len(addresses) > 5
    for address in addresses:
        assert "immutable" in demo.get(address).headers["Cache-Control"], address
    assert demo.get("/assets/semh.css").headers["Cache-Control"] == "no-store"
    assert demo.get("/assets/none.css?m=1").headers["Cache-Control"] == "no-store"


def test_scripts_fit_the_budget(demo: Any):
    """At most 2.4 MB of JavaScript compressed for a first page."""
    page = demo.get("/").get_data(as_text=True)
    sizes = [
        len(demo.get(address, headers={"Accept-Encoding": "br"}).get_data())
        for address in re.findall(r'src="(/[^"]+\.js[^"]*)"', page)
    ]
    assert len(sizes) > 5
    assert sum(sizes) <= 2_400_000


@pytest.mark.parametrize("made_up", ["/assets/semh.css?m={}", REACT], ids=["query", "path"])
def test_compression_remembers_no_made_up_address(demo_app: Any, made_up: str):
    """A reader who asks for one file under a thousand names must not fill the memory."""
    client = demo_app.server.test_client()

    def ask(first: int, last: int) -> None:
        for i in range(first, last):
            response = client.get(made_up.format(i), headers={"Accept-Encoding": "br"})
            assert response.status_code == 200
            response.close()

    ask(0, 100)
    tracemalloc.start()
    ask(100, 200)
    gc.collect()
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 150_000, f"100 made-up addresses keep {grown:,} bytes"


def test_no_file_of_ours_names_another_host():
    ours = [ROOT / "app.py"]
    for room in ("components", "pages", "assets"):
        ours += [p for p in (ROOT / room).rglob("*") if p.suffix in (".py", ".css", ".js")]
    for path in ours:
        if path.name == "plotly-cartesian.min.js":
            continue
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(https?:)?//[a-z0-9-]+\.[a-z]", text), path


def test_chart_library_is_the_one_that_plotly_was_made_for():
    from plotly.offline import get_plotlyjs_version

    head = (ROOT / "assets" / "plotly-cartesian.min.js").read_text(encoding="utf-8")[:400]
    assert f"v{get_plotlyjs_version()}" in head
    assert "Licensed under the MIT license" in head


def test_chart_library_is_locked_for_every_chart():
    lock = (ROOT / "assets" / "plotly-lock.js").read_text(encoding="utf-8")
    for said in ("setPlotConfig", "showSendToCloud: false", 'plotlyServerURL: ""'):
        assert said in lock


def test_page_says_its_language_and_takes_no_robots(demo: Any):
    assert '<html lang="en-GB">' in demo.get("/").get_data(as_text=True)


def test_errors_show_no_trace(demo_app: Any, monkeypatch: pytest.MonkeyPatch):
    from components import guard

    def broken() -> None:
        raise ValueError("a pupil's number 12345")

    monkeypatch.setattr(guard, "reader", broken)
    text = demo_app.server.test_client().get("/download").get_data(as_text=True)
    assert "12345" not in text
    assert "Traceback" not in text
    assert re.search(r"number [0-9a-f]{8}", text)
