"""Who is asking: the Principal of a request, from a signed cookie and nothing else.

Without sign-in every reader is the public. While the snapshot is synthetic and the demonstration
viewers are switched on, a signed cookie remembers which one was chosen.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from models.observation import Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from publish.snapshot import NoSnapshot, Snapshot

COOKIE = "semh_viewer"
EIGHT_HOURS = 8 * 60 * 60
_SALT = "viewing as"


@dataclass(frozen=True)
class Viewer:
    """A demonstration viewer; `own_school` means one school of the snapshot is theirs."""

    id: str
    label: str
    what: str
    tier: Tier
    own_school: bool = False


VIEWERS: tuple[Viewer, ...] = (
    Viewer("public", PUBLIC.label, "Open figures only", Tier.OPEN),
    Viewer("lead", "strategy lead", "All open and partner figures", Tier.PARTNER),
    Viewer("head", "headteacher", "Partner figures and one school's own", Tier.RESTRICTED, True),
    Viewer("finance", "finance officer", "All open and partner figures", Tier.PARTNER),
    Viewer("board", "board member", "All open and partner figures", Tier.PARTNER),
)
_BY_ID = {viewer.id: viewer for viewer in VIEWERS}


class Identity:
    """Reads and writes the signed cookie; one per app."""

    def __init__(self, settings: Settings) -> None:
        """Read or make the signing key under `settings.keys`."""
        self.settings = settings
        self._signer = URLSafeTimedSerializer(session_key(settings.keys), salt=_SALT)

    def principal(self, request: Request) -> Principal:
        """Who is asking; the public whenever anything is missing, expired or not to be trusted."""
        viewer = self.viewer(request)
        if viewer.id == "public":
            return PUBLIC
        schools = frozenset(self._first_school() if viewer.own_school else ())
        return Principal(label=viewer.label, tier=viewer.tier, schools=schools)

    def viewer(self, request: Request) -> Viewer:
        """The demonstration viewer that was chosen."""
        if not self.offered():
            return _BY_ID["public"]
        try:
            chosen = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=EIGHT_HOURS)
        except BadSignature:
            return _BY_ID["public"]
        return _BY_ID.get(str(chosen), _BY_ID["public"])

    def offered(self) -> bool:
        """Whether demonstration viewers may be chosen: asked for, and nothing real to protect."""
        if not self.settings.demo_viewers:
            return False
        try:
            return Snapshot.live(self.settings).info(PUBLIC).get("synthetic") == "true"
        except NoSnapshot:
            return False

    def cookie(self, viewer_id: str) -> str:
        """The signed cookie value for a viewer. Raises KeyError for one there is not."""
        return str(self._signer.dumps(_BY_ID[viewer_id].id))

    def _first_school(self) -> list[str]:
        reader = Principal(label="headteacher", tier=Tier.PARTNER)
        areas = Snapshot.live(self.settings).areas(reader, "school")
        secondary = areas[areas["phase"].fillna("").str.lower().str.startswith("second")]
        chosen = secondary if len(secondary) else areas
        return [str(urn) for urn in chosen["area_id"].head(1)]


def session_key(folder: Path) -> bytes:
    """The key that signs cookies, made on first use and readable by the owner only."""
    path = folder / "session.key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()
