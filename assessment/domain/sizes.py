"""Sizes of files as people read them."""

MEGABYTE = 1_000_000
