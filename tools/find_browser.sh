#!/bin/sh
# Find a Chromium for the browser tests, or install one: Debian's package when it may, else
# Playwright's own. The shell without a window is first choice: it does the same in two thirds of
# the time. Chinese text needs a font.
set -eu
found() {
  for name in "$@"; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}
install_debian() {
  [ "$(id -u)" = 0 ] && found apt-get || return 1
  apt-get update -q >/dev/null 2>&1 || return 1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    "$@" fonts-noto-cjk >/dev/null 2>&1
}
found chromium-headless-shell && exit 0
echo "Looking for a Chromium and a Chinese font among Debian's packages"
install_debian chromium-headless-shell && exit 0
found chromium chromium-browser google-chrome && exit 0
install_debian chromium && exit 0
echo "Installing Playwright's Chromium"
exec "${PYTHON:-python3}" -m playwright install chromium
