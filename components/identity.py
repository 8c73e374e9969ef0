"""Who is asking: decided on the server for each request, and the public unless proved otherwise."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask, current_app, session

from models.extracts import EXTRACTS
from models.observation import Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from pages.memory import remember
from publish.snapshot import Snapshot

SESSION_KEY = "viewer"
FIRST_VIEWER = "strategy"

VIEWERS: dict[str, Principal] = {
    "public": PUBLIC,
    "strategy": Principal("strategy lead", Tier.PARTNER),
    "head": Principal("headteacher", Tier.PARTNER),
    "finance": Principal("finance officer", Tier.PARTNER),
    "board": Principal("board member", Tier.PARTNER),
}
"""Demonstration viewers; offered only while the live snapshot is synthetic."""


@dataclass(frozen=True)
class Reader:
    """One request: the settings, the live snapshot and who is asking."""

    settings: Settings
    snapshot: Snapshot
    principal: Principal
    viewer: str
    may_choose: bool


def reader() -> Reader:
    """The reader of the current request.

    Raises NoSnapshot when nothing is published.
    """
    settings: Settings = current_app.config["SEMH_SETTINGS"]
    snapshot = Snapshot.live(settings)
    may_choose = settings.demo_viewers and _synthetic(snapshot)
    viewer = str(session.get(SESSION_KEY, FIRST_VIEWER)) if may_choose else "public"
    if viewer not in VIEWERS:
        viewer = "public"
    principal = _head(snapshot) if viewer == "head" else VIEWERS[viewer]
    return Reader(settings, snapshot, principal, viewer, may_choose)


def _head(snapshot: Snapshot) -> Principal:
    """The demonstration headteacher: of the first secondary school by name, else of any school."""
    plain = VIEWERS["head"]
    return remember(snapshot, plain, "head of a school", lambda: _of_a_school(snapshot, plain))


def _of_a_school(snapshot: Snapshot, plain: Principal) -> Principal:
    known = snapshot.areas(plain, "school")
    secondary = known[known["phase"].str.casefold().eq("secondary")]
    urn = (secondary if len(secondary) else known)["area_id"].astype(str).head(1)
    return replace(plain, tier=Tier.RESTRICTED, schools=frozenset(urn)) if len(urn) else plain


def _synthetic(snapshot: Snapshot) -> bool:
    """Whether every local load is synthetic: one real file among them, and nobody chooses."""
    return remember(snapshot, PUBLIC, "all synthetic", lambda: _all_synthetic(snapshot))


def _all_synthetic(snapshot: Snapshot) -> bool:
    loads = snapshot.loads(PUBLIC)
    real = loads["extract"].isin(EXTRACTS) & ~loads["synthetic"].astype(bool)
    return snapshot.info(PUBLIC).get("synthetic") == "true" and not real.any()


def choose_viewer(asking: Reader, viewer: str) -> None:
    """Become a demonstration viewer; refused without a word where none are offered."""
    if asking.may_choose and viewer in VIEWERS:
        session[SESSION_KEY] = viewer


def sign_sessions(server: Flask, settings: Settings) -> None:
    """Sign session cookies with a key only this installation has."""
    server.secret_key = _key(settings.keys / "session.key")
    server.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="semh",
        SEMH_SETTINGS=settings,
    )


def _key(path: Path) -> bytes:
    if path.is_file():
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_bytes(32)
    # Written aside and linked into place, so that of two that start at once both read one key.
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return path.read_bytes()
