//! A Chromium without a window that is spoken to over two pipes in its own protocol (CDP); what is asked of a page is the tests' affair.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser with one page.
pub struct Chromium {
    child: Child,
    to: File,
    from: Receiver<Value>,
    sent: u64,
    session: Option<String>,
    /// What the page told by itself, the first first.
    events: VecDeque<Value>,
    _home: TempDir,
}

/// How long an answer may take: a machine that does much else is slow.
const PATIENCE: Duration = Duration::from_secs(120);

/// Returns where a program lies.
pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

impl Chromium {
    /// Starts it with nothing but what it needs: no profile of anybody, no way to the network.
    pub fn start(program: &Path) -> Self {
        let home = tempfile::tempdir().unwrap();
        let pipe = |name: &str| {
            let path = home.path().join(name);
            assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
            path
        };
        let (to, from) = (pipe("to"), pipe("from"));
        // Opened for both directions neither waits for the other end.
        let open = |path: &Path| OpenOptions::new().read(true).write(true).open(path).unwrap();
        let (to_end, from_end) = (open(&to), open(&from));
        let script = "to=$1 from=$2 profile=$3; shift 3; exec \"$0\" \"--user-data-dir=$profile\" \"$@\" 3<\"$to\" 4>\"$from\"";
        let child = Command::new("sh")
            .args(["-c", script])
            .arg(program)
            .args([&to, &from, &home.path().join("profile")])
            .args(["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--host-resolver-rules=MAP * ~NOTFOUND", "about:blank"])
            .env("HOME", home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (tell, told) = channel();
        std::thread::spawn(move || {
            let mut messages = BufReader::new(from_end).split(0);
            while let Some(Ok(message)) = messages.next() {
                if tell.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    break;
                }
            }
        });
        let session = None;
        let mut browser = Self { child, to: to_end, from: told, sent: 0, session, events: VecDeque::new(), _home: home };
        let page = browser.ask("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = browser.ask("Target.attachToTarget", json!({ "targetId": page["targetId"], "flatten": true }));
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for part in ["Page", "Runtime", "Log", "Network", "Accessibility"] {
            browser.ask(&format!("{part}.enable"), json!({}));
        }
        browser
    }

    /// Asks for something, and returns what came of it.
    pub fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.clone().into();
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let mut told = self.hear(method);
            if told["id"] == self.sent {
                assert!(told.get("error").is_none(), "{method}: {}", told["error"]);
                return told["result"].take();
            }
            self.events.push_back(told);
        }
    }

    fn hear(&self, waiting: &str) -> Value {
        self.from.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("the browser does not answer: {waiting}"))
    }

    /// Opens a file, and returns what the page did until it stood: the methods of its events with what they tell.
    pub fn open(&mut self, path: &Path) -> Vec<Value> {
        self.events.clear();
        self.ask("Page.navigate", json!({ "url": format!("file://{}", path.display()) }));
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.hear("the page is not loaded");
            self.events.push_back(event);
        }
        self.events.iter().cloned().collect()
    }

    /// Returns what a script finds on the page.
    pub fn find(&mut self, script: &str) -> Value {
        let mut found = self.ask("Runtime.evaluate", json!({ "expression": script, "returnByValue": true }));
        assert!(found.get("exceptionDetails").is_none(), "{}", found["exceptionDetails"]);
        found["result"]["value"].take()
    }

    /// Shows the page so wide, on a ground of light or dark, on screen or as on paper.
    pub fn show(&mut self, wide: u32, scheme: &str, media: &str) {
        let size = json!({ "width": wide, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", size);
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.ask("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    /// Keeps a picture of the whole page, for who wants to look at it.
    pub fn picture(&mut self, to: &Path) {
        let picture = self.ask("Page.captureScreenshot", json!({ "captureBeyondViewport": true }));
        std::fs::write(to, bytes(&picture["data"])).unwrap();
    }

    /// Prints the page on paper of so many inches.
    pub fn print(&mut self, (wide, high): (f64, f64)) -> Vec<u8> {
        let paper = json!({ "paperWidth": wide, "paperHeight": high, "printBackground": true });
        bytes(&self.ask("Page.printToPDF", paper)["data"])
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn bytes(data: &Value) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(data.as_str().unwrap()).unwrap()
}
