#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# A private Emscripten in one directory, from the Debian packages of packages.lock: no root, no
# change to the system. Running it again is cheap, and repairs a directory that was moved.
#
#   debian_prefix.sh PREFIX
#   debian_prefix.sh --relock PREFIX   rewrite packages.lock, then build PREFIX from it
#
# apt authenticates the archive's index; packages.lock then says which files are wanted. Rows
# marked "compiler" decide the bytes that we ship (acorn: those of the glue) and are taken by SHA-256
# or not at all. Rows marked "support" (libraries and Python that the compiler runs on) may be newer:
# the archive of a moving suite drops old ones within days.
set -euo pipefail

say() { printf 'toolchain: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
relock=
if [ "${1:-}" = --relock ]; then relock=1; shift; fi
[ $# -eq 1 ] || die "usage: debian_prefix.sh [--relock] PREFIX"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=core/cmake/private_apt.sh
. "$here/../../core/cmake/private_apt.sh"
lock=$here/packages.lock
suites=(forky sid)

mkdir -p "$1"
prefix=$(cd "$1" && pwd -P)
emscripten=$prefix/usr/share/emscripten
stamp=$prefix/.complete
exec 9>"$prefix/.lock"
flock 9

node=$(command -v node) || die "no node in PATH"
want="$(sha256sum <"$lock" | cut -d' ' -f1) $prefix $node"
works() { "$emscripten/emcc" --version >/dev/null 2>&1; }
if [ -z "$relock" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && works; then
  say "$("$emscripten/emcc" --version | head -1) (cached)"
  exit 0
fi

# --- Which packages ---------------------------------------------------------------------------

# Not needed to run emcc: native development files, sanitizers, Perl, and Debian's Node, which
# starts only below /usr (the caller's is used).
unwanted='binutils.*|ccache|clang-[0-9]+-.*|debconf|libada-url.*|libbinutils|libblake3.*|libc-dev-bin|libc-gconv.*|libc6-dev|libcares2|libclang1-.*|libcrypt-dev|libctf.*|libdb5.*|libgc1|libgomp1|libgprofng0|libhdr.*|libhiredis.*|libicu.*|libitm1|libllhttp.*|libnode.*|libnsl-dev|libobjc.*|libobjc-.*-dev|libperl.*|libquadmath0|libsframe.*|libsimd.*|libstdc\+\+-.*-dev|libgcc-.*-dev|libtirpc-dev|libuv1.*|libxxhash.*|lib(a|hwa|l|t|ub)san[0-9]+|linux-libc-dev|media-types|mime-support|netbase|node-(balanced-match|brace-expansion|corepack|debug|llhttp|lru-cache|minimatch|ms|semver|undici)|nodejs|perl.*|rpcsvc-proto|tzdata|.*-doc'
compiler='emscripten|clang-[0-9]+|libclang-.*|lld-[0-9]+|llvm-[0-9].*|libllvm.*|binaryen|node-acorn'

index() {
  apt_private_setup "$prefix/.apt" deb "${suites[@]}" || die "see the line above"
  say "reading the package index of ${suites[*]}"
  private_apt_get update >&2 || die "apt could not read the package index of ${suites[*]}: is this machine offline? With an Emscripten of your own, set EMSDK"
}

closure() {
  private_apt_get install -s --no-install-recommends emscripten patchelf |
    awk '$1 == "Inst" { print $2 }' | grep -vxE "$unwanted" | sort
}

# name version sha256 of everything that the index lists for the given names, newest first
served() {
  private_apt_cache show --no-all-versions=false "$@" 2>/dev/null |
    awk '$1 == "Package:" { p = $2 } $1 == "Version:" { v = $2 } $1 == "SHA256:" { print p, v, $2 }'
}

write_lock() {
  local names
  names=$(closure)
  [ -n "$names" ] || die "no suite of ${suites[*]} has a usable emscripten"
  {
    printf '# Debian packages of the Emscripten prefix: role name version sha256.\n'
    printf '# Written by setup.sh --relock; role and use: debian_prefix.sh.\n'
    # shellcheck disable=SC2086
    served $names | awk -v compiler="^($compiler)$" \
      '!seen[$1]++ { print ($1 ~ compiler ? "compiler" : "support"), $0 }'
  } >"$lock.new"
  mv "$lock.new" "$lock"
  say "packages.lock: $(grep -vc '^#' "$lock") packages"
}

# Sets "wanted" to name=version (or name) for apt and checks the lock against the index.
choose() {
  local role name version sha table gone=() newer=()
  # shellcheck disable=SC2046
  table=$(served $(awk '!/^#/ { print $2 }' "$lock"))
  wanted=()
  while read -r role name version sha; do
    case $role in '' | '#'*) continue ;; esac
    if grep -qxF "$name $version $sha" <<<"$table"; then
      wanted+=("$name=$version")
    elif [ "$role" = compiler ]; then
      gone+=("$name $version")
    else
      newer+=("$name")
      wanted+=("$name")
    fi
  done <"$lock"
  if [ "${#gone[@]}" -gt 0 ]; then
    say "the archive no longer serves these pinned compiler packages:"
    printf '  %s\n' "${gone[@]}" >&2
    [ -n "${ASSAY_TOOLCHAIN_UNPINNED:-}" ] ||
      die "other versions give other bytes. ASSAY_TOOLCHAIN_UNPINNED=1 takes what ${suites[*]} have now; or install the pinned emsdk and set EMSDK"
    say "ASSAY_TOOLCHAIN_UNPINNED: taking the current versions; the wasm will not equal the released one"
    mapfile -t wanted < <(closure)
  elif [ "${#newer[@]}" -gt 0 ]; then
    say "newer support packages than packages.lock: ${newer[*]}"
  fi
}

# --- Download and unpack ------------------------------------------------------------------------

download() {
  local size
  size=$( (cd "$prefix/.apt/download" && private_apt_get download --print-uris "${wanted[@]}") |
    awk '{ s += $3 } END { printf "%d", s / 1048576 }')
  say "downloading ${#wanted[@]} packages, $size MB"
  (cd "$prefix/.apt/download" && private_apt_get download "${wanted[@]}") >&2 || die "download failed"
  # apt has checked each file against the signed index; this checks against the lock.
  local file sum
  for file in "$prefix"/.apt/download/*.deb; do
    sum=$(sha256sum "$file" | cut -d' ' -f1)
    grep -q " $sum$" "$lock" || say "not in packages.lock: ${file##*/}"
  done
}

unpack() {
  local deb
  say "unpacking"
  rm -rf "${prefix:?}"/{usr,etc,var,bin,cache}
  for deb in "$prefix"/.apt/download/*.deb; do dpkg-deb -x "$deb" "$prefix"; done
  (cd "$prefix/.apt/download" && sha256sum -- *.deb) >"$prefix/packages.sha256"
  # The licences of the runtime that is linked into every module, for the package's notices.
  cp "$prefix"/usr/share/doc/emscripten/copyright "$prefix"/usr/share/emscripten/copyright
  rm -rf "${prefix:?}"/{.apt,etc,var} "$prefix"/usr/share/{bug,doc,info,lintian,locale,man,perl5,zoneinfo}
  # Of LLVM's 130 programs keep the compiler, the linker and what reads their output.
  find "$prefix"/usr/lib/llvm-*/bin -mindepth 1 \
    ! -regex '.*/\(clang\|clang\+\+\|clang-[0-9]+\|clang-scan-deps\|lld\|wasm-ld\|ld\.lld\)' \
    ! -regex '.*/llvm-\(ar\|ranlib\|nm\|objcopy\|objdump\|strip\|size\|readobj\|readelf\|dwarfdump\|dwp\|cxxfilt\|symbolizer\|addr2line\|profdata\|cov\|config\|dis\|link\)' \
    -delete
  # Debian's acorn lies where emcc's JavaScript passes do not look.
  ln -sfn nodejs "$prefix/usr/share/node_modules"
}

# --- Make it run from where it lies ---------------------------------------------------------------

# The programs name /lib64/ld-linux… and expect the suite's glibc. Each gets the prefix's own
# loader and an RPATH: not a RUNPATH, which would not serve the libraries' own needs. patchelf breaks
# programs linked at a fixed address (Python), so those run through the loader by a launcher.
relocate() {
  local libraries loader llvm type file patch
  say "relocating to $prefix"
  libraries=$(dirname "$(find "$prefix/usr/lib" -maxdepth 2 -name libc.so.6 | head -1)")
  loader=$(find -L "$prefix"/usr/lib64 "$libraries" -maxdepth 1 -name 'ld-linux*.so.*' 2>/dev/null | head -1)
  llvm=$(find "$prefix/usr/lib" -maxdepth 1 -name 'llvm-*' | head -1)
  [ -n "$loader" ] && [ -n "$llvm" ] || die "the packages hold no loader or no LLVM; is packages.lock complete?"
  cp -f "$prefix/usr/bin/patchelf" "$prefix/.patchelf"
  patch() { "$loader" --library-path "$libraries" "$prefix/.patchelf" "$@"; }

  while read -r type file; do
    case $type in
    library) # a RUNPATH here would switch the programs' RPATH off
      [ -z "$(patch --print-rpath "$file" 2>/dev/null)" ] || patch --remove-rpath "$file"
      ;;
    pie) patch --set-interpreter "$loader" --force-rpath --set-rpath "$libraries:$llvm/lib" "$file" ;;
    fixed)
      file=${file%.real}
      [ -e "$file.real" ] || mv "$file" "$file.real"
      printf '#!/bin/sh\nexec "%s" --library-path "%s" --argv0 "$0" "%s" "$@"\n' \
        "$loader" "$libraries" "$file.real" >"$file"
      chmod 755 "$file"
      ;;
    esac
  done < <("$node" "$here/elf_types.mjs" "$prefix/usr/bin" "$llvm/bin" -- "$libraries" "$llvm/lib")

  # What a user calls. EMSDK_PYTHON: the launchers of Emscripten look for python3 in PATH.
  rm -rf "${prefix:?}/bin"
  mkdir -p "$prefix/bin" "$prefix/cache"
  for file in "$emscripten"/em* "$prefix"/usr/bin/wasm-* "$llvm"/bin/{wasm-ld,llvm-nm,llvm-objdump,llvm-size}; do
    case $file in *.py | *.txt | *.bat | *.js) continue ;; esac
    printf '#!/bin/sh\nEMSDK_PYTHON="%s" exec "%s" "$@"\n' "$prefix/usr/bin/python3" "$file" \
      >"$prefix/bin/${file##*/}"
  done
  chmod 755 "$prefix"/bin/*
  # So that a configured build directory works in a shell without env.sh.
  { grep -lsE '^_EM_PY=.*EMSDK_PYTHON' "$emscripten"/em* || true; } |
    xargs -r sed -i "s|^_EM_PY=.*EMSDK_PYTHON.*|_EM_PY=\${EMSDK_PYTHON:-$prefix/usr/bin/python3}|"
  cat >"$emscripten/.emscripten" <<CONFIG
EMSCRIPTEN_ROOT = '$emscripten'
LLVM_ROOT = '$llvm/bin'
BINARYEN_ROOT = '$prefix/usr'
NODE_JS = '$node'
CACHE = '$prefix/cache'
LLVM_ADD_VERSION = CLANG_ADD_VERSION = ''
CONFIG
}

if [ -n "$relock" ] || [ ! -s "$stamp" ] || [ "$(cut -d' ' -f1 "$stamp")" != "${want%% *}" ]; then
  rm -f "$stamp"
  index
  [ -z "$relock" ] || write_lock
  want="$(sha256sum <"$lock" | cut -d' ' -f1) $prefix $node"
  choose
  download
  unpack
fi
relocate
works || die "emcc does not run: $("$emscripten/emcc" --version 2>&1 | tail -3)"
printf '%s\n' "$want" >"$stamp"
say "$("$emscripten/emcc" --version | head -1), $(du -sm "$prefix" | cut -f1) MB"
