//! A future that has received half of what it wants is dropped in a `select!`, twice: first with
//! the half inside it, then with the future kept.

use std::pin::pin;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// Receives a word and its translation.
async fn pair(words: &mut mpsc::Receiver<&'static str>) -> Option<(&'static str, &'static str)> {
    let word = words.recv().await?;
    let translation = words.recv().await?;
    Some((word, translation))
}

/// Sends a word each 100 ms.
fn dictionary() -> mpsc::Receiver<&'static str> {
    let (send, words) = mpsc::channel(1);
    tokio::spawn(async move {
        for word in ["Haus", "house", "Baum", "tree"] {
            time::sleep(Duration::from_millis(100)).await;
            // If nobody reads on, nothing is lost.
            let _ = send.send(word).await;
        }
    });
    words
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("a new future in each round");
    let mut words = dictionary();
    let mut once = pin!(time::sleep(Duration::from_millis(150)));
    let mut fired = false;
    loop {
        tokio::select! {
            pair = pair(&mut words) => match pair {
                Some((word, translation)) => println!("{word} = {translation}"),
                None => break,
            },
            () = &mut once, if !fired => {
                fired = true;
                println!("150 ms have passed");
            }
        }
    }

    println!("the same future in each round");
    let mut words = dictionary();
    let mut once = pin!(time::sleep(Duration::from_millis(150)));
    let mut fired = false;
    'pairs: loop {
        let mut next = pin!(pair(&mut words));
        loop {
            tokio::select! {
                pair = &mut next => match pair {
                    Some((word, translation)) => {
                        println!("{word} = {translation}");
                        break;
                    }
                    None => break 'pairs,
                },
                () = &mut once, if !fired => {
                    fired = true;
                    println!("150 ms have passed");
                }
            }
        }
    }
}
