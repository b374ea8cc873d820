"""A report as PDF, from the page of the HTML file, where WeasyPrint (an extra) is installed."""

from importlib.util import find_spec

from assessment.reports.html_paper import html_paper
from assessment.reports.paper import Paper

_PROGRAM = "weasyprint"


def can_write_pdf() -> bool:
    """Whether WeasyPrint, and the libraries of the system that it needs, are there."""
    if find_spec(_PROGRAM) is None:
        return False
    try:
        import weasyprint  # noqa: F401 - it fails here where Pango is missing
    except (ImportError, OSError):
        return False
    return True


def pdf_paper(paper: Paper) -> bytes:
    """The whole file. Raises ``NoChineseFont`` where a picture could not be drawn."""
    from weasyprint import HTML, URLFetcher

    # The page holds all that it shows; whatever else an address would name is not fetched.
    fetcher = URLFetcher(allowed_protocols=("data",))
    page = HTML(string=html_paper(paper).decode(), url_fetcher=fetcher)
    return bytes(page.write_pdf())
