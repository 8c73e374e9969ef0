"""Old data, headline figures only, hidden and unfinished: each state says what it is."""

from datetime import date, timedelta

from pages.cards import STALE_DAYS, card, stale
from pages.compare import LOAD_WORDS, _fallback
from pages.indicators import _indicator, _table, gap_words, rank_words
from pages.memory import remember
from pages.points import Point
from pages.statements import change_of
from pages.strategy import Measured

SHARE = {
    "id": "share",
    "title": "Share",
    "kind": "proportion",
    "unit": "% of plans",
    "decimals": 1,
    "polarity": "high",
    "priority": "sufficiency",
}


def test_old_figures_say_how_old_and_whom_to_ask(public):
    last = public.data_to
    assert stale(public, last + timedelta(days=STALE_DAYS)) == []
    note = stale(public, last + timedelta(days=STALE_DAYS + 1))[0]
    assert note.title == "These figures are 121 days old"
    assert public.profile.contact in note.words


def test_compare_works_with_the_borough_and_england_alone(public):
    rows = public.snapshot.published(
        public.principal, area_kinds=("borough", "country"), breakdown="all", category="all"
    )
    table = _table(rows, public.snapshot.series(public.principal))
    found = [_indicator(row) for row in table.to_dict("records")]
    assert len(found) == 14
    one = next(i for i in found if i.series == "TotFixedEx")
    assert one.value is not None and one.england is not None
    assert (one.median, one.rank) == (None, None)
    assert rank_words(one) == "No neighbours' figures at this date"
    assert "England" in gap_words(one, one.england, "England")
    assert _fallback(found)[0].words == LOAD_WORDS
    assert "semh load ../shared/data" in LOAD_WORDS


def test_a_hidden_figure_is_a_card_without_a_number():
    day = date(2026, 1, 15)
    points = (Point(day, day, "census", status="suppressed"),)
    made = card(Measured("sufficiency", SHARE, points, change_of(points, SHARE)))
    assert (made.figure, made.change) == ("", "No figure")
    assert made.missing.startswith("Hidden [c]")


def test_a_figure_not_returned_says_from_whom():
    day = date(2026, 1, 15)
    points = (Point(day, day, "census", status="not_available"),)
    made = card(Measured("sufficiency", SHARE, points, change_of(points, SHARE)))
    assert made.missing.startswith("Not returned: unknown, not zero (January 2026)")
    assert "from the commissioning team" in made.missing


def test_what_is_kept_is_never_shared_between_readers(public, partner):
    made = []

    def make():
        made.append(1)
        return object()

    first = remember(public.snapshot, public.principal, "a test", make)
    assert remember(public.snapshot, public.principal, "a test", make) is first
    assert remember(partner.snapshot, partner.principal, "a test", make) is not first
    assert len(made) == 2
