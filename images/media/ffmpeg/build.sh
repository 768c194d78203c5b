#!/usr/bin/env bash
# How are the static ffmpeg and ffprobe made? From pinned sources, native or cross-compiled, on Debian 13.
#   build.sh ARCH libraries          compilers, dav1d and x264, in $WORK
#   build.sh ARCH ffmpeg PREFIX      then FFmpeg itself, to PREFIX/bin, licences and notices to PREFIX/share/ffmpeg
# ARCH: amd64 or arm64. Two steps, so that another component costs no new dav1d.
# When the clip studio needs captions burnt in, add libass, harfbuzz, fribidi, freetype and fontconfig: a source in the
# lock or a static library of Debian, an --enable-lib… below, the filter in components.json.
set -euo pipefail

arch=${1:?amd64 or arm64} step=${2:?libraries or ffmpeg} prefix=${3:-/opt}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lock="$here/../ffmpeg.lock.json"
work=${WORK:-/tmp/ffmpeg-build}
share="$prefix/share/ffmpeg"
jobs=$(nproc)
case $arch in
  amd64) triplet=x86_64-linux-gnu cpu=x86_64 assembler=nasm ;;
  arm64) triplet=aarch64-linux-gnu cpu=aarch64 assembler=aarch64-linux-gnu-gcc ;;
  *)
    echo "this architecture is not known: $arch (amd64, arm64)" >&2
    exit 2
    ;;
esac

say() { printf '%s  %s\n' "$(date -u +%T)" "$*" >&2; }
# quietly LOG COMMAND…: shows what a command said only when it failed
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    exit 1
  }
}

install_compilers() {
  local packages=(gcc libc6-dev make nasm pkg-config meson ninja-build xz-utils python3)
  local native
  native=$(dpkg --print-architecture)
  if [ "$arch" != "$native" ]; then
    dpkg --add-architecture "$arch"
    packages+=("gcc-${triplet//_/-}")
  fi
  local name
  # Before Python is there; one entry a line.
  while read -r name; do packages+=("$name:$arch"); done < <(sed -n 's/.*"package": "\([^"]*\)".*/\1/p' "$lock")
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive quietly apt.log apt-get install -qq -y --no-install-recommends "${packages[@]}"
}

# read_lock LIST FIELD…: a line for each entry, fields separated by tabs
read_lock() {
  python3 -c '
import json, sys
path, entries, *fields = sys.argv[1:]
for entry in json.load(open(path))[entries]: print(*(entry[field] for field in fields), sep="\t")' "$lock" "$@"
}

# The mirror that apt itself uses comes first. Debian takes old versions away: then upstream's own file, if it is the
# same one (that of x264 is not: Debian packs a commit).
fetch_sources() {
  local mirror name path upstream sha256 url
  mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources | head -n 1)
  while IFS=$'\t' read -r name path upstream sha256; do
    for url in "${mirror%/}/$path" "$upstream"; do
      if /usr/lib/apt/apt-helper download-file "$url" "$name.tar" "SHA256:$sha256" >"fetch-$name.log" 2>&1; then break; fi
      rm -f "$name.tar"
    done
    [ -f "$name.tar" ] || {
      cat "fetch-$name.log" >&2
      echo "$name cannot be fetched with the SHA-256 $sha256" >&2
      exit 1
    }
    echo "$sha256  $name.tar" | sha256sum --check --quiet
    mkdir "$name"
    tar xf "$name.tar" -C "$name" --strip-components=1
  done < <(read_lock sources name path upstream sha256)
}

hardening="-O3 -fPIC -fstack-protector-strong -D_FORTIFY_SOURCE=2 -ffile-prefix-map=$work=."

build_dav1d() {
  printf '%s\n' '[binaries]' "c = '$triplet-gcc'" "ar = '$triplet-ar'" "strip = '$triplet-strip'" \
    "pkg-config = 'pkg-config'" '[host_machine]' "system = 'linux'" "cpu_family = '$cpu'" "cpu = '$cpu'" \
    "endian = 'little'" >cross.ini
  meson setup dav1d/out dav1d --cross-file cross.ini --prefix="$work/deps" --libdir=lib --buildtype=release \
    --default-library=static -Db_staticpic=true -Dc_args="$hardening" -Denable_tools=false -Denable_tests=false
  ninja -C dav1d/out -j "$jobs" install
}

