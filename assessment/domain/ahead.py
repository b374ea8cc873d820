"""Is A really ahead of B? Shares of plausible weightings and open answers, not a rank.

Method: the handbook on constructing composite indicators (OECD/JRC, 2008) asks for the
robustness of ranks under other weights and uncertain inputs. Here theme weights, and item weights
within each theme, are drawn around the framework's own from Dirichlet distributions, and every
open item of each community is drawn evenly between 0 and 1. Each weighting is counted twice, with
the draws of the open items exchanged, so that neither side gets the better draws. The seed is
fixed, so the same question always has the same answer.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessment.domain.answers import Outcome
from assessment.domain.framework import Framework
from assessment.domain.scoring import Credits, columns_of

DRAWS = 2000
SEED = 20221028
CLEAR = 0.9
# Sums of rounded shares: below this, two totals are the same.
TIE = 1e-12
# Concentration a weight: with equal weights each varies by about half of itself either way.
CONCENTRATION = 4.0

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lead:
    """How often the first community scores above the second, in [0, 1]; ties count for none.

    ``deciding`` holds item ids with the mean points by which they move the first ahead (above
    0) or behind, the largest first.
    """

    ahead: float
    behind: float
    deciding: tuple[tuple[str, float], ...]

    @property
    def is_clear(self) -> bool:
        """Whether one of the two leads in at least nine draws of ten."""
        return max(self.ahead, self.behind) >= CLEAR


def lead(framework: Framework, one: Credits, other: Credits, draws: int = DRAWS) -> Lead:
    """Compare the first row of each of two credits under the same framework."""
    random = np.random.default_rng(SEED)
    theme_weights, item_weights = _weights(framework, random, draws)
    guesses = random.random((2, draws, len(framework.items)))
    reaches = [_reach(framework, credits, theme_weights, item_weights) for credits in (one, other)]
    differences = [
        reaches[0] * _filled(one, guess) - reaches[1] * _filled(other, its_guess)
        for guess, its_guess in (guesses, guesses[::-1])
    ]
    nets = np.concatenate([difference.sum(axis=1) for difference in differences])
    points = (differences[0] + differences[1]).mean(axis=0) * 50
    order = np.argsort(-np.abs(points), kind="stable")
    return Lead(
        float((nets > TIE).mean()),
        float((nets < -TIE).mean()),
        tuple((framework.items[k].id, float(points[k])) for k in order if points[k]),
    )


def rank_intervals(low: Floats, high: Floats) -> tuple[Integers, Integers]:
    """Best and worst rank of each community, from the low and high ends of all.

    A community can be as good as one more than those surely above it, and as bad as all but
    those surely below it. Those without a score (NaN) have no rank, shown as 0, and count for
    no one else's.
    """
    known = ~np.isnan(low)
    sorted_low, sorted_high = np.sort(low[known]), np.sort(high[known])
    count = len(sorted_low)
    surely_above = count - np.searchsorted(sorted_low, high, side="right")
    surely_below = np.searchsorted(sorted_high, low, side="left")
    return np.where(known, surely_above + 1, 0), np.where(known, count - surely_below, 0)


def _weights(
    framework: Framework, random: np.random.Generator, draws: int
) -> tuple[Floats, Floats]:
    """Theme weights (draws × themes) and item weights within their theme (draws × items)."""
    columns = columns_of(framework)
    themes = _dirichlet(columns.theme_weight, random, draws)
    items = np.zeros((draws, len(framework.items)))
    for theme in range(len(framework.themes)):
        members = np.flatnonzero(columns.weight[:, theme])
        items[:, members] = _dirichlet(columns.weight[members, theme], random, draws)
    return themes, items


def _dirichlet(weights: Floats, random: np.random.Generator, draws: int) -> Floats:
    alpha = CONCENTRATION * len(weights) * weights / weights.sum()
    return random.dirichlet(alpha, draws)


def _reach(
    framework: Framework, credits: Credits, theme_weights: Floats, item_weights: Floats
) -> Floats:
    """What each item adds to the overall score if it is fully met: draws × items, in [0, 1]."""
    outcome = credits.outcome[0]
    left_out = (outcome == Outcome.SET_ASIDE) | (outcome == Outcome.NOT_ASKED)
    asked = item_weights * ~left_out
    member = columns_of(framework).member[:, : len(framework.themes)]
    base = asked @ member
    present = base > 0
    of_theme = theme_weights * present
    total = of_theme.sum(axis=1, keepdims=True)
    of_theme /= np.where(total > 0, total, 1.0)
    result: Floats = asked * ((of_theme / np.where(present, base, 1.0)) @ member.T)
    return result


def _filled(credits: Credits, guess: Floats) -> Floats:
    """The credits of the first row, and a guess where an item is open."""
    return np.where(np.isnan(credits.credit[0]), guess, credits.credit[0])
