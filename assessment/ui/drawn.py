"""What drawing some inputs has led to."""

from dataclasses import dataclass

from assessment.ui.saved_field import Field, shown_revision


@dataclass(frozen=True)
class Drawn:
    """The inputs that were drawn; whether one was saved, and whether one shows an old value."""

    fields: tuple[Field, ...] = ()
    wrote: bool = False
    stale: bool = False

    def __add__(self, other: "Drawn") -> "Drawn":
        return Drawn(
            self.fields + other.fields, self.wrote or other.wrote, self.stale or other.stale
        )

    @property
    def revisions(self) -> dict[str, int]:
        """For every item or fact, the oldest revision that one of its inputs was drawn from."""
        shown: dict[str, int] = {}
        for field in self.fields:
            revision = shown_revision(field)
            shown[field.subject] = min(revision, shown.get(field.subject, revision))
        return shown