build_x264() {
  cd x264
  AS=$assembler ./configure --host="$triplet" --cross-prefix="$triplet-" --prefix="$work/deps" --enable-static \
    --enable-pic --disable-opencl --disable-cli --bit-depth=8 --chroma-format=420 --extra-cflags="$hardening"
  make -j "$jobs" install-lib-static
}

# The names of components.json as configure takes them: --enable-demuxer=matroska,mov …
component_flags() {
  python3 -c '
import json, sys
for kind, names in json.load(open(sys.argv[1])).items(): print("--enable-%s=%s" % (kind[:-1], ",".join(names)))' \
    "$here/components.json"
}

configure_ffmpeg() {
  mapfile -t components < <(component_flags)
  mkdir out
  cd out
  ../ffmpeg/configure --prefix="$prefix" --enable-cross-compile --target-os=linux --arch="$cpu" \
    --cross-prefix="$triplet-" --pkg-config=pkg-config --pkg-config-flags=--static \
    --disable-everything --disable-autodetect --disable-network --disable-doc --disable-debug --disable-ffplay \
    --disable-avdevice --disable-shared --enable-static --enable-pic --enable-gpl --enable-zlib \
    --enable-libx264 --enable-libdav1d "${components[@]}" \
    --extra-cflags="$hardening" --extra-ldexeflags=-static-pie --extra-libs='-lpthread -lm'
}

# configure leaves out what it cannot build and what it does not know without an error: what it enabled must be
# what components.json asks for, and what those components need themselves (implied.json), and nothing else.
compare_components() {
  python3 "$here/compare-components.py" out/config_components.h "$here/components.json" "$here/implied.json"
}

install_results() {
  install -D -m 0755 -t "$prefix/bin" out/ffmpeg out/ffprobe
  "$triplet-strip" "$prefix/bin/ffmpeg" "$prefix/bin/ffprobe"
  # The GPL asks for the licence, the exact source and the scripts that controlled the compilation.
  install -D -m 0644 -t "$share/build" "$lock"
  install -D -m 0644 -t "$share/build/ffmpeg" "$here"/*
  local name path upstream licence file package version
  {
    printf 'name\tversion\tlicence\torigin\n'
    while IFS=$'\t' read -r name version licence file path; do
      install -D -m 0644 "$name/$file" "$share/licences/$name"
      printf '%s\t%s\t%s\t%s\n' "$name" "$version" "$licence" "$path in Debian's archive"
    done < <(read_lock sources name version licence licenceFile path)
    while IFS=$'\t' read -r name package licence; do
      install -D -m 0644 "/usr/share/doc/$package/copyright" "$share/licences/$name"
      version=$(dpkg-query -W -f '${Version}' "$package:$arch")
      printf '%s\t%s\t%s\t%s\n' "$name" "$version" "$licence" "Debian package $package, statically linked"
    done < <(read_lock debianLibraries name package licence)
  } >"$share/components.tsv"
  install -m 0644 "$here/NOTICE" "$share/NOTICE"
}

check_debian_libraries() {
  local package least version
  while IFS=$'\t' read -r package least; do
    version=$(dpkg-query -W -f '${Version}' "$package:$arch")
    dpkg --compare-versions "$version" ge "$least" || {
      echo "$package is $version, but at least $least is needed" >&2
      exit 1
    }
  done < <(read_lock debianLibraries package atLeast)
}

case $step in
  libraries)
    rm -rf "$work"
    mkdir -p "$work"
    cd "$work"
    say "compilers and libraries for $arch"
    install_compilers
    check_debian_libraries
    say sources
    fetch_sources
    say dav1d
    quietly dav1d.log build_dav1d
    say x264
    (quietly "$work/x264.log" build_x264)
    ;;
  ffmpeg)
    cd "$work"
    export PKG_CONFIG_LIBDIR="$work/deps/lib/pkgconfig:/usr/lib/$triplet/pkgconfig:/usr/share/pkgconfig"
    rm -rf out
    say 'ffmpeg: configure'
    (quietly "$work/configure.log" configure_ffmpeg)
    compare_components
    say 'ffmpeg: compile'
    quietly make.log make -C out -j "$jobs"
    install_results
    ;;
esac
say "$step: done"
