"""The sheet of assumptions names every lever, what it was, where that comes from and the sum."""

from scenarios.levers import LEVERS, Levers
from scenarios.sheet import COLUMNS, assumptions
from scenarios.work import Known

KNOWN = Known(25.0, "requests of 2025", 24_300.0, "local places, 2025/26")


def test_every_lever_has_a_row_and_every_row_its_words(hand):
    sheet = assumptions(Levers(), KNOWN, hand)
    assert list(sheet.columns) == COLUMNS
    assert len(sheet) == len(LEVERS) + 1
    assert (sheet["What it does"].str.len() > 20).all()
    assert set(sheet["Set to"][1:]) == {"left as it is"}


def test_what_is_set_and_what_it_was(hand):
    levers = Levers(need="SEMH", refused=10, refused_from="2027-09", places=40, phase="secondary")
    sheet = assumptions(levers, KNOWN, hand).set_index("Lever")
    refused = sheet.loc["Requests for assessment refused"]
    assert refused["Set to"] == "10% of requests"
    assert (refused["From"], refused["Without it"]) == ("September 2027", "25.0%")
    assert refused["Where that comes from"] == "requests of 2025"
    assert sheet.loc["New places in the borough", "Set to"] == "40 places, secondary"
    assert "SEMH" in sheet.loc["Children the levers act on", "Set to"]
    assert sheet.loc["A new place costs", "Without it"] == "\u00a324,300"


def test_what_is_not_known_says_so(hand):
    sheet = assumptions(Levers(), Known(), hand).set_index("Lever")
    assert sheet.loc["A new place costs", "Without it"] == "not known"
    assert sheet.loc["Requests for assessment refused", "Without it"] == "not known"
