#!/bin/sh
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Installs the three browsers and the virtual display from Debian. Needs root; does nothing when all
# of them are there.
set -eu

PACKAGES="chromium firefox-esr webkit2gtk-driver xvfb xauth"

missing=""
for package in $PACKAGES; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "install_browsers: not root, cannot install:$missing" >&2
    exit 1
fi
echo "install_browsers: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
