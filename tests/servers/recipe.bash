# What every server's recipe does alike; sourced by NAME.sh once it has set NAME.
HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
WAIT=${WARDLINE_START_TIMEOUT:-120}
PATH=$PATH:/usr/sbin:/sbin

die() { echo "$NAME: $*" >&2; exit 1; }
rnd() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
need() { local c; for c; do command -v "$c" >/dev/null || [[ -e $c ]] || die "$c is missing: run '$0 install' first"; done; }

quiet() {       # run a command; show its output only if it fails
  local out rc=0
  out=$("$@" </dev/null 2>&1) || rc=$?
  ((rc == 0)) || { tail -n 30 <<<"$out" >&2; die "failed ($rc): ${*:1:4} ..."; }
}

apt_install() { # the packages that are missing; none of their daemons is started
  local p miss=() policy=/usr/sbin/policy-rc.d
  for p; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null) == installed ]] || miss+=("$p")
  done
  ((${#miss[@]})) || return 0
  ((EUID == 0)) || die "must be root to install: ${miss[*]}"
  if [[ ! -e $policy ]]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT; trap 'exit 143' INT TERM HUP
    printf '#!/bin/sh\nexit 101\n' >$policy; chmod 755 $policy
  fi
  export DEBIAN_FRONTEND=noninteractive
  quiet apt-get -qy update
  quiet apt-get -qy -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \
    --no-install-recommends install "${miss[@]}"
}

started() {     # when process $1 began, in ticks; nothing if it is gone
  local s; s=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  s=${s##*) }; set -- $s; echo "${20}"
}

ours() {        # ours PID BEGAN: the live processes of the session that PID opened, and their descendants
  local now; now=$(started "$1")
  [[ $(<"$D/boot") == "$(</proc/sys/kernel/random/boot_id)" ]] || return 0
  [[ -z $now || $now == "${2:-}" ]] || return 0         # the number belongs to a stranger by now
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed -E 's/^([0-9]+) \(.*\) /\1 /' | awk -v s="$1" '
    $2 !~ /[ZX]/ { up[$1] = $3; if ($1 == s || $5 == s) kin[$1] }
    END { do { n = 0; for (p in up) if (!(p in kin) && (up[p] in kin)) { kin[p]; n = 1 } } while (n)
          for (p in kin) print p }'
}

listening() { grep -qsE "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$1") [0-9A-F]+:[0-9A-F]+ 0A " /proc/net/tcp /proc/net/tcp6; }

begin() {       # begin DIR PORT...: take a new, empty or own folder and free ports; undo everything on failure
  local p
  [[ $1 =~ ^[A-Za-z0-9._/+@-]+$ ]] || die "DIR may hold letters, digits and ._/+@- only"
  for p in "${@:2}"; do
    ((p < 65536)) || die "not a port: $p"
    ! listening "$p" || die "port $p is taken"
  done
  D=$(realpath -m -- "$1"); shift
  ((${#D} <= 80)) || die "DIR is longer than 80 characters: socket names would not fit"
  mkdir -p "$D"
  [[ -e $D/.$NAME || -z $(ls -A "$D") ]] || die "$D holds something else"
  [[ ! -e $D/pids ]] || while read -r p; do [[ -z $(ours $p) ]] || die "already running in $D"; done <"$D/pids"
  chmod 711 "$D"; cd "$D"; mkdir -p tmp; export TMPDIR=$D/tmp
  rm -f "$D"/*.log; : >"$D/.$NAME"
  cat /proc/sys/kernel/random/boot_id >"$D/boot"; echo "$*" >"$D/ports"; : >"$D/pids"
  END=$((SECONDS + WAIT))
  trap 'rc=$?; trap - EXIT; tail -n 20 "$D"/*.log >&2 2>/dev/null || true; GRACE=20 stop_all; exit "$rc"' EXIT; trap 'exit 143' INT TERM HUP
}

setup() {       # one step of the preparation, logged
  timeout $((END > SECONDS ? END - SECONDS : 1)) "$@" </dev/null >>"$D/setup.log" 2>&1 || die "failed: ${*:1:3} ..."
}

spawn() {       # spawn LOG COMMAND...: in a session of its own, pid and beginning on record
  setsid "${@:2}" </dev/null >>"$D/$1.log" 2>&1 &
  echo "$! $(started $!)" >>"$D/pids"
}

wait_for() {    # until COMMAND... succeeds, while all we spawned lives
  local pid began
  until timeout 20 "$@" </dev/null >/dev/null 2>&1; do
    while read -r pid began; do [[ $began && $(started "$pid") == "$began" ]] || die "a process ended early"; done <"$D/pids"
    ((SECONDS < END)) || die "not ready within $WAIT s"
    sleep .2
  done
}

ready() {       # ready JSON: the one line on stdout
  trap - EXIT INT TERM HUP
  (umask 077; printf '%s\n' "$1" >"$D/server.json"); cat "$D/server.json"
}

stop_all() {    # last first: $SIG to the main process, TERM to children it leaves behind, KILL after 15 s
  local pid began kin i
  [[ -e $D/pids ]] || return 0
  while read -r pid began; do
    for ((i = 0; i < 90; i++)); do
      kin=$(ours "$pid" "$began"); [[ $kin ]] || break
      if ! grep -qx "$pid" <<<"$kin"; then kill -TERM $kin
      elif ((i == 0)); then kill -s "${SIG:-TERM}" "$pid"
      fi 2>/dev/null || true
      ((i < ${GRACE:-75})) || kill -KILL $kin 2>/dev/null || true
      sleep .2
    done
    [[ -z $(ours "$pid" "$began") ]] || die "process $pid cannot be ended"
  done < <(tac "$D/pids")
  for pid in $(cat "$D/ports"); do
    for ((i = 0; i < 50; i++)); do listening "$pid" || break; sleep .1; done
    ! listening "$pid" || die "port $pid is still open"
  done
  rm -f "$D/pids"
}

main() {
  case "${1:-} $#" in
    'install 1') exec 9<"$HERE"; flock 9; do_install ;;                 # one install at a time
    'start 3') [[ $3 =~ ^[1-9][0-9]{0,4}$ ]] || die "not a port: $3"; do_start "$2" "$3" ;;
    'stop 2')
      [[ -d $2 ]] || return 0
      D=$(cd -- "$2" && pwd -P); [[ -e $D/pids ]] || return 0
      [[ -e $D/.$NAME ]] || die "$D was not started by this script"
      stop_all ;;
    *) echo "usage: $0 install | start DIR PORT | stop DIR" >&2; exit 2 ;;
  esac
}
