"""What the real releases print and can hardly have meant is said on the page of checks."""

from datetime import datetime

import pytest

from expectations.published import PUBLISHED
from expectations.run import check_batch

pytestmark = pytest.mark.real_data


def test_the_jump_in_new_plans_is_flagged_and_told(published) -> None:
    """The release prints 302, 6,078 and 493 new EHC plans for Rotherham."""
    results = {r.check_id: r for r in check_batch(published.con, {PUBLISHED}, datetime.now())}
    jump = results["published-jump"]
    assert not jump.passed and jump.severity == "warn" and jump.facts == "published_statistic"
    told = published.rows(
        "select value from published_statistic where area_kind = 'borough'"
        " and flag like '%implausible:%' and series = 'sen2.newplans.new_ehc_plans'"
    )
    assert (6078.0,) in told and jump.found >= len(told)
