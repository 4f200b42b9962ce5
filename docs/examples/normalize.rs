//! Turns saved answers of the five vendors into simscope's model, one JSON object per line.
//!
//! ```text
//! cargo run -q --example normalize -- [--provider NAME] [--sim KEY] FILE...
//! ```
//!
//! Several files are read as one: records of one session that lie in different files are merged.
//! A file may be compressed with gzip; `-` is standard input. Exit status 1 when a file cannot be
//! read (to its end), with the reason on standard error; what was complete is printed all the same.
#![allow(
    clippy::print_stderr,
    reason = "a command-line program talks on standard error"
)]

use std::io::{self, Read, Write};
use std::process::ExitCode;

use simscope::export::to_lines;
use simscope::import::{Options, read_all};
use simscope::model::ProviderId;
use simscope::store::Store;

const USAGE: &str = "usage: normalize [--provider NAME] [--sim KEY] FILE...";

struct Arguments {
    provider: Option<ProviderId>,
    sim: Option<String>,
    files: Vec<String>,
}

fn arguments() -> Result<Arguments, String> {
    let mut found = Arguments {
        provider: None,
        sim: None,
        files: Vec::new(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--provider" => {
                let name = words.next().ok_or("--provider needs a name")?;
                let id = ProviderId::from_name(&name).ok_or_else(|| {
                    let names = ProviderId::ALL.map(ProviderId::as_str).join(", ");
                    format!("no vendor is called {name}; it is one of {names}")
                })?;
                found.provider = Some(id);
            }
            "--sim" => found.sim = Some(words.next().ok_or("--sim needs a key")?),
            "--help" | "-h" => return Err(USAGE.to_owned()),
            option if option.starts_with("--") => {
                return Err(format!("unknown option {option}\n{USAGE}"));
            }
            _ => found.files.push(word),
        }
    }
    if found.files.is_empty() {
        return Err(USAGE.to_owned());
    }
    Ok(found)
}

/// The file's bytes, unpacked.
fn bytes_of(file: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked)?;
        return Ok(unpacked);
    }
    Ok(bytes)
}

/// Reads one file; true if all of it could be read.
fn read(store: &mut Store, file: &str, arguments: &Arguments) -> bool {
    let bytes = match bytes_of(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{file}: cannot be read: {error}");
            return false;
        }
    };
    let options = Options {
        name: file.to_owned(),
        provider: arguments.provider,
        sim: arguments.sim.clone(),
        ..Options::default()
    };
    let outcome = read_all(store, &bytes, options);
    if let Some(question) = outcome.question {
        eprintln!(
            "{file}: this answer ({}) does not say which SIM it is about; name it with --sim",
            question.answer
        );
        return false;
    }
    match outcome.problem {
        Some(problem) => {
            eprintln!("{file}: {problem}");
            problem.is_harmless()
        }
        None => true,
    }
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let mut store = Store::new();
    let mut all_read = true;
    for file in &arguments.files {
        all_read &= read(&mut store, file, &arguments);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let printed = to_lines(&store, |line| writeln!(out, "{line}")).and_then(|()| out.flush());
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
        Ok(()) if all_read => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
    }
}
