//! Turns `locales/{de,en}/*.ftl` into one constant per message, so that a missing text is a compile error, and
//! refuses texts that exist in one language only or name other variables there.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

/// A message of one language: the plain text when there is nothing to fill in, and the variables it names.
struct Message {
    plain: Option<String>,
    variables: BTreeSet<String>,
}

#[expect(clippy::disallowed_methods, reason = "cargo hands OUT_DIR over by the environment")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    let (de, de_source) = read(Path::new("locales/de"))?;
    let (en, en_source) = read(Path::new("locales/en"))?;
    for (id, message) in &de {
        let other = en.get(id).ok_or_else(|| format!("`{id}` has no English text"))?;
        if other.variables != message.variables {
            return Err(format!("`{id}` names other variables in German than in English").into());
        }
    }
    if let Some(id) = en.keys().find(|id| !de.contains_key(*id)) {
        return Err(format!("`{id}` has no German text").into());
    }

    let mut code = String::new();
    for (number, id) in de.keys().enumerate() {
        let name = id.replace('-', "_").to_uppercase();
        writeln!(code, "/// `{id}`\npub const {name}: Key = Key({number});")?;
    }
    writeln!(code, "pub(crate) static IDS: [&str; {}] = {:?};", de.len(), de.keys().collect::<Vec<_>>())?;
    for (name, messages, source) in [("DE", &de, de_source), ("EN", &en, en_source)] {
        let plain: Vec<_> = messages.values().map(|message| message.plain.as_deref()).collect();
        writeln!(code, "pub(crate) static {name}: [Option<&str>; {}] = {plain:?};", plain.len())?;
        writeln!(code, "pub(crate) static {name}_SOURCE: &str = {source:?};")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("keys.rs"), code)?;
    Ok(())
}

fn read(folder: &Path) -> Result<(BTreeMap<String, Message>, String), Box<dyn Error>> {
    let mut messages = BTreeMap::new();
    let mut source = String::new();
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file)?;
        let resource =
            parser::parse(text.as_str()).map_err(|(_, errors)| format!("{}: {errors:?}", file.display()))?;
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name.to_owned();
            let pattern = message.value.as_ref().ok_or_else(|| format!("`{id}` has no text"))?;
            let mut variables = BTreeSet::new();
            collect(pattern, &mut variables);
            if messages.insert(id.clone(), Message { plain: plain(pattern), variables }).is_some() {
                return Err(format!("{}: `{id}` is there twice", file.display()).into());
            }
        }
        source.push_str(&text);
        source.push('\n');
    }
    Ok((messages, source))
}

/// The text, when the pattern is nothing but text.
fn plain(pattern: &Pattern<&str>) -> Option<String> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => Some(*value),
            PatternElement::Placeable { .. } => None,
        })
        .collect()
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => collect_inline(inline, variables),
            Expression::Select { selector, variants } => {
                collect_inline(selector, variables);
                for variant in variants {
                    collect(&variant.value, variables);
                }
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        variables.insert(id.name.to_owned());
    }
}
