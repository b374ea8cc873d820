"""Signs and colours, the same in every picture, table and map. Colour never stands alone."""

from dataclasses import dataclass, replace

from assessment.domain.answers import Outcome, State
from assessment.domain.scoring import GateResult
from assessment.domain.standing import Standing

INK = "#1D2939"
LINE = "#D0D5DD"
QUIET = "#475467"
# What is there to be filled in, and the heads of tables, in files that people fill away from here.
INPUT = "#E8F3F8"
HEAD = "#F2F4F7"
_AMBER = "#E3A008"
# Pixels: from one slanted line to the next along a row, the width of a line, and the radius of
# the plain ground that a symbol has on a hatched area.
HATCH_STEP = 6
HATCH_LINE = 1.6
_GROUND = 7


@dataclass(frozen=True)
class Sign:
    """A symbol, the colour of its text, and how an area is filled and outlined."""

    symbol: str
    colour: str
    fill: str
    outline: str
    dashed: bool = False
    hatched: bool = False

    @property
    def ink(self) -> str:
        """The colour of the symbol where it stands on the fill."""
        if self.fill == self.colour:
            return "#FFFFFF"
        return INK if self.fill == _AMBER else self.colour

    @property
    def background(self) -> str:
        """How a style sheet fills an area: where it is hatched, the symbol has plain ground."""
        if not self.hatched:
            return self.fill
        across = HATCH_STEP / 2**0.5
        return (
            f"radial-gradient(circle, {self.fill} 0 {_GROUND}px, transparent {_GROUND}px), "
            f"repeating-linear-gradient(135deg, {self.fill} 0 {across - HATCH_LINE:.2f}px, "
            f"#FFFFFF {across - HATCH_LINE:.2f}px {across:.2f}px)"
        )


STATES: dict[State, Sign] = {
    State.MET: Sign("●", "#0F766E", "#0F766E", "#0F766E"),
    State.PARTLY: Sign("◐", "#8A5A00", _AMBER, "#8A5A00"),
    State.NOT_MET: Sign("○", "#B42318", "#FFFFFF", "#B42318"),
    State.NOT_APPLICABLE: Sign("–", "#6B7280", "#E5E7EB", "#6B7280"),
    State.UNKNOWN: Sign("?", QUIET, "#FFFFFF", QUIET, dashed=True),
    State.UNANSWERED: Sign("·", QUIET, "#FFFFFF", LINE),
}

# Beside the sign of a state: the answer claims credit, and the evidence asked for is not there.
UNSUPPORTED = "⌕"

GATES: dict[GateResult, Sign] = {
    GateResult.PASSED: Sign("✔", "#0F766E", "#0F766E", "#0F766E"),
    GateResult.BLOCKED: Sign("✖", "#B42318", "#FFFFFF", "#B42318"),
    GateResult.UNDECIDED: Sign("…", QUIET, "#FFFFFF", QUIET, dashed=True),
}

STANDINGS: dict[Standing, Sign] = {
    Standing.PASSED: Sign("✔", "#0F766E", "#0F766E", "#0F766E"),
    Standing.BLOCKED: Sign("✖", "#B42318", "#F4B8B2", "#B42318"),
    Standing.IN_PROGRESS: Sign("…", "#8A5A00", "#FCE7B2", "#8A5A00"),
    Standing.NO_SCORE: Sign("⬚", QUIET, "#FFFFFF", QUIET, dashed=True),
    Standing.NO_DATA: Sign("∅", QUIET, "#FFFFFF", "#98A2B3", dashed=True),
}

_OUTCOMES = {int(outcome): STATES[outcome.state] for outcome in Outcome}
NO_SIGN = Sign("⬚", QUIET, "#FFFFFF", QUIET, dashed=True)
# Shares in bands of twenty points, light to dark in one hue; the figure stands in the sign.
BANDS: tuple[Sign, ...] = (
    Sign("", INK, "#F0F7F6", "#7A9A97"),
    Sign("", INK, "#C9E4E1", "#5F8F8A"),
    Sign("", INK, "#8FC7C0", "#3F7F79"),
    Sign("", "#FFFFFF", "#2F8780", "#22665F"),
    Sign("", "#FFFFFF", "#0B5A53", "#08403B"),
)


def outcome_sign(code: int) -> Sign:
    """The sign of an outcome's code; of no data for a code of a community that has not begun."""
    return _OUTCOMES.get(code, NO_SIGN)


def unsupported_sign(sign: Sign) -> Sign:
    """The same for an answer that lacks the evidence asked for: hatched."""
    return replace(sign, hatched=True)


def band_sign(percent: float) -> Sign:
    """The sign of a whole percentage; of a share that nobody knows for NaN."""
    if percent != percent:
        return NO_SIGN
    band = BANDS[min(int(percent) // 20, len(BANDS) - 1)]
    return replace(band, symbol=f"{percent:.0f}")


_THEME_COLOURS = ("#0B6E99", "#2E7D32", "#7B4FA3", "#A64B00", "#9B2C5E", "#3F5B8C")
_THEME_ICONS = {
    "facilities": ":material/home_work:",
    "environment": ":material/park:",
    "smart": ":material/sensors:",
    "governance": ":material/groups:",
}


def theme_colour(position: int) -> str:
    """The colour of the theme at this place in the framework."""
    return _THEME_COLOURS[position % len(_THEME_COLOURS)]


def theme_icon(theme_id: str) -> str:
    """The icon of a theme; a plain list for a theme that we do not know."""
    return _THEME_ICONS.get(theme_id, ":material/checklist:")
