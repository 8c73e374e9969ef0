"""Invented names and identifiers, none of which can belong to a real child, school or provider.

UPN: the check letter is right but the authority part is 999, which no authority has. NHS numbers
are from the 999 test range with a right check digit. Postcode areas begin ZZ, which is not in use.
Names are made of syllables.
"""

from __future__ import annotations

import numpy as np

UPN_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
UPN_WEIGHTS = np.arange(2, 14)
HEADS = ("Zor", "Quen", "Vax", "Ilm", "Oxu", "Yth", "Jarn", "Krel", "Uzz", "Wyv", "Xan", "Plov")
TAILS = ("quelm", "dorim", "zifer", "banth", "ruvax", "moxel", "yndle", "kerzo", "thulm", "avox")
FORE_HEADS = ("Za", "Qui", "Vo", "Xe", "Jy", "Kru", "Ulo", "Wix", "Ozi", "Plu", "Thu", "Gwa")
FORE_TAILS = (
    "nex",
    "ril",
    "vani",
    "zod",
    "mixa",
    "lorq",
    "beth",
    "dux",
    "yla",
    "tov",
    "saz",
    "kim",
)


def words(heads: tuple[str, ...], tails: tuple[str, ...]) -> np.ndarray:
    """Every head with every tail."""
    return np.array([head + tail for head in heads for tail in tails], dtype=object)


SURNAMES = words(HEADS, TAILS)
FORENAMES = words(FORE_HEADS, FORE_TAILS)


def place_names(count: int) -> list[str]:
    """That many different invented place names."""
    plain = [h + t for t in TAILS for h in HEADS]
    more = [f"{a} {b}" for a in ("Upper", "Nether", "Great", "Little") for b in plain]
    return [*plain, *more, *(f"{m} {n}" for n in range(2, 9) for m in more)][:count]


def upns(entry_year: np.ndarray) -> np.ndarray:
    """A different well-formed UPN for each person, with authority part 999."""
    index = np.arange(len(entry_year))
    body = 999 * 10**9 + (1000 + index // 1000) * 10**5 + (entry_year % 100) * 1000 + index % 1000
    digits = (body[:, None] // 10 ** np.arange(11, -1, -1)) % 10
    letter = UPN_LETTERS[(digits * UPN_WEIGHTS).sum(axis=1) % 23]
    return np.char.add(letter, body.astype("U12")).astype(object)


def nhs_numbers(count: int) -> np.ndarray:
    """That many different NHS numbers of the 999 test range, with right check digits."""
    body = 999 * 10**6 + np.arange(int(count * 1.2) + 50)
    digits = (body[:, None] // 10 ** np.arange(8, -1, -1)) % 10
    check = (11 - (digits * np.arange(10, 1, -1)).sum(axis=1) % 11) % 11
    good = body[check < 10] * 10 + check[check < 10]
    return good[:count].astype("U10").astype(object)
