// Pages have addresses of their own, but the server is always at the root: look there first.
window.__streamlit = { BACKEND_BASE_URL: location.origin };
