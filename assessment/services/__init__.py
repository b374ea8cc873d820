"""One function per intention of a person; each opens its own transaction."""
