"""Words for a narrow place in a picture, in lines; Chinese may be broken after any character,
others after a hyphen too."""

import re
from math import ceil
from unicodedata import east_asian_width

_ROOM = 14
_PIECE = re.compile(r"[\u2e80-\uffff]|[^\u2e80-\uffff\s-]*-|[^\u2e80-\uffff\s-]+")


def in_short_lines(words: str) -> list[str]:
    """The words in lines that are about as long as each other, at most seven Chinese characters
    or fourteen Latin ones; a longer word has a line of its own.

    Marks that end a part of a sentence are not put at the beginning of a line.
    """
    whole = room_of(words)
    room = ceil(whole / ceil(whole / _ROOM)) + 1 if whole > _ROOM else _ROOM
    lines, end = [""], 0
    for piece in _PIECE.finditer(words):
        gap = " " if piece.start() > end and lines[-1] else ""
        end = piece.end()
        is_mark = not piece[0][0].isalnum() and lines[-1] != ""
        if lines[-1] and not is_mark and room_of(lines[-1] + gap + piece[0]) > room:
            lines.append(piece[0])
        else:
            lines[-1] += gap + piece[0]
    return lines


def room_of(text: str) -> int:
    """How much room a text takes, in Latin letters; a Chinese character takes that of two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
