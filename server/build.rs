//! Embeds style, icons and the one script: hashed names, compressed once, here.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

#[expect(clippy::disallowed_methods, reason = "cargo hands OUT_DIR over by the environment")]
fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let style = Path::new("../style");
    println!("cargo::rerun-if-changed=../style");

    let mut css = String::new();
    // The layer order stands in tokens.css, so it comes first; the components do not depend on each other.
    let mut sheets = vec![style.join("tokens.css"), style.join("base.css")];
    let mut components: Vec<_> = fs::read_dir(style.join("components"))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    components.sort();
    sheets.append(&mut components);
    sheets.push(style.join("pages.css"));
    for sheet in sheets {
        css.push_str(&fs::read_to_string(&sheet)?);
        css.push('\n');
    }

    let mut table = String::from("&[\n");
    let style_path = asset(&out, &mut table, "style", "css", "text/css; charset=utf-8", css.as_bytes())?;
    let icons = fs::read(style.join("icons.svg"))?;
    let icons_path = asset(&out, &mut table, "icons", "svg", "image/svg+xml", &icons)?;
    let comfort = fs::read(style.join("comfort.js"))?;
    let comfort_path = asset(&out, &mut table, "comfort", "js", "text/javascript; charset=utf-8", &comfort)?;
    table.push(']');

    let code = format!(
        "/// Every embedded file.\npub(super) const FILES: &[File] = {table};\n\
         /// The style sheet's path.\npub(super) const STYLE: &str = {style_path:?};\n\
         /// The icons' path.\npub(super) const ICONS: &str = {icons_path:?};\n\
         /// The script's path.\n\
         pub(super) const COMFORT: &str = {comfort_path:?};\n"
    );
    fs::write(out.join("assets.rs"), code)?;
    Ok(())
}

/// Writes one file, plain and compressed, adds it to the table and answers its path.
fn asset(
    out: &Path,
    table: &mut String,
    name: &str,
    extension: &str,
    kind: &str,
    bytes: &[u8],
) -> Result<String, Box<dyn Error>> {
    let hash: String = Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let file = format!("{name}-{hash}.{extension}");
    fs::write(out.join(&file), bytes)?;
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    fs::write(out.join(format!("{file}.br")), &compressed)?;
    let path = format!("/assets/{file}");
    writeln!(
        table,
        "    File {{ path: {path:?}, kind: {kind:?}, plain: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")), \
         brotli: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}.br\")) }},"
    )?;
    Ok(path)
}
