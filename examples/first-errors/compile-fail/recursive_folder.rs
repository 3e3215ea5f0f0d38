struct Folder {
    files: u32,
    folders: Vec<Folder>,
}

async fn count(folder: &Folder) -> u32 {
    let mut files = folder.files;
    for inner in &folder.folders {
        files += count(inner).await;
    }
    files
}

fn main() {
    drop(count(&Folder {
        files: 3,
        folders: Vec::new(),
    }));
}
