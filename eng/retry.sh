#!/usr/bin/env bash
# Runs a command again, with growing pauses, until it succeeds: retry.sh COMMAND…
# For the first upload of a package: a newly assigned role takes effect only after a minute or more, and the upload answers 403 until then.
set -euo pipefail

for pause in ${RETRY_PAUSES:-15 30 60 120 240}; do
  if "$@"; then
    exit 0
  fi

  echo "Failed; again in $pause s." >&2
  sleep "$pause"
done
exec "$@"
