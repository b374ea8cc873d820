"""Where a community and its facilities are, as a part of a report."""

from collections.abc import Sequence

from assessment.domain.records import Community, Facility
from assessment.language.translator import Translator
from assessment.reports.paper import Block, PaperPicture, PaperTable, Paragraph, Tone
from assessment.reports.place_chart import place_chart


def place_part(
    text: Translator, community: Community, facilities: Sequence[Facility]
) -> list[Block]:
    """Where the community and its facilities are, as a picture and a table."""
    if community.place is None:
        return [Paragraph(text("paper.not_placed"), Tone.WARNING)]
    where = text(
        "paper.where",
        longitude=f"{community.place.longitude:.5f}",
        latitude=f"{community.place.latitude:.5f}",
    )
    chart = place_chart(text, community, facilities).to_dict()
    blocks: list[Block] = [Paragraph(where), PaperPicture(chart, text("paper.place_alt"))]
    if facilities:
        blocks.append(facility_lines(text, facilities))
    return blocks


def facility_lines(text: Translator, facilities: Sequence[Facility]) -> PaperTable:
    """A line for each facility on the map."""
    rows = [
        [
            str(number),
            text(f"facility.{one.kind}"),
            one.name or text("value.blank"),
            f"{one.place.longitude:.5f}, {one.place.latitude:.5f}",
        ]
        for number, one in enumerate(facilities, start=1)
    ]
    headings = [
        text("paper.number"),
        text("paper.kind"),
        text("paper.name"),
        text("paper.position"),
    ]
    return PaperTable(headings, rows, (0.1, 0.25, 0.35, 0.3))
