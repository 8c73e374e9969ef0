"""Kinds of files are called by words, never by what the program calls them."""

import re

import pytest

from ingest.published.layouts import LAYOUTS
from models.extracts import EXTRACTS
from pages.published_names import NAMES, published_name
from pages.sources import extract_words

OTHERS = (
    "lait",
    "mhsds_part_areas",
    "csc_absence",
    "dsg_2023",
    "sen2.newplans",
    "sen2.annual_reviews",
    "population_ages_2020",
    "statistical_neighbours_25_same",
)


@pytest.mark.parametrize("extract", sorted({*(one.extract for one in LAYOUTS), *NAMES, *OTHERS}))
def test_a_published_file_has_a_name_in_words(extract):
    name = published_name(extract)
    assert "_" not in name
    assert name[0].isupper()
    assert not re.search(r"\b(csc|lait|dsg|imd|lsoa|pru|ap|la|mhsds|newplans)\b", name)


def test_every_published_file_that_is_known_has_a_name_of_its_own():
    assert {one.extract for one in LAYOUTS} <= set(NAMES)


def test_local_extracts_are_called_as_their_contract_says():
    assert all(extract_words(name) == one.title for name, one in EXTRACTS.items())


def test_a_file_nobody_named_has_its_short_forms_written_out():
    assert published_name("csc_new_la_thing") == "Social care new local authority thing"
    assert published_name("sen2.sen_need_newplans") == "EHC plans: SEN need new plans"
