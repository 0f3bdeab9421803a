#!/usr/bin/env bash
# Builds what runs in the browser: $CARGO_TARGET_DIR/islands/dreiklang.{js,wasm}, which the server's build embeds.
#
# cargo-leptos does the same and more, but takes ten minutes to install on two cores; these are its four steps.
# Without a wasm target this says so and succeeds: the server then ships whole pages and no islands.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

out=$CARGO_TARGET_DIR/islands
if ! "$ROOT/scripts/tools.sh" islands; then
  # An old build would call functions that the pages no longer know.
  rm -rf "$out"
  exit 0
fi

# Types of views erased: less to compile and a smaller binary, at a price in speed that islands do not notice.
# A folder of its own, since other flags would throw away the artefacts that clippy and an editor share.
built=$CARGO_TARGET_DIR/islands-build
(
  cd "$ROOT"
  RUSTFLAGS="${RUSTFLAGS:-} --cfg erase_components" cargo build --target-dir "$built" \
    -p hydrate --target wasm32-unknown-unknown --profile wasm-release
)
wasm=$built/wasm32-unknown-unknown/wasm-release/hydrate.wasm

# The stamp holds the checksum of the wasm and the tools' versions: same input, same output, nothing to do.
stamp=$out/.made-from
wasm_opt=$TOOLS/npm/node_modules/.bin/wasm-opt
made_from="$(sha256sum <"$wasm") $("$TOOLS/bin/wasm-bindgen" --version) $(cat "$TOOLS/npm/binaryen.version" 2>/dev/null || true)"
if [ -f "$out/dreiklang.js" ] && [ -f "$out/dreiklang.wasm" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$made_from" ]; then
  exit 0
fi

fresh=$(mktemp -d "$CARGO_TARGET_DIR/islands.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
"$TOOLS/bin/wasm-bindgen" --target web --no-typescript --out-name dreiklang --out-dir "$fresh" "$wasm"
if [ -x "$wasm_opt" ]; then
  # rustc emits these features by default; without naming them wasm-opt refuses the file.
  "$wasm_opt" -Oz --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
    --enable-reference-types --enable-multivalue -o "$fresh/dreiklang.wasm" "$fresh/dreiklang_bg.wasm"
  rm "$fresh/dreiklang_bg.wasm"
else
  mv "$fresh/dreiklang_bg.wasm" "$fresh/dreiklang.wasm"
fi
printf '%s' "$made_from" >"$fresh/.made-from"
chmod 755 "$fresh"
rm -rf "$out"
mv "$fresh" "$out"
say "islands: $(wc -c <"$out/dreiklang.wasm") bytes of wasm, $(gzip -9c "$out/dreiklang.wasm" | wc -c) gzipped"
