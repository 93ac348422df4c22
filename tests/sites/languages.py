"""Two small sites in other languages, with every feature once. All that they tell is invented."""

from __future__ import annotations

ARABIC = """\
-- mkdocs.yml --
site_name: موجز المرفأ
site_description: أخبار مرفأ لا وجود له، باختصار.
site_url: https://briefings.example/
docs_dir: briefings
repo_url: https://forge.example/marfa/
edit_uri: edit/main/briefings/
theme:
  name: briefings
plugins:
  - briefings:
      lang: ar
      page_size: 2
      licence: رخصة حرة
      licence_url: https://licences.example/free/
-- briefings/index.md --
---
lead: toll-agreed
storylines: [harbour-toll]
five:
  - slug: toll-agreed
    reason: ما الذي يدفعه كل قارب، ومتى.
  - reed-quota
---
-- briefings/topics.yml --
money:
  title: المال والرسوم
  description: الفوائد والرسوم والموازنات.
tolls:
  title: رسوم المرفأ
  parent: money
  description: ما تدفعه القوارب كي تعبر.
  featured: [toll-proposed]
  now:
    text: اتُّفق على الرسم ولم يبدأ العمل به.
    checked: 2026-05-20
    state:
      - instrument: رسم المرفأ
        now: كرونتان لكل قارب
        state: waits
        next: يبدأ في شهر يوليو
        briefing: toll-agreed
nature:
  title: الطبيعة والأرض
  description: القصب والماء ومن يحق له القطع.
ferries:
  title: العبّارات
-- briefings/authors.yml --
huda:
  name: هدى المثال
  role: مراسلة
  bio: تكتب عن المرافئ وعن نقود لا وجود لها.
  contact: https://huda.example/
  interests: لا مصالح معلنة.
adam:
  name: آدم النموذج
  role: محرر
desk:
  name: مكتب المرفأ
  desk: true
-- briefings/storylines.yml --
harbour-toll:
  title: رسم المرفأ
  description: رسم يُقترح ثم يُختلف عليه ثم يُتفق عليه.
  status: awaiting
  awaiting: أول تحصيل
  now:
    text: اتفق المجلسان على كرونتين لكل قارب.
    checked: 2026-05-20
  events:
    - date: 2025-02
      text: انتهى العمل بالرسم القديم.
      kind: measure
-- briefings/2025/toll-proposed.md --
---
title: "اقتراح رسم جديد على القوارب: ثلاث كرونات"
author: huda
date: 2025-05-04
topics: [tolls]
storyline: harbour-toll
summary: يريد المجلس الأدنى ثلاث كرونات عن كل قارب يدخل المرفأ.
events:
  - date: 2025-05-04
    text: اقترح المجلس الأدنى ثلاث كرونات.
    kind: measure
    source: 1
sources:
  - title: مقترح المجلس الأدنى
    publisher: المجلس الأدنى
    date: 2025-05-03
    url: https://council.example/proposal
    kind: official
    archived: https://archive.example/proposal
  - title: Minutes of the harbour board
    publisher: مجلس المرفأ
    date: 2025-04
    url: https://board.example/minutes
    kind: data
    lang: en
---
يريد المجلس الأدنى ثلاث كرونات عن كل قارب.[^1] ويعترض الصيادون على ذلك.[^2] وقد قال أحدهم إن الرسم
بحسب الوزن أعدل.[^1]

## ما الذي اقتُرح

| القارب | الرسم |
|---|--:|
| صغير | 1 |
| كبير | 3 |

## من يعترض

- [x] سُئل الصيادون
- [ ] سُئل أصحاب العبّارات

يقول الصيادون إن رسمًا بحسب الوزن أعدل.[^note]

[^note]: قيل ذلك في جلسة علنية.

```chart
title: ارتفع الرسم ثلاث مرات في عشر سنوات
unit: كرونات
source: 2
rows:
  الأول: 1
  الثاني: 2
  الثالث: 3
```

## ما لا نعرفه

هل تدفع العبّارات أم لا.
-- briefings/2025/toll-contested.md --
---
title: المجلس الأعلى يرفض الرسم
authors: [huda, adam, desk]
date: 2025-05-20T09:30:00+02:00
topics: [tolls, nature]
storyline: harbour-toll
summary: رفض المجلس الأعلى الرسم، وعرض الصيادون كرونة واحدة.
key_points:
  - صوّت المجلس الأعلى ضد المقترح.
  - text: عرض الصيادون كرونة واحدة.
    section: offer
why: لا يُرمَّم الرصيف بلا رسم.
events:
  - date: 2025-05-19
    text: صوّت المجلس الأعلى ضد المقترح.
    kind: ruling
    key: true
place: المرفأ الأدنى
editor: adam
number: م-7
status: superseded
by: toll-agreed
---
رفض المجلس الأعلى ما طُلب في [[toll-proposed|المقترح]]، واستند إلى [الحصة](../2025/reed-quota.md).

> The two councils have agreed that the toll will be the same for all boats, and that it can be
> changed only by both of them.

وخلاصة ذلك أن المجلسين يقرران معًا.

## ما عرضه الصيادون {#offer}

كرونة واحدة عن كل قارب تُدفع في الربيع.
-- briefings/2026/toll-agreed.md --
---
title: اتفاق على كرونتين لكل قارب
author: desk
date: 2026-05-18
updated: 2026-05-20
topics: [tolls, money]
storyline: harbour-toll
summary: اتفق المجلسان على كرونتين لكل قارب ابتداء من شهر يوليو.
key_points:
  - كرونتان لكل قارب.
  - يبدأ العمل به في شهر يوليو.
why: يُرمَّم الرصيف من هذا المال.
corrections:
  - date: 2026-05-19
    text: ذكرت نسخة سابقة أن الرسم ثلاث كرونات، والصحيح كرونتان.
events:
  - date: 2026-05-18
    text: اتفق المجلسان على كرونتين.
    kind: agreement
    key: true
  - date: 2026-07-01
    text: يبدأ تحصيل الرسم.
    kind: deadline
  - date: 2026-09
    text: يراجع المجلسان الرسم.
    kind: review
aliases: [old/toll/]
related:
  - slug: reed-quota
    reason: خلفية الموضوع
---
اتفق المجلسان بعد عام. كان الأمر [[toll-contested]] من قبل، وقبله [[toll-proposed]].

## متى يبدأ

1. يوليو: القوارب الكبيرة.
2. أغسطس: القوارب الصغيرة.

## ما الذي يُدفع منه

يُدفع منه ترميم الرصيف، كما تقول [الموازنة](https://council.example/budget).

## ما الذي بقي

بقي أن يُعيَّن من يحصّل الرسم.
-- briefings/2025/reed-quota.md --
---
title: خفض حصة القصب إلى النصف
author: adam
date: 2025-05-11
topics: [nature]
summary: لا يُقطع هذا العام إلا نصف القصب.
status: developing
---
لا يُقطع هذا العام إلا نصف القصب لأن الطيور عادت. ويدفع رسم المرفأ ثمن العد.
-- briefings/2025/reed-count.md --
---
title: Reeds counted
author: adam
date: 2025-06-03
topics: [nature]
summary: Twelve thousand reeds stand in the lower marsh.
lang: en
translation_of: reed-quota
---
Twelve thousand reeds stand in the lower marsh, a tenth more than [[toll-agreed|the toll]] assumed.

| kind | reeds |
|---|--:|
| tall | 12 |
-- briefings/editions/2026-w21.md --
---
title: هذا الأسبوع في المرفأ
date: 2026-05-22
number: 21
summary: رسم وقصب.
briefings:
  - slug: toll-agreed
    reason: ما الذي تغيّر بعد عام.
  - reed-quota
---
أسبوع هادئ في المرفأ.
-- briefings/editions/2026-w20.md --
---
title: العدد 20
date: 2026-05-15
number: 20
briefings: [reed-quota]
---
-- briefings/pages/about.md --
---
title: من نحن
summary: من نحن، ومن لسنا.
---
نحن من وحي الخيال.

## كيف نعمل

بعناية. أحدث إحاطة هي [[toll-agreed]].
-- briefings/pages/contribute.md --
---
title: كيف تشارك
---
اكتب إلى المكتب.
"""
"""Arabic, from right to left. Not one Latin letter in what it says, but for an English source and
an English translation, which are marked as such, and a quotation, which the software marks."""

