"""The product: ``streamlit run streamlit_app.py``.

Streamlit reads this file twice. The server imports it and finds ``app``, which carries the
security headers, the download routes and the database check. For every visitor it then runs the
file as a script, and ``show_page`` draws.
"""

from streamlit import App

if __name__ == "__main__":
    from assessment.ui.frame import show_page

    show_page()
else:
    from assessment.server.application import server_parts

    app = App(__file__, **server_parts())
