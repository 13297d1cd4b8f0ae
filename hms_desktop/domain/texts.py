"""Names that the clinic keeps in several languages."""

from collections.abc import Mapping


def pick(texts: Mapping[str, str] | str, language: str) -> str:
    """The text in `language`, else in English, else whichever there is; '' when there is none."""
    if isinstance(texts, str):
        return texts
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
