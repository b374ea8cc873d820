"""Is A really ahead of B? Shares of plausible weightings and open answers, not a rank.

Method: the handbook on constructing composite indicators (OECD/JRC, 2008) asks for the
robustness of ranks under other weights and uncertain inputs. Here theme weights, and item weights
within each theme, are drawn around the framework's own from Dirichlet distributions, and every
open item of each community is drawn evenly between 0 and 1. The seed is fixed, so the same
question always has the same answer.
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
    contributions = [
        _contributions(framework, credits, theme_weights, item_weights, random)
        for credits in (one, other)
    ]
    totals = [part.sum(axis=1) for part in contributions]
    difference = (contributions[0] - contributions[1]).mean(axis=0) * 100
    order = np.argsort(-np.abs(difference))
    deciding = [(framework.items[k].id, float(difference[k])) for k in order if difference[k]]
    return Lead(
        float((totals[0] > totals[1]).mean()),
        float((totals[0] < totals[1]).mean()),
        tuple(deciding),
    )


def rank_intervals(
    low: Floats, high: Floats
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Best and worst rank of each community, from the low and high ends of all.

    A community can be as good as one more than those surely above it, and as bad as all but
    those surely below it.
    """
    sorted_low, sorted_high = np.sort(low), np.sort(high)
    surely_above = len(low) - np.searchsorted(sorted_low, high, side="right")
    surely_below = np.searchsorted(sorted_high, low, side="left")
    return surely_above + 1, len(low) - surely_below


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


def _contributions(
    framework: Framework,
    credits: Credits,
    theme_weights: Floats,
    item_weights: Floats,
    random: np.random.Generator,
) -> Floats:
    """What each item adds to the overall score in each draw: draws × items, in [0, 1]."""
    columns = columns_of(framework)
    outcome = credits.outcome[0]
    left_out = (outcome == Outcome.SET_ASIDE) | (outcome == Outcome.NOT_ASKED)
    filled = np.where(
        np.isnan(credits.credit[0]),
        random.random((len(theme_weights), len(outcome))),
        credits.credit[0],
    )
    asked = item_weights * ~left_out
    member = columns.member[:, :-1]
    base = asked @ member
    present = base > 0
    of_theme = theme_weights * present
    of_theme /= np.where(
        of_theme.sum(axis=1, keepdims=True) > 0, of_theme.sum(axis=1, keepdims=True), 1
    )
    scale = (of_theme / np.where(present, base, 1.0)) @ member.T
    result: Floats = asked * filled * scale
    return result
