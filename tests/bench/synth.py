#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write a synthetic capsule: synth.py DIR PAGES [BYTES] [LANGUAGES]

PAGES yml files of about BYTES bytes of text each (default 1500) in
LANGUAGES languages (1 or 2, default 2).  The same call gives the same bytes.
Page `size2k` and `size100k` are added: about 2 KB and 100 KB of gemtext,
and the generated ones: figures, glossary, news, mirror.
"""
import os
import random
import sys

EN = ('river road market school clinic bridge village terrace ferry garden '
      'station valley mill orchard water forest path hill harvest bus').split()
ZH = '河路市学校诊所桥村梯田渡口花园车站山谷磨坊果园水森林小径丘陵收成班车'


def en(rng, size):
    words, n = [], 0
    while n < size:
        w = rng.choice(EN)
        words.append(w)
        n += len(w) + 1
    return ' '.join(words).capitalize() + '.'


def zh(rng, size):
    return ''.join(rng.choice(ZH) for _ in range(max(2, size // 3))) + '。'


def text(rng, size, langs):
    both = f'en: "{en(rng, size)}"'
    if langs == 2:
        both += f', zh: "{zh(rng, size)}"'
    return '{' + both + '}'


def words(e, z, langs):
    return '{en: "%s", zh: "%s"}' % (e, z) if langs == 2 else '{en: "%s"}' % e


def page(rng, name, size, langs):
    out = [f'title: {words("Page " + name, "页面" + name, langs)}',
           f'short: {words("P " + name, "页" + name, langs)}',
           f'summary: {text(rng, 60, langs)}',
           f'date: 2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}',
           f'change: {words("Written.", "写成。", langs)}',
           'blocks:']
    left = size - 400
    while left > 0:
        kind = rng.randint(0, 5)
        if kind == 0 and size < 50000:
            out.append('  - figures:')
            for _ in range(3):
                out.append(f'      - {{label: {text(rng, 20, langs)}, '
                           f'value: {rng.randint(1, 99999)}, unit: people, '
                           'year: 2018}')
            left -= 150
        elif kind == 1:
            out.append(f'  - heading: {text(rng, 20, langs)}')
            left -= 25
        elif kind == 2:
            out.append('  - list:')
            for _ in range(3):
                out.append(f'      - {text(rng, 40, langs)}')
            left -= 130
        else:
            out.append(f'  - text: {text(rng, 300, langs)}')
            left -= 305
    if rng.randint(0, 4) == 0:
        out.append('  - names:')
        there = ''.join('零一二三四五六七八九'[int(c)] for c in name
                        if c.isdigit()) + '村'
        out.append(f'      - {{name: {words("Place " + name, there, langs)}'
                   f', note: {text(rng, 40, langs)}}}')
    return '\n'.join(out) + '\n'


GENERATED = ['figures', 'glossary', 'news', 'mirror']


def generated(name, langs):
    return '\n'.join([
        f'title: {words("All " + name, "全部" + name, langs)}',
        f'short: {words(name, name, langs)}',
        f'summary: {words("Every one.", "全部。", langs)}',
        'date: 2026-01-01', f'change: {words("Written.", "写成。", langs)}',
        f'generate: {name}']) + '\n'


def write(path, data):
    with open(path, 'w', encoding='utf-8', newline='\n') as f:
        f.write(data)


def main():
    top, pages = sys.argv[1], int(sys.argv[2])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 1500
    langs = int(sys.argv[4]) if len(sys.argv) > 4 else 2
    rng = random.Random(7)
    os.makedirs(os.path.join(top, 'pages'), exist_ok=True)
    names = ['contact', 'size2k', 'size100k']
    names += [f'p{i:05d}' for i in range(pages)] + GENERATED
    per = (len(names) + 7) // 8
    sections = []
    for i in range(0, len(names), per):
        k = i // per
        sections.append(f'  - {{id: s{k}, title: '
                        f'{words(f"Section {k}", f"第{k}部分", langs)}, '
                        f'short: {words(f"S {k}", f"部{k}", langs)}, '
                        f'pages: [{", ".join(names[i:i + per])}]}}')
    lang = ['  - {dir: en, tag: en, name: English}']
    if langs == 2:
        lang.append('  - {dir: zh, tag: zh-Hans, name: 中文}')
    write(os.path.join(top, 'capsule.yml'), '\n'.join([
        'id: synth', f'title: {words("Synthetic District", "合成区", langs)}',
        f'subtitle: {words("Made for measuring", "供测量", langs)}',
        'hosts: [localhost]', 'languages:', *lang,
        f'publisher: {words("The bench", "测量者", langs)}',
        f'source: {words("None", "无", langs)}',
        f'licence: {words("None", "无", langs)}', 'contact: contact',
        'units:', f'  people: {words("people", "人", langs)}',
        'sections:', *sections]) + '\n')
    home = page(rng, 'home', 500, langs).replace(
        'blocks:', 'generate: home\nblocks:', 1)
    write(os.path.join(top, 'pages', 'index.yml'), home)
    for n in names:
        want = {'size2k': 2000, 'size100k': 100000}.get(n, size)
        write(os.path.join(top, 'pages', n + '.yml'),
              generated(n, langs) if n in GENERATED else
              page(rng, n[1:] if n[0] == 'p' else n, want, langs))


main()
