#!/bin/sh
# How does a function start? As AWS's entrypoint does it where a Runtime API is given.
if [ $# -ne 1 ]; then
  echo 'the first and only argument is the handler: index.handler' >&2
  exit 142
fi
export _HANDLER="$1"
export AWS_EXECUTION_ENV="${AWS_EXECUTION_ENV:-AWS_Lambda_nodejs24.x}"
exec /var/lang/bin/node /var/runtime/index.mjs "$1"
