"""A small site that uses every feature once. All people, places and events in it are invented."""

from __future__ import annotations

SPECIMEN = """\
-- briefings/index.md --
---
lead: harbour-toll-agreed
storylines: [harbour-toll]
five:
  - harbour-toll-agreed
  - slug: reed-quota
    reason: "The quota that nobody expected."
---
-- briefings/topics.yml --
money:
  title: Money
  description: Rates, tolls and budgets.
tolls:
  title: Tolls
  parent: money
  description: What it costs to pass.
  aliases: [fees]
  featured: [harbour-toll-proposed]
  now:
    text: The toll is agreed and not yet in force.
    checked: 2026-05-20
    state:
      - instrument: Harbour toll
        now: Agreed at two crowns
        state: waits
        next: Begins in July
        briefing: harbour-toll-agreed
nature:
  title: Nature & land
  description: Reeds, water and who may cut what.
-- briefings/authors.yml --
ada-example:
  name: Ada Example
  role: Reporter
  bio: Writes about harbours and invented money.
  contact: ada@briefings.example
  interests: None declared.
ben-specimen:
  name: Ben O'Specimen
  role: Editor
harbour-desk:
  name: Harbour desk
  desk: true
-- briefings/storylines.yml --
harbour-toll:
  title: The harbour toll
  description: A toll is proposed, fought over and agreed.
  status: awaiting
  awaiting: the first collection
  now:
    text: Both councils have agreed on two crowns.
    checked: 2026-05-20
  events:
    - date: 2025-02
      text: The old toll ends.
      kind: measure
-- briefings/2025/harbour-toll-proposed.md --
---
title: Harbour toll proposed
author: ada-example
date: 2025-05-04
topics: [tolls]
storyline: harbour-toll
summary: The lower council wants three crowns for each boat.
events:
  - date: 2025-05-04
    text: The lower council proposes three crowns.
    kind: measure
    source: 1
sources:
  - title: Proposal of the lower council
    publisher: Lower council
    date: 2025-05-03
    url: https://council.example/proposal
    kind: official
---
The lower council wants three crowns for each boat.[^1] Fishers object.

## What is proposed

| boat | toll |
|---|--:|
| small | 1 |
| large | 3 |

## Who objects

Fishers say that a toll by weight is fairer. See [the land](#what-is-proposed) above.

## What we do not know

Whether *ferries* pay.
-- briefings/2025/harbour-toll-contested.md --
---
title: 'Harbour toll contested: "not a crown"'
authors: [ada-example, ben-specimen]
date: 2025-05-20T09:30:00+02:00
topics: [fees, nature]
storyline: harbour-toll
summary: The upper council refuses the toll, and fishers < 3 crowns & more.
key_points:
  - The upper council voted against.
  - text: Fishers offered one crown.
    section: what-fishers-offer
why: Without a toll the quay is not repaired.
events:
  - date: 2025-05-19
    text: The upper council votes against.
    kind: ruling
    key: true
place: Lower Harbour
editor: ben-specimen
number: HT <7>
status: superseded
by: harbour-toll-agreed
---
The upper council refused what was asked in [[harbour-toll-proposed#who-objects|the proposal]],
and cited [the quota](../2025/reed-quota.md) as a reason.

> 港口费用由两个委员会共同决定，任何一方都不能单独改变。

The passage says that both councils decide together.

## What fishers offer

One crown a boat, paid in spring:

```python
toll = boats * 1
```
-- briefings/2026/harbour-toll-agreed.md --
---
title: Harbour toll agreed at two crowns
author: harbour-desk
date: 2026-05-18
updated: 2026-05-20
topics: [tolls, money]
storyline: harbour-toll
summary: Both councils agree on two crowns for each boat, from July.
key_points:
  - Two crowns a boat.
  - It begins in July.
corrections:
  - date: 2026-05-19
    text: An earlier version gave the toll as three crowns; it is two.
events:
  - date: 2026-05-18
    text: Both councils agree on two crowns.
    kind: agreement
    key: true
  - date: 2026-07-01
    text: The toll begins.
    kind: deadline
aliases: [old/toll/, news/toll.html]
related:
  - slug: reed-quota
    reason: Background
---
After a year the councils agree. It was [[harbour-toll-contested]] before, and
[[harbour-toll-proposed]] at first. [About us](../pages/about.md) says how we work.

## What begins when

1. July: large boats.
2. August: small boats.

## What it pays for

The quay, says the [budget](https://council.example/budget).
-- briefings/2025/reed-quota.md --
---
title: Reed quota halved
author: Ben O'Specimen
date: 2025-05-11
topics: [nature]
summary: Only half of the reeds may be cut this year.
---
Only half of the reeds may be cut this year, because the warblers have come back. The toll
of the harbour pays for the count.
-- briefings/2025/reed-count.md --
---
title: Reeds counted
author: ben-specimen
date: 2025-06-02
topics: [nature]
summary: Twelve thousand reeds stand in the lower marsh.
lang: en
---
Twelve thousand reeds stand in the lower marsh, a tenth more than [[reed-quota|the quota]] assumed.
-- briefings/2025/recuento-de-juncos.md --
---
title: Recuento de juncos
author: ben-specimen
date: 2025-06-03
topics: [nature]
summary: Doce mil juncos en la marisma.
lang: es
translation_of: reed-count
---
Hay doce mil juncos en la marisma baja, una décima parte más de lo previsto.
-- briefings/2026/draft-of-a-plan.md --
---
title: CANARYDRAFT plan
author: ada-example
date: 2026-05-01
topics: [money]
summary: CANARYDRAFT is not ready.
draft: true
---
CANARYDRAFT text.
-- briefings/2027/toll-of-next-year.md --
---
title: CANARYFUTURE toll
author: ada-example
date: 2027-01-01
topics: [money]
summary: CANARYFUTURE is held back.
---
CANARYFUTURE text.
-- briefings/pages/about.md --
---
title: About
summary: Who we are, and who we are not.
---
We are invented.

## How we work

With care. The newest briefing is [[harbour-toll-agreed]].
"""

CROWD = (
    "-- briefings/authors.yml --\n"
    + "".join(
        f"{first.lower()}-specimen: {{name: {first} Specimen, role: Reads gauge {number}}}\n"
        for number, first in enumerate(
            f"{letter}{vowel}ra" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for vowel in "aeiou"
        )
    )
    + """\
a-z: {name: A Z}
-- briefings/2026/gauges.md --
---
title: Gauges are read
authors: [bara-specimen, cera-specimen, a-z]
date: 2026-05-01
topics: [gauges]
summary: By many.
---
They are read every day.
"""
)
"""A hundred and thirty-one authors, of whom one has the name of the letters' folder."""
