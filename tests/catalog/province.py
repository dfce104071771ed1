# SPDX-License-Identifier: ISC
"""A province for tests: small districts, each with a key of its own, and the
capsule of a catalogue that lists them."""
import os
import subprocess

TOP, TMP, APENG = (os.environ[k] for k in ("TOP", "TMP", "APENG"))

LANGS = """\
languages:
  - {dir: en, tag: en, name: English}
  - {dir: zh, tag: zh-Hans, name: 中文}
publisher: {en: The office, zh: 办公室}
source: {en: The office, zh: 办公室}
licence: {en: ISC licence, zh: ISC许可}
contact: contact
units: {people: {en: people, zh: 人}, km2: {en: km², zh: 平方公里}}
"""
PAGE = """\
title: {en: %(title)s, zh: 页面%(title)s}
short: {en: %(title)s, zh: 页}
summary: {en: About this, zh: 说明}
date: %(date)s
change: {en: A new edition, zh: 新版}
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def run(*args, **env):
    r = subprocess.run([APENG, *args], capture_output=True, text=True,
                       cwd=TMP, env={**os.environ, **env})
    return r.returncode, r.stdout, r.stderr


def must(*args, **env):
    rc, out, err = run(*args, **env)
    assert rc == 0, (args, rc, out, err)
    return out


def key(name):
    """TMP/name.key and .pub; the string of the public one."""
    if not os.path.exists(f"{TMP}/{name}.pub"):
        must("keygen", "-W", "-o", name)
    with open(f"{TMP}/{name}.pub") as f:
        return f.read().split("\n")[1]


def district(id, folder, by, people=1000, date="2026-11-20", area=None,
             named=None, text="Call us.", more=(), days=365):
    """Build TMP/folder/ID.gpub; named: the key that its pages name;
    days: how long the edition holds."""
    d = f"{TMP}/src/{id}"
    os.makedirs(f"{TMP}/{folder}", exist_ok=True)
    write(d + "/capsule.yml", f"""\
id: {id}
title: {{en: {id.capitalize()} District, zh: {id}区}}
subtitle: {{en: A district, zh: 一个区}}
hosts: [{id}.example]
key: {named or key(by)}
expires_days: {days}
""" + LANGS + """\
sections:
  - {id: all, title: {en: All, zh: 全部}, short: {en: All, zh: 全部},
     pages: [contact, mirror]}
""")
    write(d + "/pages/index.yml", PAGE % {"title": "Home", "date": date})
    write(d + "/pages/mirror.yml", PAGE % {"title": "Mirror", "date": date} +
          "generate: mirror\n")
    write(d + "/pages/contact.yml", PAGE % {"title": "Contact", "date": date}
          + f"""\
blocks:
  - text: {{en: {text}, zh: 请来电。}}
  - figures:
      - {{id: population, label: {{en: People, zh: 人口}}, value: {people},
         unit: people}}
""" + (f"""\
      - {{id: area, label: {{en: Area, zh: 面积}}, value: {area}, unit: km2}}
""" if area else ""))
    must("build", "-k", by + ".key", "-o", f"{folder}/{id}.gpub", *more,
         "src/" + id)


def catalogue(groups=("east", "west"), extra="", date="2026-11-20",
              id="province", pages=True, within=()):
    """Write TMP/ID, whose members lie in TMP/ID/members; within: which group
    is a part of which."""
    within = dict(within)
    write(f"{TMP}/{id}/capsule.yml", f"""\
id: {id}
title: {{en: The Province, zh: 全省}}
subtitle: {{en: All districts, zh: 各区}}
hosts: [{id}.example]
key: {key(id)}
""" + LANGS + """\
members:
  folder: members
  groups:
""" + "".join(f"""\
    - {{id: {g}, title: {{en: The {g.capitalize()}, zh: {g}部}}{
        ', in: ' + within[g] if g in within else ''}}}
""" for g in groups) + """\
  figures:
    - {id: population, label: {en: People, zh: 人口}, unit: people}
    - {id: area, label: {en: Area, zh: 面积}, unit: km2}
""" + extra + """\
sections:
  - {id: all, title: {en: All, zh: 全部}, short: {en: All, zh: 全部},
     pages: [""" + ("districts, figures-side, " if pages else "") +
          """contact, mirror]}
""")
    p = f"{TMP}/{id}/pages/"
    for name, more in (("index", ""), ("mirror", "generate: mirror\n"),
                       ("districts", "generate: members\n"),
                       ("figures-side", "generate: compare\n"),
                       ("contact", "blocks:\n  - text: {en: Ask us., "
                        "zh: 请问我们。}\n")):
        if pages or name not in ("districts", "figures-side"):
            write(p + name + ".yml",
                  PAGE % {"title": name.capitalize(), "date": date} + more)


def build(id="province", *more):
    return run("build", "-k", id + ".key", *more, "-o", id + ".gpub", id)
