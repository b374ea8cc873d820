"""What drawing some inputs has led to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """Whether an input was saved, and whether one shows an old value that nobody touched."""

    wrote: bool = False
    stale: bool = False

    def __add__(self, other: "Drawn") -> "Drawn":
        return Drawn(self.wrote or other.wrote, self.stale or other.stale)
