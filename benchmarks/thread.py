"""The whole thread at full size: start, second start, callbacks under load, first page, JavaScript.

    python benchmarks/thread.py [--scale 1.0]

Prints what it measured, and the limit each figure is held against. Traffic goes to loopback only,
is bounded in count and time, and ends by itself.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
READERS, CALLS = 20, 600


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(port: int) -> bool:
    try:
        con = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        con.request("GET", "/")
        return con.getresponse().status == 200
    except OSError:
        return False


class PeakMemory(threading.Thread):
    """Sum of resident memory over a process and its children, sampled ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.process, self.peak, self.going = psutil.Process(pid), 0, True

    def run(self) -> None:
        while self.going:
            try:
                family = [self.process, *self.process.children(recursive=True)]
                self.peak = max(self.peak, sum(p.memory_info().rss for p in family))
            except psutil.Error:
                pass
            time.sleep(0.1)


def start(home: Path, scale: float) -> tuple[subprocess.Popen, int, float, float]:
    port, began = free_port(), time.perf_counter()
    env = {**os.environ, "SEMH_HOME": str(home)}
    command = [str(Path(sys.executable).with_name("semh")), "demo", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--scale", str(scale)], env=env, stdout=subprocess.DEVNULL
    )
    memory = PeakMemory(process.pid)
    memory.start()
    while not answers(port):
        if process.poll() is not None or time.perf_counter() - began > 600:
            raise SystemExit("the demonstration did not come up")
        time.sleep(0.05)
    took = time.perf_counter() - began
    memory.going = False
    return process, port, took, memory.peak / 1e9


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def browse(port: int, paths: list[str]) -> tuple[float, float, list[tuple[str, str]]]:
    """First-page seconds, JavaScript MB as sent, and the callback bodies of several pages."""
    bodies: list[tuple[str, str]] = []
    sent = {"js": 0.0}
    kinds: dict[str, str] = {}
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
        cdp.on("Network.loadingFinished", lambda e: _count(e, kinds, sent))
        page.on("request", lambda r: _keep(r, bodies))
        began = time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}{paths[0]}")
        page.wait_for_selector("main h1", timeout=30_000)
        page.wait_for_selector("main figure svg", timeout=30_000)
        first = time.perf_counter() - began
        page.wait_for_timeout(1500)
        js = sent["js"] / 1e6
        for path in paths[1:]:
            page.goto(f"http://127.0.0.1:{port}{path}")
            page.wait_for_selector("main h1", timeout=30_000)
            page.wait_for_timeout(1500)
        browser.close()
    return first, js, bodies


def _count(event: dict, kinds: dict, sent: dict) -> None:
    if kinds.get(event["requestId"]) == "Script":
        sent["js"] += event["encodedDataLength"]


def _keep(request, bodies: list) -> None:
    if "_dash-update-component" in request.url and request.post_data:
        bodies.append((request.url.split("/", 3)[3], request.post_data))


def hammer(port: int, bodies: list[tuple[str, str]]) -> list[float]:
    """Milliseconds of CALLS callbacks made by READERS readers at once."""

    def reader(number: int) -> list[float]:
        con = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        times = []
        for i in range(CALLS // READERS):
            path, body = bodies[(number + i) % len(bodies)]
            began = time.perf_counter()
            con.request("POST", f"/{path}", body, {"Content-Type": "application/json"})
            answer = con.getresponse()
            answer.read()
            if answer.status not in (200, 204):
                raise SystemExit(f"a callback answered {answer.status}")
            times.append((time.perf_counter() - began) * 1000)
            time.sleep(0.5)  # a reader reads before the next click
        return times

    with ThreadPoolExecutor(READERS) as pool:
        return [t for times in pool.map(reader, range(READERS)) for t in times]


PAGES = ["/", "/demand", "/sufficiency", "/out-of-borough-cost", "/outcomes", "/compare"]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0)
    scale = arguments.parse_args().scale
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        process, port, first_start, peak = start(home, scale)
        stop(process)
        process, port, second_start, _ = start(home, scale)
        try:
            first_page, js, bodies = browse(port, PAGES)
            times = sorted(hammer(port, bodies))
        finally:
            stop(process)
    rows = [
        ("demo from nothing to an answering page, s", first_start, 90),
        ("peak memory of that, GB", peak, 4),
        ("second start, s", second_start, 5),
        ("callback p50, 20 readers, ms", statistics.median(times), 60),
        ("callback p95, 20 readers, ms", times[int(len(times) * 0.95)], 150),
        ("first page cold, s", first_page, 2.4),
        ("JavaScript sent, MB", js, 2.4),
    ]
    for name, value, limit in rows:
        print(
            f"{name:<46}{value:>9.2f}   limit {limit:<6} {'held' if value <= limit else 'MISSED'}"
        )
    print(json.dumps({"scale": scale, "callbacks": len(times), "bodies": len(bodies)}))


if __name__ == "__main__":
    main()
