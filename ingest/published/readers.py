"""Every published layout that is known, in the order they are tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.published import attendance, deprivation, geography, lait, population, register, sen2
from ingest.published.areas import Areas
from ingest.published.frames import Reading
from ingest.published.sheets import Sheet


@dataclass(frozen=True)
class Reader:
    """A layout: how it is told by columns, and how it is read."""

    name: str
    recognise: Callable[[Sheet], bool]
    read: Callable[[Sheet, Areas], Reading]


PUBLISHED_READERS: tuple[Reader, ...] = (
    Reader("DfE Local Authority Interactive Tool", lait.recognise, lait.read),
    Reader("DfE education, health and care plans", sen2.recognise, sen2.read),
    Reader("DfE absence by need", attendance.recognise_long, attendance.read_long),
    Reader("DfE daily attendance", attendance.recognise_daily, attendance.read_daily),
    Reader("LSOA to ward lookup", geography.recognise_lookup, geography.read_lookup),
    Reader("deprivation by LSOA", deprivation.recognise_lsoas, deprivation.read_lsoas),
    Reader(
        "deprivation by authority", deprivation.recognise_authorities, deprivation.read_authorities
    ),
    Reader("children by authority", population.recognise_children, population.read_children),
    Reader("population by age", population.recognise_ages, population.read_ages),
    Reader("school register", register.recognise, register.read),
)
