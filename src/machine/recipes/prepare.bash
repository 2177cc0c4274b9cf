#!/usr/bin/env bash
# Makes any Debian, Ubuntu, Fedora or Alpine host a lab machine of Labpath: installs what the labs call. Run it as root,
# on a machine that may be thrown away. It can be run again, and removes nothing.
set -euo pipefail
if [[ $EUID != 0 ]]; then
  echo "prepare: run this as root (sudo bash)." >&2
  exit 1
fi

# Tries all at once, then one by one: a release that lacks one package shall not go without the others.
missing=()
install_each() {
  local command=$1 name
  shift
  # shellcheck disable=SC2086
  if $command "$@"; then return; fi
  for name; do
    # shellcheck disable=SC2086
    $command "$name" >/dev/null 2>&1 || missing+=("$name")
  done
}

if command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  install_each 'apt-get install -q -y --no-install-recommends' @debian@
elif command -v dnf >/dev/null; then
  install_each 'dnf install -q -y --setopt=install_weak_deps=False' @fedora@
elif command -v apk >/dev/null; then
  install_each 'apk add -q' @alpine@
else
  echo "prepare: this distribution is not known; install by hand what labpath doctor names." >&2
  exit 1
fi

for module in br_netfilter overlay ip_vs; do modprobe "$module" 2>/dev/null || true; done
sysctl -qw net.ipv4.ip_forward=1 || true
if ((${#missing[@]} > 0)); then echo "prepare: this release has no ${missing[*]}."; fi
echo 'prepare: done.'
