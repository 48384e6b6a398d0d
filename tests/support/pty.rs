//! The real program behind a pseudo-terminal: keys and signals go in, a screen and raw bytes come out; waits for content only.

use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use tempfile::TempDir;

/// How long content may take to come on a slow machine before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

struct Heard {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// When something was heard last.
    last: Instant,
    ended: bool,
}

pub struct Pty {
    pub home: Arc<TempDir>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    heard: Arc<(Mutex<Heard>, Condvar)>,
}

/// How a program is started.
pub struct Start {
    pub program: String,
    pub arguments: Vec<String>,
    pub variables: Vec<(String, String)>,
    pub columns: u16,
    pub rows: u16,
    pub home: Arc<TempDir>,
}

impl Start {
    pub fn demo() -> Self {
        Self::with(&["demo"])
    }

    pub fn with(arguments: &[&str]) -> Self {
        Self {
            program: env!("CARGO_BIN_EXE_cosell").to_owned(),
            arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
            variables: Vec::new(),
            columns: 80,
            rows: 24,
            home: Arc::new(tempfile::tempdir().unwrap()),
        }
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn home(mut self, home: &Arc<TempDir>) -> Self {
        self.home = Arc::clone(home);
        self
    }

    fn environment(&self) -> Vec<(String, String)> {
        let home = self.home.path().display().to_string();
        let mut all = vec![
            ("HOME".to_owned(), home),
            ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            ("LC_ALL".to_owned(), "C.UTF-8".to_owned()),
            ("COSELL_NOW".to_owned(), "2026-11-21T08:00:00+09:00".to_owned()),
        ];
        all.extend(self.variables.iter().cloned());
        all
    }

    /// The program as a command of its own, without a terminal.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env_clear().envs(self.environment()).current_dir(self.home.path());
        command
    }

    /// Runs the program without a terminal, to its end.
    pub fn output(&self) -> Output {
        self.command().output().unwrap()
    }

    pub fn open(self) -> Pty {
        let size = PtySize { rows: self.rows, cols: self.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.arguments);
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command.cwd(self.home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let parser = vt100::Parser::new(cells(self.rows), cells(self.columns), 0);
        let heard = Heard { parser, raw: Vec::new(), last: Instant::now(), ended: false };
        let heard = Arc::new((Mutex::new(heard), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let hearing = Arc::clone(&heard);
        thread::spawn(move || {
            let mut block = [0; 16_384];
            loop {
                let read = reader.read(&mut block).unwrap_or(0);
                let now = Instant::now();
                let mut heard = hearing.0.lock().unwrap();
                heard.last = now;
                heard.parser.process(&block[..read]);
                heard.raw.extend_from_slice(&block[..read]);
                heard.ended |= read == 0;
                hearing.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Pty { home: self.home, master: pair.master, writer, child, heard }
    }
}

impl Pty {
    /// Waits until the screen holds this text.
    #[track_caller]
    pub fn shows(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contents().contains(text))
    }

    #[track_caller]
    pub fn shows_not(&mut self, text: &str) -> &mut Self {
        self.until(&format!("no {text}"), |screen| !screen.contents().contains(text))
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        let mut heard = self.heard.0.lock().unwrap();
        while !wanted(heard.parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            let screen = heard.parser.screen().contents();
            assert!(!left.is_zero() && !heard.ended, "{what:?} has not come:\n{screen}");
            heard = self.heard.1.wait_timeout(heard, left).unwrap().0;
        }
        drop(heard);
        self
    }

    /// Returns whether nothing is written for this long.
    pub fn is_silent(&mut self, span: Duration) -> bool {
        let heard = self.heard.0.lock().unwrap();
        let before = heard.raw.len();
        let (heard, timeout) = self.heard.1.wait_timeout_while(heard, span, |heard| heard.raw.len() == before).unwrap();
        drop(heard);
        timeout.timed_out()
    }

    /// Waits until nothing was written for so long; returns when the last was, and how many bytes there have been.
    pub fn rests(&mut self, span: Duration) -> (Instant, usize) {
        while !self.is_silent(span) {}
        let heard = self.heard.0.lock().unwrap();
        (heard.last, heard.raw.len())
    }

    pub fn types(&mut self, bytes: &str) -> &mut Self {
        self.writer.write_all(bytes.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.heard.0.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
        self
    }

    pub fn screen(&self) -> String {
        self.heard.0.lock().unwrap().parser.screen().contents()
    }

    pub fn cursor(&self) -> (u16, u16) {
        self.heard.0.lock().unwrap().parser.screen().cursor_position()
    }

    /// Returns everything the program has written.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.heard.0.lock().unwrap().raw).into_owned()
    }

    pub fn process(&self) -> i32 {
        self.child.process_id().unwrap().try_into().unwrap()
    }

    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        rustix::process::kill_process(rustix::process::Pid::from_raw(self.process()).unwrap(), signal).unwrap();
        self
    }

    /// Waits for the end and returns the exit code, of a signal 128 and its number.
    #[track_caller]
    pub fn ends(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                let mut heard = self.heard.0.lock().unwrap();
                while !heard.ended && Instant::now() < deadline {
                    heard = self.heard.1.wait_timeout(heard, Duration::from_millis(50)).unwrap().0;
                }
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "it does not end:\n{}", self.screen());
            thread::yield_now();
        }
    }

    /// Returns whether the terminal edits lines and echoes, as shells expect it.
    pub fn is_cooked(&self) -> bool {
        let modes = self.master.get_termios().map(|modes| format!("{:?}", modes.local_flags));
        modes.is_some_and(|modes| modes.contains("ICANON") && modes.contains("ECHO"))
    }

    /// Returns one letter for what the process is doing: `T` is stopped.
    pub fn state(&self) -> char {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process())).unwrap();
        stat.rsplit(')').next().and_then(|rest| rest.trim().chars().next()).unwrap()
    }

    /// Returns the time the process has spent computing, in hundredths of a second.
    pub fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process())).unwrap();
        let after = stat.rsplit(')').next().unwrap().to_owned();
        let fields: Vec<&str> = after.split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    /// Returns how often one of its threads has waited for something.
    pub fn waits(&self) -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process())).unwrap();
        let waits = tasks.map(|task| {
            let status = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
            line.trim().parse::<u64>().unwrap()
        });
        waits.sum()
    }

    /// Returns how often it has read or written anything.
    pub fn reads_and_writes(&self) -> u64 {
        let io = std::fs::read_to_string(format!("/proc/{}/io", self.process())).unwrap();
        let calls = io.lines().filter_map(|line| line.strip_prefix("syscr: ").or_else(|| line.strip_prefix("syscw: ")));
        calls.map(|calls| calls.parse::<u64>().unwrap()).sum()
    }

    /// Returns the most memory the process has held, in KiB.
    pub fn peak_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Returns the paths of all files in the home.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        collect(self.home.path(), &mut found);
        found.sort();
        found
    }
}

/// Opens a pseudo-terminal of this size: its outside, and the end for a program.
pub fn pair(columns: u16, rows: u16) -> (OwnedFd, OwnedFd) {
    let outside = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&outside).unwrap();
    unlockpt(&outside).unwrap();
    let path = ptsname(&outside, Vec::new()).unwrap();
    let inside = rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap();
    tcsetwinsize(&inside, Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    (outside, inside)
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, found) } else { found.push(path) }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
