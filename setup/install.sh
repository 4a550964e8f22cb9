#!/usr/bin/env bash
# Installs what saegate needs beside its own files, and makes a command that starts it. Prints the folder of the command.
# Usage: install.sh CHECKOUT FOLDER
set -euo pipefail
checkout=$(cd "$1" && pwd)
mkdir -p "$2"
folder=$(cd "$2" && pwd)
npm ci --prefix "$checkout" --omit=dev --ignore-scripts --no-audit --no-fund >&2
printf '#!/bin/sh\nexec node "%s" "$@"\n' "$checkout/dist/cli.js" > "$folder/saegate"
chmod +x "$folder/saegate"
"$folder/saegate" --version >&2
echo "$folder"
