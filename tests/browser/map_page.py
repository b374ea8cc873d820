"""The map page, served with the routes and headers of the product."""

from streamlit import App

if __name__ == "__main__":
    # The map component must be declared while a page runs.
    from tests.browser.map_page_body import show

    show()
else:
    from assessment.server.application import server_parts

    app = App(__file__, **server_parts())
