# SPDX-License-Identifier: ISC
"""For Python tests: a line a case, as ok.sh has for shell tests.

    tell(NAME, GOOD, MORE...)   it is right; or wrong, then first what was seen;
                                GOOD is given back
    @case(NAME)                 a function without arguments, called at once:
                                it is right when it ends, wrong when it raises
    done()                      the end: exit status 1 when one was wrong"""
import sys
import traceback

failed = 0


def tell(name, good, *more):
    global failed
    if not isinstance(name, str):
        raise TypeError("tell(NAME, GOOD): %r is no name" % (name,))
    if not good:
        failed += 1
        for m in more:
            print(str(m)[:4000])
    print("ok" if good else "not ok", name, flush=True)
    return good


def case(name):
    def run(f):
        try:
            f()
        except Exception:
            tell(name, False, traceback.format_exc())
        else:
            tell(name, True)
        return f
    return run


def done():
    sys.exit(failed > 0)
