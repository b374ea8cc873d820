#!/bin/sh
# Find a Chromium for the browser tests, or install one: Debian's package when it may, else
# Playwright's own. Chinese text needs a font, which comes with the package.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then
    exit 0
  fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium and a Chinese font from Debian's packages"
  if apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
    --no-install-recommends chromium fonts-noto-cjk >/dev/null; then
    exit 0
  fi
fi
echo "Installing Playwright's Chromium"
exec "${PYTHON:-python3}" -m playwright install chromium
