//! Random sequences of calls on a pair of connected sockets, against a model of Winsock's rules. A sequence that
//! breaks them is shrunk and printed as a C program.
//!
//! `WS2_CASES` is the number of sequences; without it 1000 are tried, and after 40 seconds no more.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod rules;
mod show;
mod step;
#[path = "../support/mod.rs"]
mod support;
mod world;

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use ws2_32::ffi::WSACleanup;

use rules::Model;
use step::{Action, Kind, Sending, Step, TOO_LONG, programs};
use support::calls::start_version;
use world::World;

/// Handles are numbers: while one pair is closed, no other test of this process may open anything.
static ALONE: Mutex<()> = Mutex::new(());

/// The program under way and since when, for the watchdog.
static UNDER_WAY: Mutex<Option<(Instant, Kind, Vec<Step>)>> = Mutex::new(None);

/// Runs a program; the C text of it up to the first call that the model does not allow.
fn run(kind: Kind, steps: &[Step]) -> Result<(), String> {
    let world = World::new(kind);
    let mut model = Model::new(kind);
    let mut lines = Vec::new();
    for &step in steps {
        let allowed = model.allowed(step);
        lines.push((step, allowed.clone()));
        let wrong = |what: String| show::program(kind, &lines, &format!("wrong: {what}"));
        if step.action == Action::Flood {
            if model.can_flood(step.side) {
                let bytes = world.flood(step.side, &model).map_err(wrong)?;
                model.flooded(step.side, bytes);
            } else {
                lines.pop();
            }
            continue;
        }
        let before = world.level(1 - step.side);
        let answer = world.act(step, &model).map_err(wrong)?;
        if !allowed.contains(&answer) {
            return Err(wrong(format!("the library gave {answer:?}; the model allows {allowed:?}")));
        }
        for (side, event) in model.advance(step, &answer) {
            world.await_event(side, event, before).map_err(wrong)?;
        }
    }
    Ok(())
}

/// Ends the process, with the program, when a call never returns.
fn watch() {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            if let Some((since, kind, steps)) = &*UNDER_WAY.lock().unwrap()
                && since.elapsed() > Duration::from_secs(60)
            {
                eprintln!("a call of this program does not return: {kind:?} {steps:#?}");
                std::process::abort();
            }
        }
    });
}

#[test]
fn sequences_of_calls_keep_winsocks_rules() {
    let _alone = ALONE.lock();
    assert_eq!(start_version(0x0202), 0);
    watch();
    let wanted =
        std::env::var("WS2_CASES").ok().map(|cases| cases.parse::<u32>().expect("WS2_CASES is a number"));
    let deadline = Instant::now() + Duration::from_secs(40);
    let config = Config {
        cases: wanted.unwrap_or(1000),
        failure_persistence: None,
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let ran = std::cell::Cell::new(0_u32);
    let outcome = TestRunner::new(config).run(&programs(), |(kind, steps)| {
        if wanted.is_none() && Instant::now() > deadline {
            return Ok(());
        }
        *UNDER_WAY.lock().unwrap() = Some((Instant::now(), kind, steps.clone()));
        ran.set(ran.get() + 1);
        run(kind, &steps).map_err(TestCaseError::fail)
    });
    *UNDER_WAY.lock().unwrap() = None;
    match outcome {
        Ok(()) => eprintln!("{} sequences", ran.get()),
        Err(TestError::Fail(why, _)) => panic!("a sequence of calls breaks Winsock's rules:\n{why}"),
        Err(other) => panic!("{other}"),
    }
    assert_eq!(WSACleanup(), 0);
}

/// Sequences that were wrong once.
#[test]
fn regressions() {
    let _alone = ALONE.lock();
    assert_eq!(start_version(0x0202), 0);
    let step = |action| Step { side: 0, action };
    let programs = [
        // R6: where no bytes are asked for, a stream has nothing to wait for.
        (Kind::Tcp, vec![step(Action::Recv(0, 0))]),
        (Kind::Tcp, vec![step(Action::NonBlocking(true)), step(Action::Recv(0, 0))]),
        // OC5, OC8: shut down for sending comes before the datagram's size.
        (Kind::Udp, vec![step(Action::Shutdown(1)), step(Action::Send(Sending::Bytes(TOO_LONG)))]),
    ];
    for (kind, steps) in programs {
        run(kind, &steps).unwrap_or_else(|why| panic!("{why}"));
    }
}

/// Every kind of step once, for the text that a failure prints.
fn every_action() -> Vec<Step> {
    let actions = [
        Action::NonBlocking(true),
        Action::Send(Sending::Bytes(12)),
        Action::Send(Sending::Null(4)),
        Action::Send(Sending::Negative),
        Action::Send(Sending::Flags(0x40)),
        Action::Recv(12, 2),
        Action::Flood,
        Action::PeerName,
        Action::Connect,
        Action::Bind,
        Action::Listen,
        Action::Accept,
        Action::Shutdown(1),
        Action::Close,
        Action::Reset,
    ];
    actions.into_iter().flat_map(|action| [0, 1].map(|side| Step { side, action })).collect()
}

/// What a failure prints is a program: it compiles without a warning, runs here, and finds nothing wrong.
#[test]
fn printed_programs_are_c() {
    let _alone = ALONE.lock();
    assert_eq!(start_version(0x0202), 0);
    let directory = tempfile::tempdir().unwrap();
    let library = support::made::library("so");
    support::made::link_into(directory.path());
    for kind in [Kind::Tcp, Kind::Udp] {
        let mut model = Model::new(kind);
        let mut lines = Vec::new();
        for step in every_action() {
            let allowed = model.allowed(step);
            if step.action == Action::Flood && !model.can_flood(step.side) {
                continue;
            }
            if step.action == Action::Flood {
                model.flooded(step.side, 0);
            } else {
                model.advance(step, &allowed[0]);
            }
            lines.push((step, allowed));
        }
        let source = directory.path().join("program.c");
        let program = directory.path().join("program");
        std::fs::write(&source, show::program(kind, &lines, "")).unwrap();
        let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("include");
        let compiled = Command::new("gcc")
            .args(["-Wall", "-Wextra", "-Werror", "-I"])
            .arg(include)
            .arg(&source)
            .arg(&library)
            .arg("-o")
            .arg(&program)
            .output()
            .unwrap();
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        let ran = Command::new(&program).env("LD_LIBRARY_PATH", directory.path()).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success() && said.ends_with("0 wrong\n"), "{kind:?}: {said}");
    }
}
