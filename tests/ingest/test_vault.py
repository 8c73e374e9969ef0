"""What is sealed can be opened by its key alone, and a lost or damaged key is said plainly."""

import os
import stat
import sys

import pytest

from ingest import vault
from models.errors import SemhError
from models.settings import Settings

WORDS = "line 7: Übermäßig secret".encode()


def test_what_is_sealed_comes_back_and_does_not_show(settings: Settings) -> None:
    sealed = vault.seal(settings, WORDS)
    assert WORDS not in sealed and b"secret" not in sealed
    assert vault.unseal(settings, sealed) == WORDS
    assert vault.seal(settings, WORDS) != sealed, "the same words twice do not look the same"
    assert vault.unseal(settings, vault.seal(settings, b"")) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are of POSIX systems")
def test_the_key_is_its_owners_whatever_the_umask(settings: Settings) -> None:
    before = os.umask(0)
    try:
        vault.seal(settings, WORDS)
    finally:
        os.umask(before)
    assert stat.S_IMODE((settings.keys / "vault.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.keys.stat().st_mode) == 0o700
    assert [p.name for p in settings.keys.iterdir()] == ["vault.key"]


def test_every_changed_byte_is_noticed(settings: Settings) -> None:
    sealed = vault.seal(settings, WORDS)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(SemhError):
            vault.unseal(settings, bytes(changed))
    for cut in (0, 5, 20, len(sealed) - 1):
        with pytest.raises(SemhError, match="damaged"):
            vault.unseal(settings, sealed[:cut])


def test_a_blob_opens_only_in_its_own_place(settings: Settings) -> None:
    sealed = vault.seal(settings, WORDS, context=b"load 1")
    assert vault.unseal(settings, sealed, context=b"load 1") == WORDS
    with pytest.raises(SemhError):
        vault.unseal(settings, sealed, context=b"load 2")


def test_keys_rotate(settings: Settings) -> None:
    old = vault.seal(settings, WORDS)
    vault.add_key(settings)
    new = vault.seal(settings, WORDS)
    assert not vault.is_newest(settings, old) and vault.is_newest(settings, new)
    assert vault.unseal(settings, old) == vault.unseal(settings, new) == WORDS
    assert vault.forget_old_keys(settings) == 1
    assert vault.unseal(settings, new) == WORDS
    with pytest.raises(SemhError, match="not in"):
        vault.unseal(settings, old)


@pytest.mark.parametrize("spoilt", ["", "rubbish", "\x00\xff", "00 11\n"])
def test_a_damaged_key_is_said_and_never_made_anew(settings: Settings, spoilt: str) -> None:
    sealed = vault.seal(settings, WORDS)
    path = settings.keys / "vault.key"
    path.write_text(spoilt, encoding="latin-1")
    for job in (lambda: vault.seal(settings, WORDS), lambda: vault.unseal(settings, sealed)):
        with pytest.raises(SemhError, match="damaged") as said:
            job()
        assert "restore" in said.value.next_step
    assert path.read_text(encoding="latin-1") == spoilt


def test_one_changed_digit_of_the_key_is_a_damaged_key(settings: Settings) -> None:
    vault.seal(settings, WORDS)
    path = settings.keys / "vault.key"
    text = path.read_text(encoding="ascii").rstrip("\n")
    path.write_text(text[:-1] + ("0" if text[-1] != "0" else "1"), encoding="ascii")
    with pytest.raises(SemhError, match="damaged"):
        vault.seal(settings, WORDS)


def test_a_lost_key_is_said_where_something_is_sealed(settings: Settings) -> None:
    sealed = vault.seal(settings, WORDS)
    (settings.home / "quarantine").mkdir()
    (settings.home / "quarantine" / "load.sealed").write_bytes(sealed)
    (settings.keys / "vault.key").unlink()
    with pytest.raises(SemhError, match="is gone"):
        vault.seal(settings, WORDS)
    with pytest.raises(SemhError, match="is gone"):
        vault.unseal(settings, sealed)
