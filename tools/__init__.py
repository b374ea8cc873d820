"""Scripts for whoever keeps the product; none is needed to run it."""
