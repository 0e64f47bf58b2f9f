#!/bin/sh
# Runs uv: the one on PATH, else one installed under .tools on first use.
set -eu
if command -v uv >/dev/null 2>&1; then exec uv "$@"; fi
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
tool="$here/.tools/bin/uv"
if [ ! -x "$tool" ]; then
  python=${PYTHON:-python3}
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Provender needs Python 3.11 or later; found $("$python" --version 2>&1 || echo none). Say which with: make PYTHON=python3.12 run" >&2
    exit 1
  }
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      apt-get update -qq >/dev/null && apt-get install -y -qq python3-venv >/dev/null
    else
      echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
      exit 1
    fi
  fi
  echo "Getting uv, which installs the rest (once) ..." >&2
  "$python" -m venv "$here/.tools"
  "$here/.tools/bin/python" -m pip install -q --disable-pip-version-check "uv==${UV_VERSION:-0.13.9}"
fi
exec "$tool" "$@"
