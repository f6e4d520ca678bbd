"""Filling time: rounds, items and rests from numbers alone."""

import pytest

from midstance.planning.arranging.fit import Frame, fit

LIFT, CORE = (60.0, 60.0, 0.0, 0.0, 20.0), (40.0, 0.0, 0.0, 0.0, 20.0)


def seconds(blocks, result, finisher=0.0):
    """Add up what a fill takes, with 10 s between items."""
    total = result.warm + finisher
    for items, (n, rounds, rest) in zip(blocks, result.blocks, strict=False):
        total += rounds * (sum(i[0] for i in items[:n]) + 10 * (n - 1) + rest) + sum(i[2] for i in items[:n])
    return total


@pytest.mark.parametrize("minutes", [10, 15, 18, 20, 24, 27, 30])
def test_the_time_is_met_to_the_second(minutes):
    """Rests take up the time in steps of 5 s and the warm-up the remainder, so nothing is left over."""
    blocks = [[LIFT, LIFT, CORE], [LIFT, CORE, CORE], [LIFT, LIFT, CORE]]
    frame = Frame(seconds=60.0 * minutes, rounds=3, most=3, warm=(60, 120, 200))
    result = fit(blocks, [60, 60, 60], frame)
    assert seconds(blocks, result) == pytest.approx(60 * minutes)
    assert all(30 <= rest <= 90 and rest % 5 == 0 for _, _, rest in result.blocks)


def test_the_bound_of_working_seconds_is_kept():
    """With little working time allowed there are fewer sets, and never more working seconds than that."""
    blocks = [[LIFT, LIFT, CORE], [LIFT, LIFT, CORE]]
    frame = Frame(seconds=1200, working=300, rounds=3, most=3, rest=(60, 150), warm=(60, 180, 300))
    result = fit(blocks, [90, 90], frame)
    assert sum(r * sum(i[1] for i in items[:n]) for items, (n, r, _) in zip(blocks, result.blocks, strict=False)) <= 300


def test_the_first_item_always_stays():
    """Even when one round of the first lift is over the bound, the key lift stays."""
    result = fit([[LIFT, CORE]], [60], Frame(seconds=600, working=10, warm=(60, 120, 200)))
    assert result.blocks[0][:2] == (1, 1)


def test_earlier_blocks_have_at_least_as_many_rounds():
    """Rounds never rise from block to block."""
    blocks = [[LIFT, CORE]] * 3
    for total in range(600, 2000, 37):
        frame = Frame(seconds=total, rounds=3, most=4, warm=(60, 120, 200))
        rounds = [r for _, r, _ in fit(blocks, [60] * 3, frame).blocks]
        assert rounds == sorted(rounds, reverse=True)