SPANISH = """\
-- mkdocs.yml --
site_name: El Breve del Puerto
site_url: https://briefings.example/
docs_dir: briefings
theme:
  name: briefings
plugins:
  - briefings:
      lang: es
-- briefings/topics.yml --
tasas:
  title: Tasas
nandu:
  title: Ñandúes
navegacion:
  title: Navegación
ozono:
  title: Ozono
-- briefings/authors.yml --
ada-ejemplo:
  name: Ada Ejemplo
ines-modelo:
  name: Inés Modelo
-- briefings/2026/tasa.md --
---
title: Acuerdo sobre la tasa del puerto
authors: [ada-ejemplo, ines-modelo]
date: 2026-05-18
updated: 2026-05-20
topics: [tasas, navegacion]
summary: Los dos consejos acuerdan dos coronas por barca.
why: Con ese dinero se repara el muelle.
corrections:
  - date: 2026-05-19
    text: Una versión anterior decía tres coronas; son dos.
---
Los dos consejos acuerdan dos coronas por barca.

| barca | tasa |
|---|--:|
| grande | 2 |
-- briefings/2026/nandues.md --
---
title: Vuelven los ñandúes
author: ada-ejemplo
date: 2026-04-02
topics: [nandu, ozono]
summary: Doce ñandúes en la marisma.
---
Hay doce ñandúes en la marisma.
"""
