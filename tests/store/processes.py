"""Processes of their own for a test: clean ones, whatever threads pytest has running."""

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext

PATIENCE = 120


def clean_processes() -> ForkServerContext:
    """A context whose processes start quickly, because their modules are loaded once."""
    context = get_context("forkserver")
    context.set_forkserver_preload(
        ["tests.store.test_killed_writer", "tests.store.test_migrations"]
    )
    return context
