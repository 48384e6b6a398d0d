//! One command run: what it reads, how long it may take, and the beginning of what it prints; what it is told is not here.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::config::HookCommand;

/// How often is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(10);
/// How long is waited for what it printed, once it has ended: what it started may keep the other end open for ever.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// How many bytes of what it prints are kept.
const KEPT: u64 = 4 << 10;

/// How a command ended.
#[derive(Debug)]
pub(super) enum Ended {
    Well,
    /// With this status.
    Badly(String),
    /// By us: it took longer than it may.
    TooLong,
    /// By us: nobody can wait for it any longer.
    Left,
    Unstarted(io::Error),
}

/// What became of a command.
#[derive(Debug)]
pub(super) struct Ran {
    pub ended: Ended,
    /// The beginning of what it printed.
    pub said: String,
}

/// A command that runs, and where the beginning of what it prints comes from.
pub(super) type Started = (Child, Receiver<Vec<u8>>);

/// Waits until a command has ended, or ends it.
pub(super) fn wait(started: io::Result<Started>, limit: Duration, stop: &AtomicBool) -> Ran {
    match started {
        Err(error) => Ran { ended: Ended::Unstarted(error), said: String::new() },
        Ok((mut child, said)) => {
            let ended = wait_for(&mut child, limit, stop);
            let said = said.recv_timeout(LAST_WORDS).unwrap_or_default();
            Ran { ended, said: String::from_utf8_lossy(&said).into_owned() }
        }
    }
}

/// Starts a command: `surroundings` are added to its environment, `input` is what it reads.
///
/// # Errors
/// What the system says.
pub(super) fn start(command: &HookCommand, surroundings: &[(&str, &OsStr)], input: Vec<u8>) -> io::Result<Started> {
    let (printed, out) = io::pipe()?;
    let mut started = match command {
        HookCommand::Line(line) => shell(line),
        HookCommand::Program(words) => {
            let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
            let mut started = Command::new(program);
            started.args(arguments);
            started
        }
    };
    started.envs(surroundings.iter().copied()).stdin(Stdio::piped()).stdout(out.try_clone()?).stderr(out);
    // What is typed is not for it, and what it starts is ended with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut started, 0);
    let mut child = started.spawn()?;
    // It holds our ends of what it prints.
    drop(started);
    let stdin = child.stdin.take();
    // Whoever does not read what it is told need not.
    let write = move || drop(stdin.map(|mut stdin| stdin.write_all(&input)));
    let (tell, said) = mpsc::channel();
    let read = move || {
        let mut printed = printed;
        let mut kept = Vec::new();
        let _ = printed.by_ref().take(KEPT).read_to_end(&mut kept);
        let _ = tell.send(kept);
        let _ = io::copy(&mut printed, &mut io::sink());
    };
    let threads = thread::Builder::new().name("hook".into()).spawn(write);
    let threads = threads.and_then(|_| thread::Builder::new().name("hook".into()).spawn(read));
    if let Err(error) = threads {
        end(&mut child);
        return Err(error);
    }
    Ok((child, said))
}

fn wait_for(child: &mut Child, limit: Duration, stop: &AtomicBool) -> Ended {
    let watch = Stopwatch::start();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ended::Well,
            Ok(Some(status)) => return Ended::Badly(in_words(status)),
            Ok(None) => {}
            Err(error) => return Ended::Badly(error.to_string()),
        }
        if stop.load(Ordering::Relaxed) {
            end(child);
            return Ended::Left;
        }
        if watch.elapsed() >= limit {
            end(child);
            return Ended::TooLong;
        }
        thread::sleep(LOOK);
    }
}

fn in_words(status: ExitStatus) -> String {
    status.code().map_or_else(|| status.to_string(), |code| format!("exit {code}"))
}

/// Ends it, and what it has started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // A group that is gone already needs no ending.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(unix)]
fn shell(line: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(line);
    command
}

#[cfg(windows)]
fn shell(line: &str) -> Command {
    use std::os::windows::process::CommandExt;
    let mut command = Command::new("cmd");
    // Its own rules for quotation marks: those around the whole go, all others stay.
    command.raw_arg(format!("/D /S /C \"{line}\""));
    command
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn ran(line: &str, limit: u64) -> Ran {
        let surroundings = [("COSELL_EVENT", OsStr::new("win"))];
        let input = vec![b'x'; 1 << 20];
        let started = start(&HookCommand::Line(line.to_owned()), &surroundings, input);
        wait(started, Duration::from_secs(limit), &AtomicBool::new(false))
    }

    #[test]
    fn a_command_reads_what_it_is_told_and_its_words_are_kept() {
        let ran = ran("wc -c; echo $COSELL_EVENT >&2", 60);
        assert!(matches!(ran.ended, Ended::Well));
        assert_eq!(ran.said.split_whitespace().collect::<Vec<_>>(), ["1048576", "win"]);
    }

    #[test]
    fn a_command_that_reads_nothing_fails_or_prints_without_end_is_told_as_what_it_is() {
        assert!(matches!(ran("true", 60).ended, Ended::Well));
        assert!(matches!(ran("exit 7", 60).ended, Ended::Badly(status) if status == "exit 7"));
        let endless = ran("yes", 1);
        assert!(matches!(endless.ended, Ended::TooLong));
        assert_eq!(endless.said.len() as u64, KEPT);
        let none = HookCommand::Program(vec!["/nowhere/program".into()]);
        let ran = wait(start(&none, &[], Vec::new()), Duration::from_secs(60), &AtomicBool::new(false));
        assert!(matches!(ran.ended, Ended::Unstarted(_)));
    }

    #[test]
    fn what_a_command_has_started_is_ended_with_it_and_what_it_left_behind_holds_nobody() {
        assert!(matches!(ran("sleep 600 & sleep 600", 1).ended, Ended::TooLong));
        assert!(matches!(ran("sleep 3 & true", 60).ended, Ended::Well));
    }
}
