"""Labels at the ends of lines, moved apart so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

LINE_HEIGHT = 19.0
"""Pixels one label needs."""


def spread(heights: Sequence[float], low: float, high: float, gap: float = LINE_HEIGHT) -> list[float]:
    """Places (pixels) as near to `heights` as a gap of `gap` and the ends allow; same order.

    Labels that collide form a block centred on their mean; blocks that then collide merge.
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    blocks: list[list[int]] = []
    for i in order:
        blocks.append([i])
        while len(blocks) > 1 and _overlap(blocks[-2], blocks[-1], heights, gap):
            last = blocks.pop()
            blocks[-1] += last
    placed = [0.0] * len(heights)
    for block in blocks:
        start = _start(block, heights, gap)
        for step, i in enumerate(block):
            placed[i] = start + step * gap
    return _within(placed, order, low, high, gap)


def _start(block: list[int], heights: Sequence[float], gap: float) -> float:
    middle = sum(heights[i] for i in block) / len(block)
    return middle - gap * (len(block) - 1) / 2


def _overlap(one: list[int], other: list[int], heights: Sequence[float], gap: float) -> bool:
    end = _start(one, heights, gap) + gap * (len(one) - 1)
    return _start(other, heights, gap) - end < gap


def _within(
    placed: list[float], order: list[int], low: float, high: float, gap: float
) -> list[float]:
    """Push labels back between the ends, keeping their order."""
    floor = low
    for i in order:
        placed[i] = max(placed[i], floor)
        floor = placed[i] + gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed
