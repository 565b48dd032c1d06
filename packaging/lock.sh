#!/bin/sh
# Resolve pyproject.toml into requirements/*.lock, for every system and Python we support, with hashes.
set -eu
cd "$(dirname "$0")/.."
for lock in run dev; do
    extras="--extra build"
    [ "$lock" = dev ] && extras="$extras --extra dev"
    # shellcheck disable=SC2086
    uv pip compile pyproject.toml $extras --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file "requirements/$lock.lock"
done
