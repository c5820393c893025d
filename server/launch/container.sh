#!/bin/sh
# The image's one entry: which of the four processes to be.
case "$1" in
  server) exec node server/main.ts ;;
  sfu) exec node sfu/main.ts ;;
  jobs) exec node server/jobs-process/main.ts ;;
  migrate) exec node migrations/run.ts ;;
  *) echo "Say server, sfu, jobs or migrate." >&2; exit 1 ;;
esac
