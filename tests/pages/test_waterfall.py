"""The bars of a waterfall stand end to end and finish at the last total."""

from components.charts.waterfall import spans
from pages.blocks import Step


def test_parts_start_where_the_one_before_ended():
    steps = (
        Step("2024/25", 640.0, "£640", total=True),
        Step("Number", 180.0, "+£180"),
        Step("Price", -20.0, "-£20"),
        Step("2025/26", 800.0, "£800", total=True),
    )
    assert spans(steps) == [(0.0, 640.0), (640.0, 820.0), (820.0, 800.0), (0.0, 800.0)]
