# Installs Debian packages, and only when one is missing, so that a second run costs one query.
# Sourced by run and test; needs $root. Public: install_packages SECTION…

say() { printf '%s\n' "$@" >&2; }
die() { say "$@"; exit 1; }

# The packages of the named sections of scripts/packages.txt.
packages_of() {
  awk -v wanted=" $* " '
    /^\[/ { section = $1; gsub(/[][]/, "", section); next }
    /^[a-z0-9]/ && index(wanted, " " section " ") { print $1 }' "$root/scripts/packages.txt"
}

missing_packages() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
  packages_of "$@" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

require_debian_12() {
  local name=unknown id='' version=''
  if [ -r /etc/os-release ]; then
    name=$(. /etc/os-release; echo "$PRETTY_NAME")
    id=$(. /etc/os-release; echo "${ID:-}")
    version=$(. /etc/os-release; echo "${VERSION_ID:-}")
  fi
  [ "$id" = debian ] && [ "${version%%.*}" = 12 ] && return
  die "gongji is built on Debian 12 with Debian's own packages; this machine is: $name." \
    "Use a Debian 12 machine or container. scripts/packages.txt names the packages."
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

require_root_or_sudo() {
  as_root true || die "Packages are missing and this is neither root nor a user sudo lets in. As root:" \
    "  apt-get install --no-install-recommends $*"
}

# Some packages bring a service (redis-server, prometheus). We use their programs only: nothing may
# start while they are installed. policy-rc.d is Debian's own switch for that; whatever stood there
# before is put back, whether the installation succeeds or not.
apt_without_services() (
  policy=/usr/sbin/policy-rc.d
  saved=$policy.before-gongji
  restore() {
    as_root rm -f "$policy"
    if as_root test -e "$saved"; then as_root mv "$saved" "$policy"; fi
  }
  if as_root test -e "$policy" && ! as_root test -e "$saved"; then
    as_root mv "$policy" "$saved"
  fi
  trap restore EXIT
  trap 'exit 130' INT TERM
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@"
)

# … and nothing may start at the next boot either.
disable_services_of() {
  command -v systemctl >/dev/null || return 0
  local units
  units=$(dpkg-query -L "$@" 2>/dev/null | sed -n 's|^/lib/systemd/system/\([^/@]*\.service\)$|\1|p')
  [ -z "$units" ] || as_root systemctl disable --quiet $units 2>/dev/null || true
}

install_packages() {
  command -v dpkg-query >/dev/null || require_debian_12
  local missing
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -n "${missing// /}" ] || return 0
  require_debian_12
  require_root_or_sudo $missing
  say "Installing: $missing"
  {
    as_root apt-get -q update || say "apt-get update failed; trying with the package lists at hand."
    apt_without_services -y -q -o Dpkg::Use-Pty=0 install --no-install-recommends $missing
  } >&2 || die "apt-get could not install: $missing"
  disable_services_of $missing
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -z "${missing// /}" ] || die "Still missing after the installation: $missing"
}
