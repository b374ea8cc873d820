"""How far a command is, for who watches the console."""

from collections.abc import Callable

from assessment.language.translator import Translator


def progress(text: Translator, words: Callable[[str, str], str]) -> Callable[[int, int], None]:
    """Prints how far it is, at every whole percentage; ``words`` are told done and total."""
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = done * 100 // total
        if percent > shown:
            shown = percent
            print(words(text.number(done), text.number(total)), flush=True)

    return show
