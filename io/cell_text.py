"""Text of cells as people really type it, brought to one form: width, blanks, invisible characters, lists, numbers."""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

_SEPARATORS = re.compile(r"[;；、,，\n\r]+")
_CHINESE_GAP = re.compile(r"(?<=[㐀-鿿豈-﫿]) +(?=[㐀-鿿豈-﫿])")
_TRAILING_BRACKET = re.compile(r"\s*[(\[【〔<《「][^()]*[)\]】〕>》」]$")
_ZERO_FRACTION = re.compile(r"(\d+)\.0+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """NFKC, invisible characters (formats, controls) removed, line breaks and tabs as blanks, no blanks at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text)
    kept = [" " if c in "\r\n\t\v\f\x85\u2028\u2029" else c for c in text if c in "\r\n\t\v\f\x85" or _visible(c)]
    return " ".join("".join(kept).split())


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cf", "Cc", "Cs", "Co", "Cn"}


def clean_id(text: str) -> str:
    """An id: line breaks dropped, 1001.0 as 1001; leading zeros are part of it."""
    text = plain(re.sub(r"[\r\n\t]+", "", text))
    whole = _ZERO_FRACTION.fullmatch(text)
    return whole[1] if whole else text


def clean_name(text: str) -> str:
    """A name: line breaks dropped, no blanks between Chinese characters (张　三 is 张三)."""
    return _CHINESE_GAP.sub("", plain(re.sub(r"[\r\n\t]+", "", text)))


def clean_header(text: str) -> str:
    """A header or sheet name: no blanks at all, trailing stars and brackets cut (窗口编号（必填）* is 窗口编号)."""
    text = "".join(plain(text).split())
    while True:
        shorter = _TRAILING_BRACKET.sub("", text.rstrip("*:").strip())
        if shorter == text or not shorter:
            return text
        text = shorter


def free_text(text: str) -> str:
    """A remark: line breaks kept, blanks at the ends and control characters removed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def split_list(text: str) -> list[str]:
    """The pieces of a list split by ； ; 、 ， , or line breaks, each plain, empty ones left out."""
    return [piece for piece in (plain(part) for part in _SEPARATORS.split(text)) if piece]


def number_text(value: float) -> str:
    """A number as people would type it: 1001 for 1001.0, no exponent."""
    if value == int(value):
        return str(int(value))
    return format(value, ".10g") if abs(value) < 1e16 else repr(value)


_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")


@lru_cache(maxsize=8192)
def number_of(text: str, units: tuple[str, ...] = ()) -> Fraction | None:
    """The number in a text, a unit of `units` behind it allowed; None where it is no number."""
    text = plain(text)
    for unit in units:
        if text.endswith(unit):
            text = text.removesuffix(unit).strip()
            break
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return None
    return Fraction(text)
