#!/usr/bin/env bash
# PostgreSQL (Debian's package), a cluster for tests on 127.0.0.1. See README.md.
#   postgres.sh install | start DIR PORT | stop DIR
set -euo pipefail
PATH=$(printf '%s:' /usr/lib/postgresql/*/bin)$PATH   # Debian keeps the server out of PATH

die() { echo "postgres: $*" >&2; exit 1; }

do_install() { # the package alone: a policy keeps its own daemon from being started
  local policy=/usr/sbin/policy-rc.d
  if command -v initdb >/dev/null; then return; fi
  ((EUID == 0)) || die "run '$0 install' as root"
  if [[ ! -e $policy ]]; then
    trap "rm -f $policy" EXIT
    install -m 755 <(printf '#!/bin/sh\nexit 101\n') $policy
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq -o DPkg::Lock::Timeout=300 --no-install-recommends install postgresql >/dev/null
}

as_server() { # the server refuses to run as root
  if ((EUID)); then "$@"
  else setpriv --reuid=postgres --regid=postgres --init-groups "$@"; fi
}

create() { # create DIR: a cluster with the database and the user wardline, whose password is DIR/key
  local key
  key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  ((EUID)) || chown postgres "$1"
  as_server initdb -D "$1/data" -U postgres --auth-local=peer --auth-host=scram-sha-256 \
    -E UTF8 --locale=C.UTF-8 --no-sync
  cat >>"$1/data/postgresql.conf" <<'CONF'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off                 # it survives a killed process, not a crashed machine
full_page_writes = off
synchronous_commit = off
CONF
  # Like a hospital's, Wardline's user is no superuser; tests make databases of their own.
  as_server postgres --single -j -D "$1/data" postgres <<SQL
CREATE ROLE wardline LOGIN CREATEDB PASSWORD '$key';

CREATE ROLE administrator LOGIN SUPERUSER PASSWORD '$key';

CREATE DATABASE wardline OWNER wardline;
SQL
  (umask 077; echo "$key" >"$1/key")    # at last: the cluster is whole
}

do_start() {
  local folder
  command -v initdb >/dev/null || die "PostgreSQL is missing: run '$0 install' first"
  mkdir -p "$1"
  folder=$(cd -- "$1" && pwd -P)
  cd /                      # where the server's user may be, too
  [[ -e $folder/key ]] || create "$folder" >&2
  as_server pg_ctl -D "$folder/data" -l "$folder/log" -w -o "-p $2" start >&2 ||
    { tail -n 20 "$folder/log" >&2; exit 1; }
  local key place
  key=$(<"$folder/key") place=127.0.0.1:$2/wardline
  printf '{"server":"postgres","version":"%s","url":"%s","admin_url":"%s"}\n' \
    "$(<"$folder/data/PG_VERSION")" \
    "postgresql://wardline:$key@$place" "postgresql://administrator:$key@$place"
}

do_stop() { # also where nothing runs
  [[ -d $1/data ]] || return 0
  local folder
  folder=$(cd -- "$1" && pwd -P)
  cd /
  as_server pg_ctl -D "$folder/data" status >/dev/null || return 0
  as_server pg_ctl -D "$folder/data" -w -m fast stop >&2
}

case "${1:-} $#" in
  'install 1' | 'start 3' | 'stop 2') "do_$1" "${@:2}" ;;
  *) die "usage: $0 install | start DIR PORT | stop DIR" ;;
esac
