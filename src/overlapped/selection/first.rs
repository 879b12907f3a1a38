//! What holds already when events are selected.

use super::{Selection, Stage, WELL};
use crate::descriptor::{self, Connection};
use crate::overlapped::arrived::{amount, has_data, readiness};
use crate::overlapped::reactor::{ERR, IN, OUT, PRI};
use crate::socket::connect::{State, settle};
use crate::sys::Fd;
use crate::sys::net::socket;
use crate::windows::abi::{FD_ACCEPT, FD_CLOSE, FD_CONNECT, FD_OOB, FD_READ, FD_WRITE};

impl Selection {
    /// A window is told once more of all that holds now, and of no connection that was made before (AS4, AS6).
    pub(super) fn hold_again(&mut self, fd: Fd) {
        self.posted = 0;
        self.make_idle(FD_CONNECT | FD_ACCEPT | FD_READ | FD_WRITE | FD_OOB);
        let bits = readiness(fd);
        match self.stage {
            Stage::Fresh | Stage::Connecting => {}
            Stage::Datagrams => {
                self.record(FD_WRITE, WELL);
                if bits & (IN | ERR) != 0 {
                    self.record(FD_READ, WELL);
                }
            }
            Stage::Listens => {
                if bits & IN != 0 {
                    self.record(FD_ACCEPT, WELL);
                }
            }
            Stage::Connected => {
                // It is reported already, not recorded: a later word of the kernel's must not record it once more.
                self.seen |= FD_CONNECT;
                if bits & PRI != 0 && self.urgent {
                    self.record(FD_OOB, WELL);
                }
                if bits & IN != 0 && has_data(fd, amount(fd)) {
                    self.record(FD_READ, WELL);
                }
                let code = self.codes_of(FD_CLOSE);
                if bits & OUT != 0 && !self.write_blocked && code == WELL {
                    self.record(FD_WRITE, WELL);
                }
                if self.seen & FD_CLOSE != 0 {
                    self.record(FD_CLOSE, code);
                }
            }
        }
    }

    /// A selection: records what has happened before the first one (ES8). Whether the socket has to be registered anew.
    pub(in crate::overlapped) fn begin(&mut self, fd: Fd) -> bool {
        if self.records && self.stage != Stage::Fresh {
            return false;
        }
        let first = !std::mem::replace(&mut self.records, true);
        self.look_back(fd);
        first || self.stage != Stage::Fresh
    }

    fn look_back(&mut self, fd: Fd) {
        let bits = readiness(fd);
        if !descriptor::is_stream(fd).unwrap_or(false) {
            self.stage = Stage::Datagrams;
            if socket::local_name(fd).is_ok_and(|name| name.port() != Some(0)) {
                self.record(FD_WRITE, WELL);
            }
            if bits & (IN | ERR) != 0 {
                self.record(FD_READ, WELL);
            }
            return;
        }
        match settle(fd) {
            Ok(State::Listening) => {
                self.stage = Stage::Listens;
                if bits & IN != 0 {
                    self.record(FD_ACCEPT, WELL);
                }
            }
            Ok(State::Pending) => self.stage = Stage::Connecting,
            Ok(State::Failed) => self.connect_failed(fd),
            Ok(State::Connected) => {
                self.stage = Stage::Connected;
                let known = descriptor::read(fd);
                if known
                    .is_some_and(|record| record.connection == Connection::Established && !record.accepted)
                {
                    self.record(FD_CONNECT, WELL);
                }
                self.write_blocked = bits & OUT == 0;
                if bits & OUT != 0 {
                    self.record(FD_WRITE, WELL);
                }
                self.look(fd, bits);
            }
            Ok(State::Fresh) | Err(_) => {}
        }
    }
}
