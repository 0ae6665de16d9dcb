#!/usr/bin/env bash
# What the tests need from the machine: Chromium, and the servers they speak to.
# Debian packages are installed (as root or through sudo); elsewhere, says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

missing() { # the needs, one a line, that are neither a command nor a path here
  local need
  for need in chromium mariadbd php /usr/share/wordpress/wp-settings.php; do
    PATH=$PATH:/usr/sbin command -v "$need" >/dev/null || [[ -e $need ]] || echo "  $need"
  done
}

[[ $(missing) ]] || exit 0
as_root=()
((EUID == 0)) || as_root=(sudo)
if ! command -v apt-get >/dev/null || ! command -v "${as_root[@]:-true}" >/dev/null; then
  printf 'The tests need these, and only Debian with root or sudo can add them itself:\n%s\n' \
    "$(missing)" >&2
  exit 1
fi

echo "Installing what the tests need from Debian …"
if ! command -v chromium >/dev/null; then
  "${as_root[@]}" apt-get -qq update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -o DPkg::Lock::Timeout=300 install --no-install-recommends chromium >/dev/null
fi
for server in tests/servers/*.sh; do
  "${as_root[@]}" "$server" install
done
