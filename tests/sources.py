"""A small marked-up annex, for the tests of the markup and of what is built from it."""

from samples.markup import AnnexSource, parse_annex

HEAD = """\
---
document: proef
label: Bijlage I
title: Overzicht {projeden>projecten}
period: 2024/2025
look: rijk
text: {width: 60, pages: false}
organisations:
  Rijkswaterstaat: [RWS]
  Stichting Veenhart: [Veenhart]
---
"""

BODY = """\
Wat vooraf gaat, hoort bij geen project.

#! Leeswijzer

Ook dit niet.

# 2.1 | Meten met [Veenhart](org="Stichting Veenhart") in {Gronlngen>Groningen}

In [2023](date=2023 role=start) ging [RWS](org=Rijkswaterstaat role=executor) met
[ruim 200 boeren](count=200 unit=hotels|boeren cmp=">") aan de {slag>gang}, in [de
provincie Utrecht](loc="Utrecht" kind=province) en in [Utrecht](loc kind=town optional).

## Resultaat

- Dat kostte [€ 2,5 miljoen](money=2500000);
- en duurde [tot en met oktober 2024](date=2024-10 modifier=through role=end).

<<<

# Tweede project

[Rijkswaterstaat](org role=partner,executor) en [het Waterhuis](org optional) zien [12 tot 18
jaar](age=12..18) en [2023](date=2023), nog eens [2023](date=2023).
[Veen.nl](org kind=platform) geeft financi{é>ë}le hulp.
"""

FIELDS = """
::: fields

Projectnaam <title> := Derde project
Uitvoerder := [RWS](org=Rijkswaterstaat role=executor)^[Sinds 2020.]

:::
"""


def annex(body: str = BODY, head: str = HEAD) -> AnnexSource:
    return parse_annex(head + body, "proef.annex.md")
