#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by the scripts that need packages of a newer Debian suite. Gives apt a state of its own
# below one directory: no root, nothing of the system's apt changes, and every index is checked
# against the system's Debian keyring. Which server to ask is taken from the system's apt
# configuration, so this repository names none.

# The archive that serves the running release also serves the other suites.
apt_archive_uri() {
  local codename
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  [ -n "$codename" ] || return 1
  apt-get update --print-uris 2>/dev/null |
    sed -n "s|^'\(.*\)/dists/$codename/InRelease'.*|\1|p" | sed q
}

# apt_private_setup DIR KIND SUITE…: KIND is "deb" or "deb-src".
apt_private_setup() {
  local dir=$1 kind=$2 uri keyring suite
  shift 2
  command -v apt-get >/dev/null || {
    echo "no apt-get: this step needs Debian's (or a derivative's) apt" >&2
    return 1
  }
  uri=${ASSAY_DEBIAN_ARCHIVE:-$(apt_archive_uri)} || uri=
  [ -n "$uri" ] || {
    echo "apt names no archive for this release; set ASSAY_DEBIAN_ARCHIVE to a Debian archive's URI" >&2
    return 1
  }
  keyring=${ASSAY_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
  [ -r "$keyring" ] || {
    echo "no keyring $keyring; install debian-archive-keyring or set ASSAY_DEBIAN_KEYRING" >&2
    return 1
  }
  rm -rf "$dir"
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/download"
  : >"$dir/status"
  for suite in "$@"; do
    printf '%s [signed-by=%s] %s %s main\n' "$kind" "$keyring" "$uri" "$suite"
  done >"$dir/sources.list"
  # Error-Mode: by default an update that could read no index warns and ends with status 0.
  cat >"$dir/conf" <<CONF
#clear APT::Update;
#clear DPkg::Post-Invoke;
APT::Update::Error-Mode "any";
Dir::Etc { SourceList "$dir/sources.list"; SourceParts "/dev/null"; Preferences "/dev/null"; PreferencesParts "/dev/null"; };
Dir::State { Lists "$dir/lists"; status "$dir/status"; extended_states "$dir/extended"; };
Dir::Cache "$dir/cache";
APT::Sandbox::User "";
Acquire { Languages "none"; Retries "3"; AllowInsecureRepositories "false"; AllowReleaseInfoChange "true"; };
CONF
  apt_private_dir=$dir
}

private_apt_get() { apt-get -c "$apt_private_dir/conf" -qq "$@"; }
private_apt_cache() { apt-cache -c "$apt_private_dir/conf" "$@"; }
