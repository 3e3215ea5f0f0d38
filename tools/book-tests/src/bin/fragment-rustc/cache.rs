//! The executables of fragments that have been compiled before.
//!
//! As cargo does with packages, a fragment is compiled again only if something that goes into it has
//! changed: its text, its place, the compiler's options, or a crate it may use. It is run every
//! time. There is one entry for each place in a chapter, so that old ones do not pile up.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::time::SystemTime;

/// The place in the cache for one fragment.
pub struct Entry {
    executable: PathBuf,
    /// Beside the executable: all that has gone into it.
    key_file: PathBuf,
    key: String,
}

impl Entry {
    /// The entry of the fragment at `place`, compiled from `source` with these arguments.
    ///
    /// # Errors
    /// That a library among the arguments can't be looked at, or that there is no room for a cache.
    pub fn new(place: (&str, usize), source: &str, arguments: &[OsString]) -> io::Result<Entry> {
        let mut key = format!("{place:?}\n{source}\n");
        for argument in arguments {
            let argument = argument.to_string_lossy();
            key.push_str(&argument);
            // Cargo names a library by what went into it, but for the text of a local package.
            if let Some((_, file)) = argument.split_once('=')
                && let Ok(library) = fs::metadata(file)
            {
                let modified = library.modified()?.duration_since(SystemTime::UNIX_EPOCH);
                key.push_str(&format!(" {} {modified:?}", library.len()));
            }
            key.push('\n');
        }
        let folder = env::current_exe()?.with_file_name("fragments");
        fs::create_dir_all(&folder)?;
        let mut hasher = DefaultHasher::new();
        place.hash(&mut hasher);
        let name = format!("{:016x}", hasher.finish());
        Ok(Entry {
            executable: folder.join(&name).with_extension("exe"),
            key_file: folder.join(&name).with_extension("key"),
            key,
        })
    }

    /// Puts the executable at `target`, if the cache has it; tells whether it has.
    pub fn restore(&self, target: &Path) -> bool {
        fs::read_to_string(&self.key_file).is_ok_and(|key| key == self.key)
            && link(&self.executable, target).is_ok()
    }

    /// Keeps the executable at `source` for the next time.
    ///
    /// # Errors
    /// That a file can't be written.
    pub fn keep(&self, source: &Path) -> io::Result<()> {
        // Another run of the tests may be reading: so nothing is written in place. And without its
        // key an executable counts for nothing: so the key goes first and comes last.
        match fs::remove_file(&self.key_file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let fresh = self.executable.with_extension(process::id().to_string());
        link(source, &fresh)?;
        fs::rename(&fresh, &self.executable)?;
        fs::write(&fresh, &self.key)?;
        fs::rename(&fresh, &self.key_file)
    }
}

/// Makes `to` the same file as `from`, or a copy where that can't be, as on another disk.
///
/// # Errors
/// That neither can be done.
pub fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}
