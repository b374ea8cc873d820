#!/bin/sh
# Debian's PostgreSQL and nginx, for the tests that need them; the tests start their own. Where
# they cannot be installed, the tests say which half was not run.
set -eu
PATH="$PATH:/usr/sbin:/sbin"
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="postgresql"
command -v nginx >/dev/null 2>&1 || missing="$missing nginx"
if [ -z "$missing" ]; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "Not installed here, and not tested:$missing"
  exit 0
fi
echo "Installing from Debian's packages: $missing"
# Nothing is to be started by the installation.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -q >/dev/null || true
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null \
  || echo "Could not be installed, and is not tested: $missing"
