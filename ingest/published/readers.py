"""Every published layout that is known, in the order they are tried."""

from __future__ import annotations

from ingest.published import (
    alternative,
    attendance,
    deprivation,
    geography,
    grant,
    lait,
    lists,
    mental_health,
    population,
    register,
    sen2,
    tribunals,
)
from ingest.published.layouts import LAYOUTS
from ingest.published.readers_kind import Reader
from ingest.published.simple import reader

PUBLISHED_READERS: tuple[Reader, ...] = (
    Reader("Local Authority Interactive Tool", lait.recognise, lait.read),
    Reader("EHC plans", sen2.recognise, sen2.read),
    Reader("SEND tribunal", tribunals.recognise, tribunals.read),
    Reader("absence by need", attendance.recognise_long, attendance.read_long),
    Reader("daily attendance", attendance.recognise_daily, attendance.read_daily),
    Reader("mental health services", mental_health.recognise, mental_health.read),
    Reader("LSOA to ward lookup", geography.recognise_lookup, geography.read_lookup),
    Reader("deprivation by LSOA", deprivation.recognise_lsoas, deprivation.read_lsoas),
    Reader("deprivation", deprivation.recognise_authorities, deprivation.read_authorities),
    Reader("children", population.recognise_children, population.read_children),
    Reader("population by age", population.recognise_ages, population.read_ages),
    Reader("school register", register.recognise, register.read),
    Reader("alternative provision census", alternative.recognise, alternative.read),
    Reader("dedicated schools grant", grant.recognise, grant.read),
    Reader("statistical neighbours", lists.recognise_neighbours, lists.read_neighbours),
    Reader("authority codes", lists.recognise_codes, lists.read_codes),
    Reader("LAIT dictionary", lists.recognise_dictionary, lists.read_dictionary),
    *(reader(layout) for layout in LAYOUTS),
)
