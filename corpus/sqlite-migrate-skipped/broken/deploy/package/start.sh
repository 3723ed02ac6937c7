#!/bin/sh
cd "$(dirname "$0")" || exit 1
export HELPLINE_DB="${HELPLINE_DB:-./data/helpline.db}"
mkdir -p ./data
exec ./helpline
