"""Which language a passage is written in, and which passages leave the language of their page.

The classifier (py3langid) always has an answer: it calls a list of Chinese and American names
Afrikaans. So nobody asks it before cheap signs speak for another language, and nobody believes it
before the passage shows the common little words of the language it names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from .langmodel import classifier

MIN_WORDS = 12
"""A passage shorter than this is never judged: one-line quotations and names are not passages."""
MIN_DENSE_LETTERS = 30
"""The same for scripts that put no space between words, in letters."""

_AT_HOME = 0.10
"""A passage with this share of its page's little words is in the language of its page. English
prose has 0.25 to 0.45, another language under 0.04."""
_SOME = 16
"""Little words that are counted before all others, until one in ten words is one of these: in most
paragraphs after two or three of them."""
_SPEAKS = 0.15
"""A passage must show this share of the little words of the language it is said to be in."""
_PROBABLE = 0.9
_PROBABLE_UNLISTED = 0.99
"""Probabilities below which the classifier is not believed: for languages whose little words are
listed here, and for the others."""

# The commonest little words of a language, without those that are common in a neighbour:
# English lacks `in`, `a`, `no`, `for`, `at`, `have` because Italian, Spanish and Danish have them.
_LITTLE_WORDS = {
    "en": "the of and to is that with are as from this be by was it you your their our they which "
    "can has been will we or not its would were these than more about but what how when who",
    "es": "el la los las de del que y en un una por con para se su sus al es lo como más pero "
    "no entre ha sobre este esta ser son también",
    "pt": "o a os as de do da dos das que e em um uma por com para se ao não na no mais como "
    "mas é foi são pelo pela também entre sua seu",
    "fr": "le la les de des du et en un une que qui dans pour par sur au aux avec est pas plus ce "
    "cette ses son sont il elle ne se ou mais à été leur",
    "it": "il la i gli le di del della dei delle che e è in un una per con su al alla non da dal "
    "si sono come più ma anche nel nella ha lo questo",
    "ca": "el la els les de del dels que i en un una per amb és no al als es ha com més però "
    "aquest aquesta són seva seu entre també",
    "ro": "și de la în pe cu un o care nu din pentru este să al ale a mai că sau au fost prin "
    "sunt lui cele după acest",
    "de": "der die das und in den von zu mit dem des ein eine einer nicht ist für im auf sich als "
    "auch es an werden aus wird dass sie hat nach bei einem einen um wie oder",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook als door bij maar "
    "naar uit over deze worden wordt heeft nog",
    "da": "og i at det er en til af på for med de den som ikke har et fra om var vil kan der også "
    "eller men blev skal sig",
    "no": "og i det er en til av på for med de den som ikke har et fra om å var vil kan også "
    "eller men ble skal seg at",
    "sv": "och i att det är en till av på för med de den som inte har ett från om var vill kan "
    "också eller men sig ska så",
    "fi": "ja on ei se että oli hän mutta myös kun tai ovat joka niin kuin sen ole mukaan jos "
    "ovat sekä ollut hänen",
    "pl": "i w na z do się nie że to jest o jak od za po ale przez oraz dla są co był może "
    "także być które który tym",
    "cs": "a v na se je že z s do o pro by k ale jako za od jsou to si po aby podle bylo který "
    "která které však také",
    "hu": "a az és hogy nem is egy ez de meg volt van csak már mint azt el ki ha még vagy amely "
    "szerint lesz kell",
    "hr": "i u na je se da su za od s o kao ne koji koja koje što bi će ali iz ili biti nije "
    "sam te po",
    "tr": "ve bir bu da de için ile olarak çok daha en gibi olan ne kadar sonra ama var değil "
    "olduğunu göre ise",
    "id": "yang dan di untuk dengan dari pada ini itu tidak dalam akan ke adalah oleh juga karena "
    "telah tersebut sebagai dapat bisa",
    "vi": "và của là các có được cho trong không một với những này đã để người từ về đến khi "
    "theo cũng như tại",
    "af": "die en van in is nie het dit te vir met wat hy op om sy ook aan deur sal kan maar ons "
    "hulle was",
    "la": "et in est non ut cum ad quod qui sed ex si per quae de aut atque sunt esse ab enim",
}
_SHARED = {"bs": "hr", "sr": "hr", "ms": "id", "gl": "pt", "sk": "cs"}
"""Languages judged by a neighbour's little words."""
_ONE_TAG = {"arz": "ar", "ary": "ar", "yue": "zh", "wuu": "zh", "nn": "no"}
"""Labels of the classifier that count as one language with another."""
_OF_SCRIPT = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "GREEK": "el",
    "THAI": "th",
    "HEBREW": "he",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "SINHALA": "si",
    "ETHIOPIC": "am",
}
"""Scripts that name their language, nearly always."""
_OF_SEVERAL = {
    "CYRILLIC": ("ru", "uk", "bg", "mk", "be", "sr", "kk", "ky", "mn", "tg"),
    "ARABIC": ("ar", "fa", "ur", "ps", "ug"),
    "DEVANAGARI": ("hi", "mr", "ne"),
}
"""Scripts of several languages, and those of them that the classifier tells apart."""
_DENSE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI", "KHMER", "LAO", "MYANMAR"})
_SCRIPT_OF = {
    **{lang: frozenset({script}) for script, lang in _OF_SCRIPT.items()},
    "ja": frozenset({"CJK", "HIRAGANA", "KATAKANA"}),
    **{lang: frozenset({script}) for script, langs in _OF_SEVERAL.items() for lang in langs},
}

