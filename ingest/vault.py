"""Sealing: what must be kept as it came is encrypted, with a key that lives outside the database.

AES-256-GCM (NIST SP 800-38D). A sealed blob is `SEMH1`, the key's id (8 bytes), a nonce (12 bytes)
and the encrypted bytes with their tag; id and nonce are authenticated too. The key's id is a hash
of the key, so a damaged key is known at once, and several keys can be held while one takes the
place of another (`semh rotate-key`). Sealed files end in `.sealed`.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import SemhError
from models.settings import Settings

KEY_FILE = "vault.key"
SUFFIX = ".sealed"
MAGIC = b"SEMH1"
ID_BYTES, NONCE_BYTES, KEY_BYTES = 8, 12, 32
HEAD_BYTES = len(MAGIC) + ID_BYTES + NONCE_BYTES
RESTORE = "restore it from a copy; what was sealed with it can't be read without it"


def seal(settings: Settings, data: bytes, *, context: bytes = b"") -> bytes:
    """Encrypt bytes with the newest key, which is made on first use.

    `context` is not kept, but must be given again to unseal: it ties a blob to its place.

    Raises SemhError when the key is damaged, or gone while sealed files are still there.
    """
    key = _keys(settings)[-1]
    head = MAGIC + _id(key) + secrets.token_bytes(NONCE_BYTES)
    return head + AESGCM(key).encrypt(head[-NONCE_BYTES:], data, head + context)


def unseal(settings: Settings, data: bytes, *, context: bytes = b"") -> bytes:
    """The bytes that were sealed.

    Raises SemhError when its key is missing or damaged, or when the blob is damaged, cut off or
    was sealed for another place.
    """
    head, body = data[:HEAD_BYTES], data[HEAD_BYTES:]
    if len(head) < HEAD_BYTES or not head.startswith(MAGIC):
        raise _damaged()
    by_id = {_id(key): key for key in _keys(settings)}
    key = by_id.get(head[len(MAGIC) : -NONCE_BYTES])
    if key is None:
        path = settings.keys / KEY_FILE
        raise SemhError(f"The key that sealed this is not in {path}.", RESTORE)
    try:
        return AESGCM(key).decrypt(head[-NONCE_BYTES:], body, head + context)
    except InvalidTag as error:
        raise _damaged() from error


def _damaged() -> SemhError:
    return SemhError(
        "Something sealed can't be opened: it is damaged or cut off.",
        "restore it from a copy, or load the files it came from again",
    )


def is_newest(settings: Settings, data: bytes) -> bool:
    """Whether a sealed blob was sealed with the newest key."""
    return data[len(MAGIC) : len(MAGIC) + ID_BYTES] == _id(_keys(settings)[-1])


def add_key(settings: Settings) -> None:
    """Put a new key beside those held; from now on it seals, and the others only unseal."""
    _write_keys(settings, [*_keys(settings), secrets.token_bytes(KEY_BYTES)])


def forget_old_keys(settings: Settings) -> int:
    """Keep the newest key only; returns how many went. What they sealed can't be read any more."""
    keys = _keys(settings)
    if len(keys) > 1:
        _write_keys(settings, keys[-1:])
    return len(keys) - 1


def _keys(settings: Settings) -> list[bytes]:
    """Every key held, the newest last; one is made where nothing has been sealed yet."""
    path = settings.keys / KEY_FILE
    if not path.exists():
        _refuse_lost(settings, path)
        new_secret(path, _line(secrets.token_bytes(KEY_BYTES)))
    lines = path.read_text("ascii", errors="replace").splitlines()
    return [_key(path, line) for line in lines or [""]]


def _refuse_lost(settings: Settings, path: Path) -> None:
    if any(settings.home.glob(f"*{SUFFIX}")) or any(settings.home.glob(f"*/*{SUFFIX}")):
        raise SemhError(f"There are sealed files but their key {path} is gone.", RESTORE)


def _key(path: Path, line: str) -> bytes:
    try:
        shown, text = line.split(" ")
        key = bytes.fromhex(text)
    except ValueError:
        shown, key = "", b""
    if len(key) != KEY_BYTES or shown != _id(key).hex():
        raise SemhError(f"The key file {path} is damaged.", RESTORE)
    return key


def _id(key: bytes) -> bytes:
    return hashlib.sha256(b"semh vault key id" + key).digest()[:ID_BYTES]


def _line(key: bytes) -> str:
    return f"{_id(key).hex()} {key.hex()}\n"


def _write_keys(settings: Settings, keys: list[bytes]) -> None:
    replace_secret(settings.keys / KEY_FILE, "".join(_line(key) for key in keys))


def new_secret(path: Path, text: str) -> None:
    """Write a secret that must not exist yet, whole or not at all, for its owner only."""
    beside = _beside(path, text)
    try:
        os.link(beside, path)  # unlike a rename, fails where another process was first
    finally:
        beside.unlink()


def replace_secret(path: Path, text: str) -> None:
    """Put a secret in the place of the one held, whole or not at all, for its owner only."""
    os.replace(_beside(path, text), path)


def _beside(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    return beside
