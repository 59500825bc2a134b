# SPDX-License-Identifier: Apache-2.0
# What deploy/quickstart and deploy/test share: is this system one we run on,
# are the packages there, configure, build. To be sourced by bash; needs nothing
# but what a minimal Debian has, and in particular no git, curl, systemd,
# locales, home directory or terminal.
#
# Every function says what it does on stdout, and on stderr in one line what is
# wrong before it returns 1. None of them exits or changes the directory.

tallystick_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The one locale every Debian has; and tools of root's that a user's shell, or a
# bare chroot, may not find.
export LC_ALL=C.UTF-8
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

say() { printf '%s\n' "$*"; }
complain() { printf 'tallystick: %s\n' "$*" >&2; }

# Is this Debian 12? Other systems have other versions of gRPC and Abseil.
check_system() {
  local id='' codename='' name='an unknown system' key value
  if [ -r /etc/os-release ]; then
    while IFS='=' read -r key value; do
      value=${value#\"} value=${value%\"}
      case $key in
        ID) id=$value ;;
        VERSION_CODENAME) codename=$value ;;
        PRETTY_NAME) name=$value ;;
      esac
    done < /etc/os-release
  fi
  if [ "$id" != debian ] || [ "$codename" != bookworm ]; then
    complain "this needs Debian 12 (bookworm); here is $name."
    return 1
  fi
  if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null
  then
    complain 'this needs apt and dpkg to install packages; here are none.'
    return 1
  fi
}

# packages_of GROUP...: their names from deploy/packages, one per line.
packages_of() {
  local line group=''
  while IFS= read -r line; do
    case $line in
      '' | '#'*) ;;
      '['*']') group=${line#[} group=${group%]} ;;
      *) case " $* " in *" $group "*) printf '%s\n' "$line" ;; esac ;;
    esac
  done < "$tallystick_root/deploy/packages"
}

# install_packages GROUP...: installs what is missing of these groups, and does
# not touch the system if nothing is.
install_packages() {
  local package missing=() as_root=() log
  for package in $(packages_of "$@"); do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = \
      installed ] || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say 'All packages are installed.'
    return 0
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null; then
      complain "neither root nor sudo; ask for: apt-get install ${missing[*]}"
      return 1
    fi
    as_root=(sudo)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120)
  log=$(mktemp) || return 1
  say "Installing ${#missing[@]} packages and what they need: ${missing[*]}"
  say '  reading the package lists ...'
  if ! "${as_root[@]}" update > "$log" 2>&1; then
    tail -n 5 "$log" >&2
    complain 'apt-get update failed (above); is the network up?'
    rm -f "$log"
    return 1
  fi
  say '  downloading and unpacking, a minute or two ...'
  if ! "${as_root[@]}" install --no-install-recommends "${missing[@]}" \
    > "$log" 2>&1; then
    tail -n 15 "$log" >&2
    complain 'apt-get install failed (above).'
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
  say '  installed.'
}

# configure DIR [CMAKE_ARGUMENT...]: prepares a build folder below the root.
configure() {
  local dir=$tallystick_root/$1 log
  shift
  # ccache keeps its files below the home directory, which may not be there.
  if [ -z "${CCACHE_DIR:-}" ] && { [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; }
  then
    export CCACHE_DIR="$tallystick_root/build/.ccache"
  fi
  mkdir -p "$dir" || return 1
  log=$dir/configure.log
  if ! cmake -S "$tallystick_root" -B "$dir" -G Ninja "$@" > "$log" 2>&1; then
    sed -n '/^CMake Error/,$p' "$log" >&2
    complain "cmake failed (above; all of it is in $log)."
    return 1
  fi
}

# build DIR [NINJA_ARGUMENT...]: builds what is out of date, on all cores. On a
# terminal Ninja shows its progress in one line; elsewhere a line says how far it
# is, every ten seconds.
build() {
  local dir=$tallystick_root/$1
  shift
  if [ -t 1 ]; then
    NINJA_STATUS='  [%f/%t] ' ninja -C "$dir" -j "$(nproc)" "$@"
  else
    NINJA_STATUS='[%f/%t] ' ninja -C "$dir" -j "$(nproc)" "$@" 2>&1 |
      show_progress
    return "${PIPESTATUS[0]}"
  fi
}

# Passes on compiler messages, and one of Ninja's own lines in ten seconds.
show_progress() {
  local line said=$SECONDS
  while IFS= read -r line; do
    case $line in
      'ninja: Entering'*) ;;
      '['[0-9]*/[0-9]*'] '*)
        if [ $((SECONDS - said)) -ge 10 ]; then
          said=$SECONDS
          say "  built ${line%%]*}]"
        fi
        ;;
      *) say "$line" ;;
    esac
  done
}
