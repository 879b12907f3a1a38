//! The HTTP server, driven by curl and by requests that curl would not send.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::{Build, Server, build, bytes, command, output, scratch};
use crate::support::compile::{available, left_out};

const LARGE: usize = 64 << 20;

/// The directory that is served, and beside it a file that must not be.
fn site() -> std::path::PathBuf {
    let outside = scratch();
    let root = outside.join("root");
    fs::create_dir_all(root.join("sub directory")).unwrap();
    fs::write(outside.join("secret"), "not to be seen").unwrap();
    fs::write(root.join("index.html"), "<p>hello</p>\n").unwrap();
    fs::write(root.join("empty"), "").unwrap();
    fs::write(root.join("sub directory/100%.txt"), "a name with a blank and a sign\n").unwrap();
    // Numbered blocks, so that none can be lost, doubled or exchanged.
    let mut block: Vec<u8> = (0..4096_u16).flat_map(u16::to_be_bytes).collect();
    let mut large = Vec::with_capacity(LARGE);
    for number in 0..u32::try_from(LARGE / block.len()).unwrap() {
        block[..4].copy_from_slice(&number.to_be_bytes());
        large.extend_from_slice(&block);
    }
    assert_eq!(large.len(), LARGE);
    fs::write(root.join("large"), large).unwrap();
    root
}

struct Site<'a> {
    server: &'a Server,
}

