"""The ASGI side of the product: start-up checks, headers, routes beside the pages."""
