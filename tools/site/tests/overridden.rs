//! The files of mdBook that `theme/` replaces: an update of mdBook that changes one of them must not
//! pass unseen.

use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::MetadataCommand;
use sha2::{Digest, Sha256};

/// The file in mdbook-html, its SHA-256 when ours was last compared with it, and ours.
const OVERRIDDEN: [(&str, &str, &str); 3] = [
    (
        "front-end/templates/index.hbs",
        "bf8b6b7cc5c1e44b03ab0392297705a220b569b601286e0ad538cca6d56717f1",
        "theme/index.hbs",
    ),
    (
        "front-end/templates/toc.html.hbs",
        "b8f2aa8f58af5054c9dff15b301ac31cf70c23da3dc92a27c912019df512bcb0",
        "theme/toc.html.hbs",
    ),
    (
        "front-end/js/book.js",
        "609e4cb80f92aa954a3f48869c751f6f8848433604f1297bb70fde0e3e58a569",
        "theme/book.js",
    ),
];

/// The folder of the package mdbook-html in cargo's registry.
fn mdbook_html() -> PathBuf {
    let metadata = MetadataCommand::new()
        .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .exec()
        .expect("cargo knows its packages");
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "mdbook-html")
        .expect("mdbook-driver depends on it");
    let manifest = package.manifest_path.as_std_path();
    manifest.parent().expect("a file is in a folder").to_owned()
}

#[test]
fn what_the_theme_replaces_is_what_it_was() {
    let folder = mdbook_html();
    for (file, expected, ours) in OVERRIDDEN {
        let content = fs::read(folder.join(file)).expect("mdBook has this file");
        let found: String = Sha256::digest(&content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            found, expected,
            "mdBook's {file} has changed; mend: compare it with the version before, carry what \
             matters over to {ours}, and put the new SHA-256 into this test"
        );
    }
}

#[test]
fn each_replacement_is_there() {
    let root = xtask::root();
    for (_, _, ours) in OVERRIDDEN {
        assert!(
            root.join(ours).is_file(),
            "no {ours}: remove it from this test"
        );
    }
}
