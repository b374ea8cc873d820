"""Self-assessment of pilot communities against the Complete Community notice."""

__version__ = "0.1.0"
