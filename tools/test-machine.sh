#!/usr/bin/env bash
# What the tests need from the machine: Chromium, Java for Spark, and the servers they
# speak to.
# Debian's packages are installed (as root or through sudo); elsewhere, says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

missing() { # one a line: commands, files and PHP modules that the tests need and do not find
  local need
  for need in chromium java mariadbd php /usr/share/wordpress/wp-settings.php; do
    PATH=$PATH:/usr/sbin command -v "$need" >/dev/null || [[ -e $need ]] || echo "  $need"
  done
  for need in mysqli gd xml mbstring intl curl zip; do
    php -m 2>/dev/null | grep -qix "$need" || echo "  the PHP module $need"
  done
}

packages() { # Chromium, the library that Playwright's own Node is linked to, and Java
  dpkg-query -W chromium libatomic1 openjdk-17-jre-headless >/dev/null 2>&1 && return
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq -o DPkg::Lock::Timeout=300 --no-install-recommends install \
    chromium libatomic1 openjdk-17-jre-headless >/dev/null
}

debian() { # as root: everything; it is quick where all of it is there
  local server
  packages
  for server in tests/servers/*.sh; do "$server" install; done
}

if ((EUID == 0)) && command -v apt-get >/dev/null; then
  debian
elif [[ $(missing) ]] && command -v apt-get >/dev/null && command -v sudo >/dev/null; then
  exec sudo "$0"
elif [[ $(missing) ]]; then
  printf 'The tests need these; install them, then run make test again:\n%s\n' "$(missing)" >&2
  exit 1
fi
