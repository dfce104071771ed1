# SPDX-License-Identifier: ISC
"""PyYAML with the scalars of YAML 1.2, as editors and apeng read them."""
import re
import yaml


class Loader(yaml.SafeLoader):
    """Strict; in Python, and slow for that."""
    yaml_implicit_resolvers = {}


class Quick(getattr(yaml, 'CSafeLoader', yaml.SafeLoader)):
    """In C, where PyYAML has it: the same values, but of documents that are
    no YAML it takes and refuses others."""
    yaml_implicit_resolvers = {}


for loader in Loader, Quick:
    loader.add_implicit_resolver(
        'tag:yaml.org,2002:null', re.compile(r'^(?:~|null|Null|NULL|)$'),
        ['~', 'n', 'N', ''])
    loader.add_implicit_resolver(
        'tag:yaml.org,2002:bool',
        re.compile(r'^(?:true|True|TRUE|false|False|FALSE)$'), list('tTfF'))
    loader.add_implicit_resolver(
        'tag:yaml.org,2002:int',
        re.compile(r'^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$'),
        list('-+0123456789'))
    loader.add_implicit_resolver(
        'tag:yaml.org,2002:float',
        re.compile(r'^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)'
                   r'(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)'
                   r'|\.(?:nan|NaN|NAN))$'), list('-+.0123456789'))


def _int(loader, node):
    s = node.value
    return int(s, 0) if s[:2] in ('0x', '0o') else int(s, 10)


def _float(loader, node):
    return float(node.value.replace('.inf', 'inf').replace('.nan', 'nan'))


for loader in Loader, Quick:
    loader.add_constructor('tag:yaml.org,2002:int', _int)
    loader.add_constructor('tag:yaml.org,2002:float', _float)


def load(path, loader=Quick):
    with open(path, encoding='utf-8') as f:
        return yaml.load(f, loader)
