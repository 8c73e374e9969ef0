"""Names at the ends of lines, moved apart so that none hides another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Heights moved as little as keeps each at least `gap` from the next, in the same order.

    Blocks of labels that touch are centred on the mean of where they belong.
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    blocks: list[list[int]] = []
    for i in order:
        blocks.append([i])
        while len(blocks) > 1 and _touch(heights, blocks[-2], blocks[-1], gap):
            last = blocks.pop()
            blocks[-1].extend(last)
    placed = [0.0] * len(heights)
    for block in blocks:
        for i, height in zip(block, _places(heights, block, gap), strict=True):
            placed[i] = height
    return placed


def _places(heights: Sequence[float], block: list[int], gap: float) -> list[float]:
    centre = sum(heights[i] for i in block) / len(block)
    first = centre - gap * (len(block) - 1) / 2
    return [first + gap * k for k in range(len(block))]


def _touch(heights: Sequence[float], low: list[int], high: list[int], gap: float) -> bool:
    below, above = _places(heights, low, gap)[-1], _places(heights, high, gap)[0]
    return above - below < gap - 1e-9
