# SPDX-License-Identifier: ISC
"""For the parts of make check-html: a line a case, and the sum at the end.

    check(NAME, BAD)    right when BAD is empty, else BAD says what is wrong
    end()               print the sum; the exit status: 1 when one was wrong"""
passed = failed = 0


def check(name, bad):
    global passed, failed
    failed += bool(bad)
    passed += not bad
    print("not ok %s: %s" % (name, str(bad)[:2000]) if bad else "ok " + name,
          flush=True)


def end():
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0
