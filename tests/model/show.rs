//! A program of steps as C: it compiles under Windows and here, checks every call, and says which one is wrong.

use std::fmt::Write;

use crate::rules::Answer;
use crate::step::{Action, Kind, Sending, Step};

/// A step, and what the model allows.
pub(crate) type Line = (Step, Vec<Answer>);

const HEAD: &str = r#"/* gcc -I include program.c -lws2_32 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

static char data[65536];
static SOCKET s[2];
static struct sockaddr_in name[2];
static int namelen;
static u_long mode;
static struct linger at_once = { 1, 0 };
static DWORD patience = 4;
static int wrong;

/* "allowed" holds " result/error " once for every allowed outcome. The network gets time for its part. */
static void check(const char *call, int result, const char *allowed)
{
    char got[40];
    sprintf(got, " %d/%d ", result, WSAGetLastError());
    if (!strstr(allowed, got)) {
        printf("%s gave%s; allowed:%s\n", call, got, allowed);
        wrong++;
    }
    Sleep(20);
}

static SOCKET bound(int type, struct sockaddr_in *at)
{
    SOCKET made = socket(AF_INET, type, 0);
    memset(at, 0, sizeof *at);
    at->sin_family = AF_INET;
    at->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    namelen = sizeof *at;
    bind(made, (struct sockaddr *)at, namelen);
    getsockname(made, (struct sockaddr *)at, &namelen);
    return made;
}

static int flood(SOCKET from, SOCKET to)
{
    int sent, received;
    long total = 0;
    while ((sent = send(from, data, 40000, 0)) > 0)
        total += sent;
    while (total > 0 && (received = recv(to, data, sizeof data, 0)) > 0)
        total -= received;
    WSASetLastError(0);
    return 0;
}

int main(void)
{
    WSADATA wsa;
    WSAStartup(MAKEWORD(2, 2), &wsa);
"#;

const TCP: &str = "    name[1].sin_port = 0;
    s[1] = bound(SOCK_STREAM, &name[1]);
    listen(s[1], 1);
    s[0] = bound(SOCK_STREAM, &name[0]);
    connect(s[0], (struct sockaddr *)&name[1], sizeof name[1]);
    {
        SOCKET listener = s[1];
        s[1] = accept(listener, NULL, NULL);
        closesocket(listener);
    }
";

const UDP: &str = "    s[0] = bound(SOCK_DGRAM, &name[0]);
    s[1] = bound(SOCK_DGRAM, &name[1]);
    connect(s[0], (struct sockaddr *)&name[1], sizeof name[1]);
    connect(s[1], (struct sockaddr *)&name[0], sizeof name[0]);
";

const TIMEOUTS: &str = "    setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, (char *)&patience, sizeof patience);
    setsockopt(s[1], SOL_SOCKET, SO_RCVTIMEO, (char *)&patience, sizeof patience);

";

const TAIL: &str = "
    (void)mode;
    (void)at_once;
    (void)flood;
    WSACleanup();
    printf(\"%d wrong\\n\", wrong);
    return wrong != 0;
}
";

/// The whole program; `verdict` is a comment behind its last step.
pub(crate) fn program(kind: Kind, lines: &[Line], verdict: &str) -> String {
    let mut text = HEAD.to_string();
    text += if kind == Kind::Tcp { TCP } else { UDP };
    text += TIMEOUTS;
    for (step, allowed) in lines {
        let side = step.side;
        match step.action {
            Action::NonBlocking(on) => writeln!(text, "    mode = {};", i32::from(on)).unwrap(),
            Action::PeerName => text += "    namelen = sizeof name[0];\n",
            Action::Reset if kind == Kind::Tcp => writeln!(
                text,
                "    setsockopt(s[{side}], SOL_SOCKET, SO_LINGER, (char *)&at_once, sizeof at_once);"
            )
            .unwrap(),
            _ => {}
        }
        let call = call(side, step.action);
        let allowed: String = allowed.iter().map(outcome).collect();
        writeln!(text, "    check({call:?}, {call}, {allowed:?});").unwrap();
    }
    if !verdict.is_empty() {
        writeln!(text, "    /* {} */", verdict.replace("*/", "* /")).unwrap();
    }
    text + TAIL
}

fn outcome(answer: &Answer) -> String {
    match answer {
        Answer::Value(value) => format!(" {value}/0 "),
        Answer::Bytes(bytes) => format!(" {}/0 ", bytes.len()),
        Answer::Fails(code) => format!(" -1/{} ", code.number()),
    }
}

fn call(side: usize, action: Action) -> String {
    let other = 1 - side;
    match action {
        Action::Send(Sending::Bytes(len)) => format!("send(s[{side}], data, {len}, 0)"),
        Action::Send(Sending::Null(len)) => format!("send(s[{side}], NULL, {len}, 0)"),
        Action::Send(Sending::Negative) => format!("send(s[{side}], data, -1, 0)"),
        Action::Send(Sending::Flags(flags)) => format!("send(s[{side}], data, 4, {flags})"),
        Action::Recv(len, flags) => format!("recv(s[{side}], data, {len}, {flags})"),
        Action::Shutdown(how) => format!("shutdown(s[{side}], {how})"),
        Action::Close | Action::Reset => format!("closesocket(s[{side}])"),
        Action::NonBlocking(_) => format!("ioctlsocket(s[{side}], FIONBIO, &mode)"),
        Action::Flood => format!("flood(s[{side}], s[{other}])"),
        Action::PeerName => format!("getpeername(s[{side}], (struct sockaddr *)&name[{other}], &namelen)"),
        Action::Connect => format!("connect(s[{side}], (struct sockaddr *)&name[{other}], sizeof name[0])"),
        Action::Bind => format!("bind(s[{side}], (struct sockaddr *)&name[{side}], sizeof name[0])"),
        Action::Listen => format!("listen(s[{side}], 1)"),
        Action::Accept => format!("(int)accept(s[{side}], NULL, NULL)"),
    }
}
