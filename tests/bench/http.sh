#!/bin/sh
# SPDX-License-Identifier: ISC
# BENCH=http.  The script itself must not have the name of Python's library.
exec python3 "$(dirname "$0")/web.py" "$@"
