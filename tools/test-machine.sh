#!/usr/bin/env bash
# What the tests need from the machine: Chromium, Java for Spark, a token for the vault's
# key, and the servers they speak to.
# Debian's packages are installed (as root or through sudo); elsewhere, says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

missing() { # one a line: commands, files and PHP modules that the tests need and do not find
  local need
  local path=$PATH:/usr/sbin$(printf ':%s' /usr/lib/postgresql/*/bin)
  for need in chromium java softhsm2-util mariadbd initdb php \
    /usr/share/wordpress/wp-settings.php /usr/share/mediawiki/api.php; do
    PATH=$path command -v "$need" >/dev/null || [[ -e $need ]] || echo "  $need"
  done
  for need in mysqli sqlite3 gd xml mbstring intl curl zip; do
    php -m 2>/dev/null | grep -qix "$need" || echo "  the PHP module $need"
  done
  compgen -G "${WARDLINE_SERVERS_CACHE:-$HOME/.cache/wardline-servers}/bluesky-pds-*/ok" \
    >/dev/null || echo "  what tests/servers/bluesky-pds.sh install brings"
}

packages() { # Chromium, the library that Playwright's own Node is linked to, Java,
  # a token in software; and what builds the Bluesky server, which is kept in its user's home
  local wanted=(chromium libatomic1 openjdk-17-jre-headless softhsm2 ca-certificates g++ make python3)
  command -v npm >/dev/null || wanted+=(nodejs npm)
  dpkg-query -W "${wanted[@]}" >/dev/null 2>&1 && return
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq -o DPkg::Lock::Timeout=300 --no-install-recommends install \
    "${wanted[@]}" >/dev/null
}

as_user() { # what is kept in a home belongs to whom the home belongs to
  if [[ ${SUDO_USER:-} ]]; then sudo -H -u "$SUDO_USER" "$@"; else "$@"; fi
}

debian() { # as root: everything; it is quick where all of it is there
  local server
  packages
  for server in tests/servers/*.sh; do
    case $server in
      *bluesky*) as_user "$server" install ;;
      *) "$server" install ;;
    esac
  done
}

if ((EUID == 0)) && command -v apt-get >/dev/null; then
  debian
elif [[ $(missing) ]] && command -v apt-get >/dev/null && command -v sudo >/dev/null; then
  exec sudo "$0"
elif [[ $(missing) ]]; then
  printf 'The tests need these; install them, then run make test again:\n%s\n' "$(missing)" >&2
  exit 1
fi