_ENOUGH = 20_000
"""Code points of a passage that are judged: more would tell no more."""
# Every repetition has a bound: a hostile text must not make the search quadratic.
_NOT_PROSE = re.compile(
    r"(`{1,3})[^`]{1,500}\1|<[^<>]{1,1000}>|\{[^{}\n]{1,200}\}|https?://[^\s)\"'>]+"
    r"|[\w.+-]{1,64}@[\w.-]{1,80}|&#?\w{1,30};"
    r"|(?<=\])\([^)\n]{1,500}\)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_MAYBE_DENSE = re.compile(r"[^\x00-\u0dff\u1e00-\u2e7f]")
"""Finds every letter of `_DENSE`, and others."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in another language than its page."""

    index: int
    """0-based place among the paragraphs that were given."""
    lang: str
    """BCP 47 language, without region."""


def language_of(text: str) -> tuple[str, bool]:
    """The language of a passage, and whether that is sure enough to act on.

    Markup, code and addresses are not judged. `("und", False)` for what is too short or has no
    words; a list of names has a language but is never sure.
    """
    return _judge(_NOT_PROSE.sub(" ", text[:_ENOUGH]))


def foreign_passages(
    paragraphs: Iterable[str], page_lang: str, *, spaced: bool = False
) -> tuple[Passage, ...]:
    """The paragraphs that are surely in another language than `page_lang`, in order.

    A paragraph that quotes a foreign sentence amid its page's own is at home. Costs some
    microseconds for each paragraph at home; the classifier is loaded for the first that is not.

    Args:
        paragraphs: Texts.
        page_lang: BCP 47.
        spaced: There is no gap in them but single spaces.
    """
    home = page_lang.split("-")[0].casefold()
    known = _SHARED.get(home, home)
    commonest = _commonest(known) if known in _LITTLE_WORDS else ()
    found = []
    for index, paragraph in enumerate(paragraphs):
        spaces = paragraph.count(" ")
        # Nearly every paragraph ends in one of these, the cheapest first.
        if spaces < MIN_WORDS - 1 and (
            (spaced and paragraph.isascii()) or not _long_enough(paragraph)
        ):
            continue
        if (
            _shows(paragraph, commonest, spaces, spaced=spaced)
            or _at_home(paragraph, home)
            or not _suspect(paragraph, home)
        ):
            continue
        lang, sure = _judge(_NOT_PROSE.sub(" ", paragraph[:_ENOUGH]), sure=True)
        if sure and _ONE_TAG.get(lang, lang) != _ONE_TAG.get(home, home):
            found.append(Passage(index, lang))
    return tuple(found)


def _long_enough(text: str) -> bool:
    if text.count(" ") + text.count("\n") >= MIN_WORDS - 1:
        return True
    # Without spaces there may be enough letters of scripts that have none, and enough words.
    return not text.isascii() and (
        _MAYBE_DENSE.search(text) is not None or _words(text) >= MIN_WORDS
    )


def _at_home(text: str, home: str) -> bool:
    if home in _LITTLE_WORDS or home in _SHARED:
        # Without a search for what a word is, if that will do.
        little = _little(_SHARED.get(home, home))
        for rough in (text, text.casefold()):
            words = rough.split()
            if sum(map(little.__contains__, words)) >= _AT_HOME * len(words):
                return True
        words = [word.casefold() for word in _WORD.findall(text)]
        return _share(words, home) >= _AT_HOME
    scripts = _SCRIPT_OF.get(home, frozenset())
    counts = _scripts(text)
    return sum(counts[script] for script in scripts) * 2 >= sum(counts.values())


def _shows(text: str, commonest: Iterable[str], spaces: int, *, spaced: bool = False) -> bool:
    """Whether the commonest little words of its page's language alone are enough for a text with
    so many spaces to be at home; `spaced` as in `foreign_passages`."""
    # What is printable has no gaps but spaces, so there are no more words than that.
    least = _AT_HOME * (spaces + 1)
    found = 0
    for word in commonest:
        found += text.count(word)
        if found >= least:
            return spaced or text.isprintable()
    return False


def _suspect(text: str, home: str) -> bool:
    """Whether a passage may be so foreign that the classifier is worth loading.

    Leaves out what it would never be believed about: lists of names and titles.
    """
    written = _WORD.findall(_NOT_PROSE.sub(" ", text[:_ENOUGH]))
    words = [word.casefold() for word in written]
    scripts = _scripts(text)
    if 2 * scripts["LATIN"] < sum(scripts.values()):
        return True
    said = Counter(lang for word in words for lang in _speakers().get(word, ()))
    for other, count in said.items():
        # One little word said twice is a likeness, as `for` of English and Danish is.
        if other != home and count / len(words) >= _SPEAKS:
            little = _little(other)
            if len({word for word in words if word in little}) > 1:
                return True
    capitals = sum(word[0].isupper() for word in written)
    known = home in _LITTLE_WORDS or home in _SHARED
    return (
        len(words) >= 2 * MIN_WORDS
        and capitals < 0.3 * len(words)
        and not (known and _share(words, home) >= _AT_HOME / 2)
    )


def _judge(text: str, *, sure: bool = False) -> tuple[str, bool]:
    """As `language_of`; where only what is `sure` is asked for, `und` may stand for the rest."""
    scripts = _scripts(text)
    letters = sum(scripts.values())
    if not letters:
        return "und", False
    script, count = max(scripts.items(), key=lambda item: (item[1], item[0]))
    if script == "LATIN":
        return _latin(text, sure=sure)
    # Japanese is written in three scripts, and its names in Chinese ones alone.
    east = scripts["CJK"] + scripts["HIRAGANA"] + scripts["KATAKANA"]
    main = east if script in {"CJK", "HIRAGANA", "KATAKANA"} else count
    enough = letters >= MIN_DENSE_LETTERS if script in _DENSE else _words(text) >= MIN_WORDS
    clear = enough and main >= 0.6 * letters
    if main == east:
        return ("ja" if scripts["HIRAGANA"] * 10 >= east else "zh"), clear
    if script in _OF_SCRIPT:
        return _OF_SCRIPT[script], clear
    lang, probability = _classify(text)
    return lang, clear and probability >= _PROBABLE and lang in _OF_SEVERAL.get(script, ())


def _latin(text: str, *, sure: bool) -> tuple[str, bool]:
    written = _WORD.findall(text)
    if len(written) < MIN_WORDS:
        return "und", False
    words = [word.casefold() for word in written]
    capitals = sum(word[0].isupper() for word in written) / len(written)
    names = capitals > 0.6 and not text.isupper()
    # Three words said ten times are a slogan or a list, whatever they are.
    varied = len(set(words)) * 3 >= len(words) or len(set(words)) >= 30
    spoken = any(_share(words, lang) >= _SPEAKS for lang in _LITTLE_WORDS)
    unlisted = not spoken and len(words) >= 2 * MIN_WORDS and capitals < 0.3
    if sure and not ((spoken or unlisted) and varied and not names):
        return "und", False  # Whatever the classifier would say, it is not believed.
    lang, probability = _classify(text)
    if lang in _LITTLE_WORDS or lang in _SHARED:
        believed = probability >= _PROBABLE and _share(words, lang) >= _SPEAKS
    else:
        believed = probability >= _PROBABLE_UNLISTED and unlisted
    return lang, believed and varied and not names


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _share(words: list[str], lang: str) -> float:
    little = _little(_SHARED.get(lang, lang))
    return sum(map(little.__contains__, words)) / len(words) if words else 0.0


@cache
def _little(lang: str) -> frozenset[str]:
    return frozenset(_LITTLE_WORDS[lang].split())


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """By little word: the languages of which it is one."""
    found: dict[str, tuple[str, ...]] = {}
    for lang in _LITTLE_WORDS:
        for word in _little(lang):
            found[word] = (*found.get(word, ()), lang)
    return found


@cache
def _commonest(lang: str) -> tuple[str, ...]:
    """Some little words with the spaces round them, the commonest first."""
    words = (word for word in _LITTLE_WORDS[lang].split() if word == word.casefold())
    return tuple(f" {word} " for word in islice(words, _SOME))


def _scripts(text: str) -> Counter[str]:
    """Letters by script, the first word of their Unicode name: `LATIN`, `CJK`, `CYRILLIC`."""
    if text.isascii():
        return Counter(LATIN=sum(map(str.isalpha, text)))
    counts: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if letter.isalpha():
            counts[_script(letter)] += times
    return counts


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0]


def _classify(text: str) -> tuple[str, float]:
    """The likeliest language and its probability; labels of one language are added up."""
    sums: Counter[str] = Counter()
    for label, probability in _classifier().rank(text):
        sums[_ONE_TAG.get(label, label)] += probability
    lang = min(sums, key=lambda key: (-sums[key], key))
    return lang, float(sums[lang])


@cache
def _classifier() -> Any:
    return classifier()


def forget() -> None:
    """Let the classifier go, which may hold 70 MB: who asks for it again waits half a second, or
    less where its model is kept."""
    _classifier.cache_clear()


LITTLE_WORDS: Mapping[str, str] = _LITTLE_WORDS
"""The little words of each language, divided by spaces: also what a likeness should not count."""
