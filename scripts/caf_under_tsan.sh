#!/usr/bin/env bash
# scripts/caf_under_tsan.sh FOLDER: builds CAF's core from Debian's source package with ThreadSanitizer.
# Prints the archive's path. Debian's own libcaf_core hides the atomics of its mailboxes, so with it every
# message looks like a race, and to look away from those would hide real ones: each handler runs below CAF.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
archive=$folder/libcaf_core_tsan.a
[ ! -f "$archive" ] || { echo "$archive"; exit 0; }

# Debian's source index and package, without touching the machine's own lists.
fetch_source() {
  local version
  version=$(dpkg-query -W -f '${source:Upstream-Version}' libcaf-dev)
  mkdir -p "$folder/lists/partial"
  cat >"$folder/source.sources" <<TEXT
Types: deb-src
URIs: $(sed -n 's/^URIs: *\(http[^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\?\(http[^ ]*\).*/\2/p' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -1)
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
TEXT
  local apt=(apt-get -q -o "Dir::Etc::sourcelist=$folder/source.sources" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$folder/lists")
  "${apt[@]}" update >&2
  # The patches are not needed: the headers that programs see are those of the installed package.
  (cd "$folder" && { "${apt[@]}" source --download-only actor-framework >&2 || true; })
  tar -xzf "$folder/actor-framework_$version.orig.tar.gz" -C "$folder"
  source=$folder/actor-framework-$version/libcaf_core
}

# Six files a unit: less to compile than one by one, and still little memory.
write_units() {
  mkdir -p "$folder/units"
  find "$source/src" -name '*.cpp' | sort | split -l 6 -d -a 3 --filter \
    'sed "s|.*|#include \"&\"|" >"$FILE.cpp"' - "$folder/units/unit_"
}

compile() {
  local unit=$1
  g++ -std=c++17 -O1 -g1 -fPIC -fsanitize=thread -w -I "$source" -c "$unit" -o "${unit%.cpp}.o"
}

fetch_source
write_units
export -f compile
export source
find "$folder/units" -name '*.cpp' -print0 | xargs -0 -n 1 -P "$(nproc)" bash -euc 'compile "$1"' _
ar rcs "$archive.new" "$folder"/units/*.o
mv "$archive.new" "$archive"
echo "$archive"
