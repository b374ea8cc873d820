"""The pieces that pages are made of. They draw and ask; they decide nothing."""
