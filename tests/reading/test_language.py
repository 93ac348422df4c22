"""Languages are named only when sure, and a page in its own language costs next to nothing."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs_briefings.reading import language as module
from mkdocs_briefings.reading.language import (
    LITTLE_WORDS,
    Passage,
    foreign_passages,
    forget,
    language_of,
)

ENGLISH = (
    "The harbour office said on Monday that it would keep the old timetable for the ferries, "
    "because nobody had asked for a new one and the boats were already painted."
)
PASSAGES = {
    "es": "La oficina del puerto dijo el lunes que mantendría el horario de los transbordadores, "
    "porque nadie había pedido otro y los barcos ya estaban pintados.",
    "fr": "Le bureau du port a dit lundi qu’il garderait l’ancien horaire des bateaux, parce que "
    "personne n’avait demandé un nouvel horaire et que les bateaux étaient déjà peints.",
    "de": "Das Hafenamt sagte am Montag, dass es den alten Fahrplan der Fähren behalten werde, "
    "weil niemand einen neuen verlangt hatte und die Boote schon gestrichen waren.",
    "pt": "O gabinete do porto disse na segunda-feira que manteria o horário dos barcos, porque "
    "ninguém tinha pedido outro e os barcos já estavam pintados.",
    "it": "L’ufficio del porto ha detto lunedì che manterrà il vecchio orario dei traghetti, "
    "perché nessuno ne aveva chiesto uno nuovo e le barche erano già dipinte.",
    "nl": "Het havenkantoor zei op maandag dat het de oude dienstregeling van de veerboten zou "
    "houden, omdat niemand om een nieuwe had gevraagd en de boten al geverfd waren.",
    "pl": "Urząd portowy powiedział w poniedziałek, że zachowa stary rozkład promów, ponieważ "
    "nikt nie prosił o nowy, a łodzie są już pomalowane i gotowe do drogi.",
    "tr": "Liman idaresi pazartesi günü feribotların eski tarifesini koruyacağını söyledi, çünkü "
    "kimse yeni bir tarife istememişti ve tekneler de çok önce boyanmıştı.",
    "ru": "Управление порта сообщило в понедельник, что сохранит старое расписание паромов, "
    "потому что никто не просил нового, а лодки уже покрашены.",
    "uk": "Управління порту повідомило в понеділок, що збереже старий розклад поромів, тому що "
    "ніхто не просив нового, а човни вже пофарбовані.",
    "ar": "قال مكتب الميناء يوم الاثنين إنه سيحتفظ بالجدول القديم للعبارات لأن أحدا لم يطلب جدولا "
    "جديدا ولأن القوارب قد طليت بالفعل قبل أسابيع",
    "el": "Το γραφείο του λιμανιού είπε τη Δευτέρα ότι θα κρατήσει το παλιό δρομολόγιο των πλοίων, "
    "επειδή κανείς δεν ζήτησε νέο.",
    "zh": "港口办公室星期一表示，将保留渡轮的旧时刻表，"
    "因为没有人要求新的时刻表，而且船只已经重新粉刷完毕。",
    "ja": "港の事務所は月曜日、新しい時刻表を求める人がいなかったので、"
    "フェリーの古い時刻表をそのまま使うと発表した。",
    "ko": "항만 사무소는 월요일에 아무도 새로운 시간표를 요구하지 않았고 배들도 "
    "이미 칠해졌기 때문에 여객선의 옛 시간표를 그대로 유지하겠다고 밝혔다.",
}
AT_HOME = {
    "a list of names": "Zhang Wei, Li Na, Wang Fang, Liu Yang, Chen Jie, Ada Example, "
    "Ben Sample, Robert Placeholder, Patricia Fixture, Michael Specimen",
    "names and offices": "Ada Example, Bo Muster, Carla Prueba, Dieter Beispiel, Esther Exemple, "
    "Fu Shili, Harbour Office, Isle of Testing, Port of Nowhere",
    "one foreign sentence quoted": "Asked about it, the captain said only “Los barcos ya están "
    "pintados y no hay nada más que decir”, and went back to the bridge of his ship.",
    "a short foreign line": "Los barcos ya están pintados.",
    "figures": "12.5 13.7 14.9 2024 2025 2026 1,000 2,000 3,000 4,000 5,000 6,000 7,000 8,000",
    "an address with foreign words": "See https://example.org/los/barcos/ya/estan/pintados/y/no "
    "<https://example.org/el-puerto-de-la-ciudad-que-no-existe> for the list of all the boats.",
    "code": "`for el in la.los(de): que(en=un, por=con, para=su, al=lo, como=más) or el.del()`",
    "a headline in capitals": "PORT OFFICE KEEPS OLD FERRY TIMETABLE AFTER NOBODY ASKED A NEW",
}


@pytest.mark.parametrize(("lang", "text"), PASSAGES.items(), ids=PASSAGES)
def test_a_passage_is_known(lang: str, text: str) -> None:
    assert language_of(text) == (lang, True)
    assert foreign_passages([ENGLISH, text, ENGLISH], "en-GB") == (Passage(1, lang),)
    assert foreign_passages([text], lang) == (), "at home on its own page"
    assert foreign_passages([text, ENGLISH], lang) == (Passage(1, "en"),)


@pytest.mark.parametrize("text", AT_HOME.values(), ids=AT_HOME)
def test_no_false_alarm(text: str) -> None:
    assert foreign_passages([text], "en") == ()


@pytest.mark.parametrize("text", ["", "   ", "12 34", "Hola", "—", "\x00\ud800"])
def test_what_has_no_language(text: str) -> None:
    assert language_of(text)[1] is False
    assert foreign_passages([text], "en") == ()


@pytest.mark.parametrize("lang", LITTLE_WORDS)
def test_a_few_little_words_are_believed_where_all_are(lang: str) -> None:
    chosen = random.Random(lang)
    some = LITTLE_WORDS[lang].split()[:10]
    shown = 0
    for _ in range(400):
        words = chosen.choices([*some, "Qux", "quux", "The", ""], k=chosen.randint(12, 40))
        text = chosen.choice([" ", " ", "\xa0", "\u2028"]).join(words)
        little = sum(word in LITTLE_WORDS[lang].split() for word in text.casefold().split())
        if module._shows(text, module._commonest(lang), text.count(" ")):
            shown += 1
            assert little >= 0.1 * len(text.split())
    assert shown, "it must be quick for somebody"


def test_a_page_at_home_never_loads_the_classifier() -> None:
    code = (
        "import sys; from mkdocs_briefings.reading.language import foreign_passages as f;"
        f"assert f([{ENGLISH!r}] * 50, 'en') == (); assert 'py3langid' not in sys.modules;"
        f"assert f([{PASSAGES['es']!r}], 'en'); assert 'py3langid' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_classifier_that_was_let_go_comes_back() -> None:
    before = language_of(PASSAGES["es"])
    forget()
    assert language_of(PASSAGES["es"]) == before == ("es", True)


@pytest.mark.parametrize("unit", ["`", "<", "{", "a@", "](", "&a", "no ", "’", "é"])
def test_hostile_text_is_judged_in_linear_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    foreign_passages([PASSAGES["es"]], "en")
    start = time.process_time()
    foreign_passages([text], "en")
    language_of(text)
    assert time.process_time() - start < 2


@pytest.mark.archive
def test_no_false_alarm_in_a_real_archive(corpus: Path) -> None:
    found = {}
    for path in sorted(corpus.rglob("*.md")):
        paragraphs = re.split(r"\n[ \t]*\n", path.read_text("utf-8").split("\n---\n", 1)[1])
        passages = foreign_passages(paragraphs, "en")
        if passages:
            found[path.stem] = {passage.lang for passage in passages}
    # A Spanish post that is embedded, and a page of Latin filler text: both are true.
    assert found == {"check-out-our-new-uscis-instagram-account": {"es"}, "typography": {"la"}}
