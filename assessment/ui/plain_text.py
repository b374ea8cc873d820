"""People's words on the screen, as they typed them: never markup, never Markdown."""

import re

from markupsafe import Markup, escape

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")

_ICON = re.compile(r":(?=material/|streamlit:)", re.IGNORECASE)


def plain(text: str) -> str:
    """``text`` so that Streamlit's Markdown shows every character as it is."""
    # Streamlit looks for icons after Markdown is read: an invisible space keeps it from one.
    text = _ICON.sub(":\u200b", text)
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", "  \n")


def html(template: str, **values: object) -> Markup:
    """``template`` with the values escaped; values that are ``Markup`` stay as they are."""
    return Markup(template).format(**values)  # noqa: S704 - the template is ours


def joined(parts: list[Markup]) -> Markup:
    """Pieces of HTML one after another."""
    return Markup("").join(parts)


__all__ = ["Markup", "escape", "html", "joined", "plain"]