impl Site<'_> {
    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.server.port)
    }

    fn curl(&self, arguments: &[&str], paths: &[&str]) -> Command {
        let mut curl = command("curl");
        // --disable: no .curlrc
        curl.args(["--disable", "--silent", "--show-error", "--path-as-is", "--noproxy", "*"])
            .args(arguments);
        curl.args(paths.iter().map(|path| self.url(path)));
        curl
    }

    fn status(&self, arguments: &[&str], path: &str) -> String {
        let mut curl = self.curl(&["--output", "/dev/null", "--write-out", "%{http_code}"], &[]);
        output(curl.args(arguments).arg(self.url(path)))
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.server.port)).unwrap()
    }

    /// The first line of what comes back for these bytes, on a connection that then ends.
    fn raw(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    }

    fn files(&self, root: &Path) {
        for (path, file) in [
            ("/", "index.html"),
            ("/index.html?query", "index.html"),
            ("/empty", "empty"),
            ("/sub%20directory/100%25.txt", "sub directory/100%.txt"),
            ("/large", "large"),
        ] {
            let came = bytes(&mut self.curl(&["--fail"], &[path]));
            assert!(came == fs::read(root.join(file)).unwrap(), "{path} came as {} bytes", came.len());
        }
    }

    fn keep_alive(&self) {
        let mut curl = self.curl(
            &["--fail", "--write-out", "%{stderr}%{num_connects} %{local_port}\n"],
            &["/", "/sub%20directory/100%25.txt"],
        );
        let done = curl.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stdout), "<p>hello</p>\na name with a blank and a sign\n");
        let connections = String::from_utf8(done.stderr).unwrap();
        let connections: Vec<_> = connections.lines().filter_map(|line| line.split_once(' ')).collect();
        assert_eq!(connections.iter().map(|one| one.0).collect::<Vec<_>>(), ["1", "0"]);
        assert_eq!(connections[0].1, connections[1].1, "both over one connection");
        // Two requests at once, the second with a close.
        let mut stream = self.connect();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /empty HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2, "{answers}");
        assert!(answers.contains("<p>hello</p>\nHTTP/1.1"), "{answers}");
    }

    fn heads_and_ranges(&self, root: &Path) {
        let head = output(&mut self.curl(&["--fail", "--head"], &["/large"]));
        assert!(head.contains(&format!("Content-Length: {LARGE}\r\n")), "{head}");
        assert!(head.contains("Date: ") && head.contains("Accept-Ranges: bytes"), "{head}");
        let large = fs::read(root.join("large")).unwrap();
        for (range, part) in
            [("5-8", &large[5..9]), ("-3", &large[LARGE - 3..]), ("67108860-", &large[LARGE - 4..])]
        {
            let mut curl =
                self.curl(&["--fail", "--range", range, "--write-out", "%{stderr}%{http_code}"], &["/large"]);
            let done = curl.output().unwrap();
            assert_eq!((done.stdout.as_slice(), done.stderr.as_slice()), (part, &b"206"[..]), "{range}");
        }
        assert_eq!(self.status(&["--range", "67108864-"], "/large"), "416");
        assert_eq!(self.status(&["--range", "0-1,4-5"], "/"), "200");
    }

    fn refusals(&self) {
        for path in [
            "/none",
            "/sub%20directory",
            "/../secret",
            "/%2e%2e/secret",
            "/sub%20directory/../../secret",
            "/..%2fsecret",
            "/..%5csecret",
            "/%2e%2e%20/secret",
            "/c:/secret",
        ] {
            assert_eq!(self.status(&[], path), "404", "{path}");
        }
        for path in ["/%", "/%4", "/%gg", "/%00", "/a%0d%0ab"] {
            assert_eq!(self.status(&[], path), "400", "{path}");
        }
        assert_eq!(self.status(&["--data", "x=1"], "/"), "405");
        assert_eq!(self.status(&["--request", "DELETE"], "/"), "405");
        assert!(
            output(&mut self.curl(&["--include", "--request", "PUT"], &["/"]))
                .contains("Allow: GET, HEAD\r\n")
        );
        assert_eq!(self.status(&["--http1.0"], "/"), "200");
        for (request, answer) in [
            ("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request"),
            ("GET /\r\n\r\n", "HTTP/1.1 400 Bad Request"),
            ("GET / HTTP/1.1\r\nHost: h\r\nno field\r\n\r\n", "HTTP/1.1 400 Bad Request"),
            ("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 400 Bad Request"),
            ("G\0T / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 400 Bad Request"),
            ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", "HTTP/1.1 505 HTTP Version Not Supported"),
            ("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 200 OK"),
            ("GET / HTTP/1.1\r\nHo", ""),
        ] {
            assert_eq!(self.raw(request), answer, "{request:?}");
        }
        let long = format!("GET / HTTP/1.1\r\nHost: h\r\nX: {}\r\n\r\n", "x".repeat(100_000));
        assert_eq!(self.raw(&long), "HTTP/1.1 431 Request Header Fields Too Large");
    }

    /// Clients that leave in the middle, in several ways.
    fn aborted(&self) {
        // One that closes with data unread, which resets the connection, and one whose curl is killed.
        let mut stream = self.connect();
        stream.write_all(b"GET /large HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
        let mut answer = BufReader::new(&stream);
        let mut line = String::new();
        answer.read_line(&mut line).unwrap();
        assert_eq!(line, "HTTP/1.1 200 OK\r\n");
        drop(stream);

        let mut curl = self.curl(&["--limit-rate", "10k"], &["/large"]);
        let mut curl = curl.stdout(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 100];
        let read = curl.stdout.as_mut().unwrap().read_exact(&mut first);
        curl.kill().unwrap();
        curl.wait().unwrap();
        read.unwrap();

        let mut curl =
            self.curl(&["--limit-rate", "10k", "--max-time", "0.3", "--output", "/dev/null"], &["/large"]);
        assert_eq!(curl.output().unwrap().status.code(), Some(28), "the time is up");
    }

    fn many(&self, root: &Path) {
        // These take the beginning of their answer, and no more.
        let slow: Vec<_> = (0..50)
            .map(|_| {
                let mut stream = self.connect();
                stream.write_all(b"GET /large HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
                stream
            })
            .collect();
        let large = fs::read(root.join("large")).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert!(bytes(&mut self.curl(&["--fail"], &["/large"])) == large));
            }
            for _ in 0..8 {
                scope.spawn(|| assert_eq!(output(&mut self.curl(&["--fail"], &["/"])), "<p>hello</p>\n"));
            }
        });
        drop(slow);
        assert_eq!(self.status(&[], "/"), "200");
    }
}

fn drive(how: Build) {
    if !available("curl") {
        return left_out("curl is missing");
    }
    let root = site();
    let mut server = Server::start(&build("http_server.cpp", how), &[root.to_str().unwrap()]);
    let site = Site { server: &server };
    site.files(&root);
    site.keep_alive();
    site.heads_and_ranges(&root);
    site.refusals();
    site.aborted();
    site.many(&root);
    site.files(&root);
    server.assert_runs();
    fs::remove_dir_all(root.parent().unwrap()).unwrap();
}

#[test]
fn http_server_with_the_shared_library() {
    drive(Build::Shared);
}

#[test]
fn http_server_with_the_static_library() {
    drive(Build::Static);
}

#[test]
fn http_server_with_win32_defined() {
    drive(Build::Win32);
}
