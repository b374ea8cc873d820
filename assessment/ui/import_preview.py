"""What a file would change: counts, lines, what is refused, and the button that writes it."""

from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

import streamlit as st

from assessment.domain.import_table import Problem
from assessment.language.translator import Translator
from assessment.reports.import_lines import ImportLine, change_lines, register_line
from assessment.reports.refused_table import refused_cells
from assessment.services.frameworks import framework_of
from assessment.services.import_refusals import REFUSED
from assessment.services.import_saving import accepted, write_import
from assessment.services.import_tables import Recognised, Upload
from assessment.services.importing import ImportWish, Preview
from assessment.ui.attempt import attempt
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.import_conflicts import chosen_conflicts, show_conflicts
from assessment.ui.import_glossary import glossary_panel
from assessment.ui.import_made import Made, forget_previews, made_preview
from assessment.ui.import_upload import PLACE, next_file
from assessment.ui.plain_text import html, plain
from assessment.ui.session import signature
from assessment.ui.word_table import word_table

MOST_SHOWN = 200
_CHANGED = ("subject", "was", "becomes")
_REFUSED = ("cell", "reason")
_COUNTS = ("new", "changed", "conflicts", "unchanged", "refused")


def preview_part(visit: Visit, upload: Upload, found: Recognised, wish: ImportWish) -> None:
    """Everything between a file that was read and the button that writes it."""
    made = made_preview(visit, upload, found, wish)
    glossary = glossary_panel(visit, upload, made.seen.problems)
    made = made_preview(visit, upload, found, replace(wish, glossary=glossary))
    seen = made.seen
    st.header(visit.text("import.preview"))
    _counts(visit, seen)
    _notices(visit, seen, wish)
    _changes(visit, seen)
    show_conflicts(visit, seen)
    _refused(visit, made)
    count = _count(seen)
    if not count:
        words = "import.nothing_fits" if seen.problems else "import.nothing_to_do"
        if not seen.conflicts:
            st.info(plain(visit.text(words)))
        return
    st.button(
        visit.text.plural("import.write", count),
        type="primary",
        key="import-write",
        on_click=_write,
        args=(visit, made),
    )
    st.caption(plain(visit.text("import.before_ok")))


def _counts(visit: Visit, seen: Preview) -> None:
    text = visit.text
    counts = (seen.added, seen.changed, len(seen.conflicts), seen.unchanged, seen.refused)
    with st.container(horizontal=True, gap="large", key="import-counts"):
        for name, count in zip(_COUNTS, counts, strict=True):
            st.metric(text(f"import.count_{name}"), text.number(count), width="content")


def _notices(visit: Visit, seen: Preview, wish: ImportWish) -> None:
    text = visit.text
    if seen.from_round not in ("", wish.round.id):
        labels = {one.id: one.label(text.language) for one in visit.rounds}
        made_in = labels.get(seen.from_round, seen.from_round[:40])
        into = wish.round.label(text.language)
        st.warning(plain(text("import.from_round", made_in=made_in, into=into)))
    named = {one.community for one in seen.changes}
    if len(named) == 1 and wish.community not in ("", *named):
        community = seen.names[named.pop()]
        words = text("import.names_community", name=community.name(text.language))
        st.info(plain(words))
    if seen.others:
        names = text("join.list").join(one[:40] for one in islice(seen.others, 20))
        st.info(plain(text("import.others", columns=names)))


def _changes(visit: Visit, seen: Preview) -> None:
    text = visit.text
    framework = framework_of(visit.store, seen.round.framework)
    plain_changes = [one for one in seen.changes if not one.is_conflict]
    total = len(plain_changes) + len(seen.registered)
    if not total:
        return
    st.subheader(text("import.changes"))
    lines = [register_line(text, one) for one in seen.registered[:MOST_SHOWN]]
    room = MOST_SHOWN - len(lines)
    lines += [change_lines(text, framework, seen.names, one) for one in plain_changes[:room]]
    heads = [text(f"import.{name}") for name in _CHANGED]
    several = len({one.community for one in lines}) > 1
    rows = [(_about(text, one, several), one.old, one.new) for one in lines]
    word_table(text("import.changes"), heads, rows)
    _tell_more(visit, total)


def _refused(visit: Visit, made: Made) -> None:
    text, problems = visit.text, made.seen.problems
    if not problems:
        return
    st.subheader(text("import.refused"))
    st.caption(plain(text("import.refused_hint")))
    heads = [text(f"import.{name}") for name in _REFUSED]
    word_table(text("import.refused"), heads, [_cells(text, one) for one in problems[:MOST_SHOWN]])
    _tell_more(visit, len(problems))
    query = urlencode({"word": made.refusals, "lang": text.language})
    st.html(
        html(
            '<p class="downloads"><a class="download" href="export/{address}" download>{words}</a>'
            "</p>",
            address=f"{REFUSED}.csv?{query}",
            words=text.plural("import.refused_file", len(problems)),
        )
    )


def _about(text: Translator, line: ImportLine, several: bool) -> str:
    """The item or fact, with its community where there are several."""
    parts = (line.community, line.subject) if several else (line.subject,)
    return text("join.colon").join(parts)


def _cells(text: Translator, one: Problem) -> list[str]:
    """Where it stands as a spreadsheet shows it, what stands there, why not, and what to do."""
    file, sheet, row, letters, heading, value, why, fix = (
        str(cell or "") for cell in refused_cells(text, one)
    )
    where = " ".join(filter(None, (sheet, f"{letters}{row}", heading))) or file
    if value:
        where = f"{where}{text('join.colon')}{value}"
    return [where, text("join.sentence").join(filter(None, (why, fix)))]


def _tell_more(visit: Visit, total: int) -> None:
    if total > MOST_SHOWN:
        shown, of = visit.text.number(MOST_SHOWN), visit.text.number(total)
        st.caption(plain(visit.text("import.more", shown=shown, total=of)))


def _count(seen: Preview) -> int:
    """How much would be written."""
    return len(accepted(seen, chosen_conflicts(seen))) + len(seen.registered)


def _write(visit: Visit, made: Made) -> None:
    """Write what is chosen at this moment: the last choice may come with this very click."""
    seen, chosen = made.seen, chosen_conflicts(made.seen)
    done = visit.text.plural("import.done", _count(seen), name=seen.upload.name)

    def write() -> None:
        write_import(visit.store, signature(), seen, chosen, made.submission)

    if attempt(visit, PLACE, write, done):
        next_file()
    forget_previews()
    whole_page()
