#!/bin/sh
# The image's one entry: which of the three processes to be.
case "$1" in
  server) exec node server/main.ts ;;
  sfu) exec node sfu/main.ts ;;
  migrate) exec node migrations/run.ts ;;
  *) echo "Say server, sfu or migrate." >&2; exit 1 ;;
esac
