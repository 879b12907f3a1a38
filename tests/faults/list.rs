//! The faults: where each is put in, and the test that notices it.

/// A fault.
pub(crate) struct Fault {
    /// What the code then does wrong.
    pub(crate) name: &'static str,
    pub(crate) file: &'static str,
    /// What stands there, exactly once, and what is put in its place.
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    /// The test binary, and in it the test.
    pub(crate) binary: &'static str,
    pub(crate) test: &'static str,
}

macro_rules! faults {
    ($($name:literal in $file:literal: $from:literal => $to:literal, $binary:ident $test:literal;)*) => {
        &[$(Fault { name: $name, file: $file, from: $from, to: $to, binary: stringify!($binary), test: $test }),*]
    };
}

pub(crate) const FAULTS: &[Fault] = faults! {
    // Closing and waiting.
    "a call does not look whether its descriptor was closed since it began" in "src/descriptor/waiting.rs":
        "if facts::seen(fd).closing() > began || CLEANED" => "if CLEANED",
        closing "delayed::a_partial_send";
    "a call that changes a socket in several steps does not hold it" in "src/descriptor/waiting.rs":
        "        Self::register(fd, began)\n" =>
        "        let _ = began;\n        Ok(Self { fd, id: u64::MAX, cancellation: thread::disable_cancellation() })\n",
        closing "delayed::a_listen_and_a_connect";
    "an overlapped call, and one beside it, does not hold its socket" in "src/descriptor/waiting.rs":
        "        Self::register(fd, began)\n" =>
        "        let _ = began;\n        Ok(Self { fd, id: u64::MAX, cancellation: thread::disable_cancellation() })\n",
        closing "asked::overlapped_calls";
    "a call that has asked the kernel makes its first attempt on the bare number" in "src/socket/transfer/recv.rs":
        "let first = room.attempt(patience.hold()?, receive.ask);" =>
        "let first = Once::begin(fd).spend(|once| room.attempt(once, receive.ask));",
        closing "asked::urgent_bytes";
    "what hears a group is received from after it was taken from its socket" in "src/socket/companion.rs":
        "companions::with(held.fd(), |all| {\n        all.iter()" =>
        "({\n        let bare: Vec<_> = companions::with(held.fd(), |all| all.iter().map(|one| descriptor::Once::begin(one.fd())).collect());\n        bare.iter()",
        network "companions::x19_leaving_while_another_thread_receives";
    "WSAPoll tells what it saw under a number that was closed since it began" in "src/readiness/poll_set.rs":
        "                if descriptor::epoch() != self.began {" => "                if descriptor::epoch() == u64::MAX {",
        closing "asked::wsapoll_of_an_unknown_socket";
    "closesocket does not wait for the calls that it ended" in "src/descriptor/closing.rs":
        "            wait_until_left(fd);\n            watch::" => "            watch::",
        closing "delayed::a_waiting_recv";
    "closesocket does not wait for select" in "src/descriptor/closing.rs":
        "            watch::wait_until_left(fd);\n" => "",
        closing "delayed::a_waiting_select_and_wsapoll";
    "a closer is not woken when the calls have left" in "src/descriptor/waiting.rs":
        "        if somebody_waits {" => "        if somebody_waits && false {",
        closing "delayed::a_waiting_recv";
    "a second closer is not refused" in "src/descriptor/closing.rs":
        "            if slot.closing != 0 {\n                return Err(ALREADY);\n            }\n            slot.closing" =>
        "            slot.closing",
        closing "rivals::one_of_many_closes";
    "CloseHandle closes what the library has put there under the number of a socket that is being closed" in "src/kernel/hold.rs":
        "            if descriptor::is_placeholder(fd) {\n                return Err(Code::INVALID_HANDLE);\n            }\n            match" => "            match",
        closing "placeholder::what_stands_under_the_number_is_not_the_programs";
    "files' functions use what the library has put under the number of a socket that is being closed" in "src/ffi/platform/file.rs":
        "if crate::descriptor::is_placeholder_file(facts.identity) {" => "if false {",
        closing "placeholder::what_stands_under_the_number_is_not_the_programs";
    "select is not told that a descriptor is being closed" in "src/descriptor/watch.rs":
        "        watch.touched = true;\n" => "",
        closing "delayed::a_waiting_select_and_wsapoll";
    "select is not told which descriptor is being closed" in "src/descriptor/watch.rs":
        "            *closed = true;\n" => "            *closed = false;\n",
        closing "delayed::a_waiting_select_and_wsapoll";
    "select misses a cleanup under way" in "src/descriptor/watch.rs":
        "        watch.ended = true;\n" => "",
        closing "handlers::cleanup_in_a_handler";
    "what is known of a socket is kept when it is closed" in "src/descriptor/closing.rs":
        "            facts::forget(self.fd, next_closing());\n" => "",
        closing "rivals::facts_end_with_the_socket";
    "a record is used for another socket of its number" in "src/descriptor/table.rs":
        ".record().filter(|record| record.cookie == self.cookie).cloned()" => ".record().cloned()",
        closing "calls::stale_records_are_noticed";
    "a listener's mode is read once for all attempts" in "src/socket/listen.rs":
        "        mode = descriptor::nonblocking(fd)?;\n        outcome" => "        outcome",
        closing "shared::the_mode_changes_while_accept_waits";
    "a connect does not look what POSIX code has done with a new socket" in "src/socket/connect.rs":
        "    if is_fresh && matches!(" => "    if is_fresh && false && matches!(",
        sockets "connect_accept::k2_k3_after_posix_code";
    "no descriptor is left for the alarm, and nobody looks again" in "src/descriptor/wait.rs":
        "if alarm.is_some() { None } else { Some(LOOK_AGAIN) }" => "None::<Duration>",
        closing "descriptors::none_left";
    "a handle that another thread is closing is closed as a file" in "src/kernel/hold.rs":
        "                // Another thread is closing the socket, or has closed it since.\n                return Err(Code::INVALID_HANDLE);\n" => "",
        closing "rivals::one_of_many_closes_the_handle";
    "a lock that somebody else holds is freed by trying to take it" in "src/sys/event/lock.rs":
        "free.is_ok().then(|| Guard { lock: self })" => "free.is_ok().then_some(Guard { lock: self })",
        lib "sys::event::lock::tests::trying_does_not_free_it";
    "a child of fork keeps locks that other threads held" in "src/runtime/lock.rs":
        "        if !self.is_own() {\n            self.lock.renew" => "        if HELD.get() & self.rank.bit() == 0 {\n            self.lock.renew",
        lib "runtime::lock::tests::a_lock_of_another_thread_is_made_anew";
    // Waiting.
    "a signal ends a wait" in "src/descriptor/wait.rs":
        "Err(errno) if errno.number() == libc::EINTR => Ok(Round::Idle)," =>
        "Err(errno) if errno.number() == libc::EINTR => Err(WsaError::WSAEINTR.because(\"a signal\")),",
        transfer "send_blocking::signals_do_not_end_a_call";
    "a signal ends an attempt" in "src/socket/transfer/mod.rs":
        "    if errno.number() == libc::EINTR {" => "    if errno.number() == -1 {",
        transfer "send_blocking::an_interrupted_attempt_is_made_again";
    "a socket that is ready again and again carries a call beyond its time" in "src/socket/transfer/mod.rs":
        "        if deadline.has_passed() {" => "        if deadline.has_passed() && false {",
        transfer "send_blocking::b7_progress_does_not_extend_the_deadline";
    "a wait does not look at its deadline" in "src/descriptor/wait.rs":
        "        if deadline.has_passed() {\n            return Ok(false);" =>
        "        if deadline.has_passed() && false {\n            return Ok(false);",
        transfer "send_blocking::b7_timeout";
    "a time-out of less than a millisecond is none" in "src/socket/transfer/mod.rs":
        "time.tv_usec.saturating_add(999) / 1000" => "time.tv_usec / 1000",
        lib "socket::transfer::tests::a_time_is_rounded_up";
    "progress does not end the count of futile waits" in "src/socket/transfer/mod.rs":
        "        self.futile = 0;\n" => "",
        closing "counted::progress_is_no_futile_wait";
    "a wait for all that is over claims the next wait of its thread" in "src/kernel/object.rs":
        "self.goes_on.load(Ordering::Relaxed) && self.take_if(" => "self.take_if(",
        kernel_model "a_wait_that_is_over_claims_nothing_of_the_next";
    "who keeps watch over held back packets keeps it with a packet of its own" in "src/kernel/port.rs":
        "                self.end_watch_of(waiter.thread());\n" => "",
        completion "ports::nothing_is_held_back_for_ever_when_the_watcher_has_something_to_do";
    "the number of a thread that a fork has left behind is waited for" in "src/kernel/thread.rs":
        "0 if sync::is_of_this_process(self.id) =>" => "0 =>",
        kernel "fork::the_number_of_a_thread_that_was_being_made";
    // What is reported.
    "a later fatal code takes the place of the first" in "src/socket/transfer/mod.rs":
        "            record.fatal.get_or_insert(code);" => "            record.fatal = Some(code);",
        transfer "send_states::the_first_fatal_code_stays";
    "SO_ERROR is not kept" in "src/socket/connect/settle.rs":
        "            record.error = by_call::failure(Call::Connect, errno).code.number();\n" =>
        "            let _ = by_call::failure(Call::Connect, errno);\n",
        options "socket_level::o1_so_error_is_kept";
    "SO_ERROR of a connect of POSIX code is not kept" in "src/socket/options/socket_level.rs":
        "            note(target.fd, |record| record.error = errno::code(errno).number())?;" =>
        "            return Ok(errno::code(errno).number());",
        options "socket_level::so_error_of_a_socket_made_elsewhere";
    "flags are looked at before the socket's state" in "src/socket/transfer/send.rs":
        "Err(failure) => return load.look(fd).and(Err(failure))," => "Err(failure) => return Err(failure),",
        transfer "send_flags::f4_f5_after_the_state";
    "an urgent byte without room fails the whole call" in "src/socket/transfer/send.rs":
        "=> Ok(ordinary)," => "=> Err(failure),",
        transfer "send_flags::f1_no_room_for_the_urgent_byte";
    // What is kept and known, to ask less.
    "a kept question is used after a closing" in "src/readiness/kept.rs":
        "if self.kept.since != Some(self.began) || self.kept.sets" => "if self.kept.since.is_none() || self.kept.sets",
        readiness "kept::nothing_is_kept_beyond_a_closing";
    "a kept array is used after a closing" in "src/readiness/kept.rs":
        "let same = self.kept.since == Some(self.began)" => "let same = self.kept.since.is_some()",
        readiness "kept::nothing_is_kept_beyond_a_closing";
    "a kept question outlives what was known of its sockets" in "src/descriptor/facts.rs":
        "    // Whoever has kept that it was a socket asks again.\n    next_closing();\n" => "",
        readiness "kept::nothing_is_kept_of_a_socket_that_is_known_to_be_gone";
    "a kept question is used for other sets" in "src/readiness/kept.rs":
        "kept.is_some_and(|kept| set.sockets.is(kept) == Some(true))" => "kept.is_some()",
        readiness "kept::what_was_kept_answers_like_a_first_call";
    "a kept question has its last answer" in "src/readiness/poll_set.rs":
        "                entry.seen = Conditions::empty();\n" => "                let _ = entry;\n",
        readiness "kept::what_was_kept_answers_like_a_first_call";
    "what is taken for UDP is received without MSG_OOB" in "src/sys/net/transfer.rs":
        "libc::MSG_DONTWAIT | libc::MSG_TRUNC | libc::MSG_OOB;" => "libc::MSG_DONTWAIT | libc::MSG_TRUNC;",
        transfer "shortcuts::other_sockets_under_the_number_of_a_udp_socket";
    "what was wrongly taken for UDP is not received from otherwise" in "src/socket/transfer/recv.rs":
        "if outcome.is_other_kind() {" => "if false && outcome.is_other_kind() {",
        transfer "shortcuts::other_sockets_under_the_number_of_a_udp_socket";
    "a recv of no bytes is over where nothing is there" in "src/socket/transfer/recv.rs":
        "            && room > 0\n" => "            && room < usize::MAX\n",
        transfer "shortcuts::nothing_there_ends_only_what_may_not_wait";

    // Network events and operations that end later.
    "another thread attempts an operation while the end of one is told" in "src/overlapped/queue.rs":
        "                self.busy = true;\n" => "                self.busy = false;\n",
        overlapped_model "two_threads_that_listen";
    "an operation that begins while the end of one is told is not attempted" in "src/overlapped/queue.rs":
        "self.waiting.is_empty() && self.ended.is_none()" => "self.waiting.is_empty() && !self.busy",
        overlapped_model "after_a_failure_calls_fail_at_once";
    "a socket becomes blocking while events are selected" in "src/overlapped/ordinary.rs":
        "Some(Beside { side, .. }) if side.selected().is_some() => {" => "Some(Beside { side, .. }) if side.selected().is_some() && false => {",
        overlapped "selecting::es2_ev1_no_blocking_mode_while_events_are_selected";
    "data that an operation leaves is no event again" in "src/overlapped/side.rs":
        "if !completion.is_failure() && inner.selection.records {" => "if false {",
        completion "beside::es16_overlapped_receives_leave_data";
    "what the kernel tells of a new registration is taken for an arrival" in "src/overlapped/selection.rs":
        "        self.echo = self.records && readiness(fd) & (IN | PRI) != 0;\n" =>
        "        let _ = fd;\n        self.echo = false;\n",
        overlapped "selecting::es8_a_connection_that_waits";
    "what comes while the kernel is asked is taken for its answer" in "src/overlapped/selection.rs":
        "std::mem::take(&mut self.echo) && self.seen & event != 0" => "{ let _ = event; std::mem::take(&mut self.echo) }",
        overlapped "selecting::es8_a_datagram_that_comes_meanwhile";
    "a poll does not learn that its socket was closed" in "src/overlapped/side.rs":
        "        self.close_polls();\n" => "",
        overlapped "polls::ends_of_polls";
    "a poll does not learn that its socket has changed" in "src/overlapped/side/state.rs":
        "        self.tell_polls();\n" => "",
        overlapped "polls::ends_of_polls";
    "polls go on when the last handle of their device is closed" in "src/kernel/device.rs":
        "END.get().filter(|_| ends)" => "END.get().filter(|_| ends && false)",
        overlapped "polls::ends_of_polls";
    "a poll's time does not end it" in "src/overlapped/polls/mod.rs":
        "        pool::set_timer(timer, Some(timeout), 0);\n" => "        let _ = timeout;\n",
        overlapped "polls::ends_of_polls";
    "the end of a stream is taken for data" in "src/overlapped/arrived.rs":
        "tcp.bytes_received.saturating_sub(u64::from(ended))" => "tcp.bytes_received + u64::from(ended) * 0",
        overlapped "selecting::es7_ev4_nothing_is_told_a_second_time";

    "who has sent a message to a thread that ends while it handles it waits for ever" in "src/messages/sent.rs":
        "in self.begun.iter().chain(&self.waiting)" => "in &self.waiting",
        messages "queue::the_procedure_ends_its_thread";
    "the first timer of a window keeps the others from coming" in "src/messages/queue.rs":
        ".filter(takes).min_by_key(|timer| timer.due)" => ".filter(takes).find(|timer| timer.due <= now)",
        lib "messages::queue::tests::timers_take_turns";
    "an AcceptEx that waits is not told of a connection that is put off" in "src/socket/listen.rs":
        "    descriptor::put_back(listener);\n" => "",
        completion "connections::ax8_what_is_put_off_is_for_who_waits";
    "a datagram that is too long fails in the call" in "src/overlapped/operations/send.rs":
        "failure.code == WsaError::WSAEMSGSIZE" => "failure.code == WsaError::WSAEMSGSIZE && false",
        completion "starts::ov18_too_long";
    "an AcceptEx that failed is still known at its socket" in "src/overlapped/operations/accept.rs":
        "            if is_own {\n                attached.accepts = None;\n            }\n" => "",
        completion "connections::ax_one_that_failed_belongs_to_no_socket";
    "ConnectEx connects before it looks at the OVERLAPPED" in "src/socket/connect.rs":
        "    prepare()?;\n" => "    let _ = attempt(fd, address);\n    prepare()?;\n",
        completion "connections::cx_no_event_no_connection";
    "shutdown succeeds although the end of sending could not be queued" in "src/overlapped/ordinary.rs":
        "        Submitted::Closed(_) => return Err(BEING_CLOSED),\n" => "        Submitted::Closed(_) => {}\n",
        closing "asked::a_shutdown_behind_a_send";
    // Waits and timers of the thread pool.
    "a thread that sets a timer of the pool goes into the table of handles twice" in "src/kernel/pool/task.rs":
        "        let mut state = self.lock();\n        state.is_set = is_set" =>
        "        let _inside = inside();\n        let mut state = self.lock();\n        state.is_set = is_set",
        completion "pool_timers::tp9_beside_handles";
    "a wait of the pool is that of the thread that has begun it, which is there in a child of fork" in "src/kernel/pool/watching.rs":
        "thread::number_of_none()" => "thread::local_id()",
        completion "pool_waits::tp13_fork";
    "a wait of the pool for a timer ends when the timer is to be looked at" in "src/kernel/pool/watching.rs":
        "waiter.claim(if passed { TIMED_OUT } else { AGAIN });" => "let _ = (passed, waiter.claim(TIMED_OUT));",
        completion "pool_waits::tp10_every_kind_of_object";
    "a registered wait does not begin again" in "src/kernel/pool/task.rs":
        "            state.watch(Some(again.target.for_now()), this.number);\n" => "",
        completion "pool_registered::tp11_again_and_once";
    "a child of fork has its parent's operations on pipes" in "src/pipes/pipe.rs":
        "        std::mem::forget(std::mem::take(&mut inner.queues));\n" => "",
        overlapped "pipes::a_child_has_the_ends_and_not_the_operations";
    "a socket of another network stands in the way of an address" in "src/socket/sharing.rs":
        " || option::network(other) != network" => "",
        network "listeners::sockets_of_another_network_are_no_rivals";
    // Files.
    "of files that are moved to one name at once several get it" in "src/ffi/platform/file_moves.rs":
        "    match file::rename_to_new(from, to) {" => "    match Err::<(), _>(Errno::new(libc::ENOSYS)) {",
        porting "programs::files_opened_found_moved_and_copied";
    "CopyFile looks whether a name is free, and copies then" in "src/ffi/platform/file_moves.rs":
        "file::copy(from, to, there.is_some())" => "file::copy(from, to, there.is_some() && file::look_at(to).is_ok())",
        porting "programs::files_opened_found_moved_and_copied";
    "a copy that fails stays" in "src/sys/platform/file.rs":
        "            let _ = remove(to);\n" => "",
        porting "programs::files_opened_found_moved_and_copied";
    "CREATE_ALWAYS empties only what the handle may write to" in "src/ffi/platform/file_open.rs":
        "} else if !file::empty(name, facts.identity)? {" => "} else if false {",
        porting "programs::files_opened_found_moved_and_copied";
    "OPEN_ALWAYS is refused where a file goes meanwhile" in "src/ffi/platform/file_open.rs":
        "for _ in 0..ATTEMPTS {" => "for _ in 0..1 {",
        porting "programs::files_opened_found_moved_and_copied";
    "a search goes where the program goes" in "src/ffi/platform/search.rs":
        "if directory.starts_with(b\"/\") {" => "if true {",
        porting "programs::files_opened_found_moved_and_copied";
    "a question mark is always one character" in "src/platform/pattern.rs":
        "matches!(before, None | Some('.'))" => "false",
        porting "programs::files_opened_found_moved_and_copied";
    "any failure after a part was written is a full disk" in "src/ffi/platform/file_transfer.rs":
        "done.map_err(|errno| of_writing(errno, facts.kind))?;" => "done.map_err(|errno| if written > 0 { Code::ERROR_DISK_FULL } else { of_writing(errno, facts.kind) })?;",
        porting "programs::places_in_files_and_what_is_told";
    "a place that is all ones is no end of a file" in "src/ffi/platform/file_transfer.rs":
        "        Some(END) => Place::End,\n" => "",
        porting "programs::places_in_files_and_what_is_told";
    "reading at a place leaves the position where it was" in "src/ffi/platform/file_transfer.rs":
        "            move_behind(fd, asked.at, got);\n" => "",
        porting "programs::places_in_files_and_what_is_told";
    "a file with FILE_FLAG_OVERLAPPED has a position that moves" in "src/ffi/platform/file_transfer.rs":
        "flags & OF_OVERLAPPED != 0" => "false && flags & OF_OVERLAPPED != 0",
        porting "programs::places_in_files_and_what_is_told";
    "a result tells of success at the end of a file" in "src/ffi/platform/file_transfer.rs":
        "(status::STATUS_END_OF_FILE, " => "(status::SUCCESS, ",
        porting "programs::places_in_files_and_what_is_told";
    "a program that is started does not get the standard handles that were set" in "src/ffi/platform/start.rs":
        "*place = handle.and_then(open);" => "*place = handle.and_then(open).filter(|_| false);",
        porting "programs::places_in_files_and_what_is_told";
    "the modes of CONOUT$ are those of the keyboard" in "src/ffi/platform/console.rs":
        "flags & OF_SCREEN != 0" => "false && flags & OF_SCREEN != 0",
        porting "programs::typed_at_a_terminal";
    "who removes an object of the pool that has gone is not told" in "src/kernel/pool/state.rs":
        ".find(|place| place.is_none()).filter(|_| !self.gone);" => ".find(|place| place.is_none());",
        lib "kernel::pool::state::tests::who_removes_an_object_that_has_gone_is_told";
    "a group does not tell of a function that was to be called once" in "src/kernel/pool/mod.rs":
        "(was_open || task.is_dropped_once())" => "was_open",
        completion "pool::tp5_groups";
    // Arguments that make no sense.
    "a copy of a file onto itself empties it" in "src/ffi/platform/file_moves.rs":
        "if there.is_none() && file::look_at(to).is_ok_and(|other| other.identity == facts.identity) {" => "if false {",
        porting "bad_programs::files_that_are_not_there";
    "a library that was given back is given back again" in "src/platform/library.rs":
        "    let times = loaded.get_mut(&handle).ok_or(Code::ERROR_MOD_NOT_FOUND)?;\n" =>
        "    let Some(times) = loaded.get_mut(&handle) else { return Ok(()) };\n",
        porting "bad_programs::texts_without_room";
    "NULL is standard input to the functions of files" in "src/ffi/platform/file.rs":
        "(1..0x4000_0000).contains(&fd.number())" => "fd.number() < 0x4000_0000",
        porting "bad_programs::handles_that_are_none";
    "rights of pages are told although they were not set" in "src/ffi/platform/page.rs":
        "        page::protect(start, len, rights).map_err(" =>
        "        let _ = unsafe { put(lpflOldProtect, before) };\n        page::protect(start, len, rights).map_err(",
        porting "bad_programs::memory_that_is_not_there";
    "pages of VirtualAlloc's are copied when they are written" in "src/platform/region.rs":
        "    matches!(protect & 0xFF, PAGE_WRITECOPY" => "    matches!(protect, PAGE_WRITECOPY if protect == 0)\n        && matches!(protect & 0xFF, PAGE_WRITECOPY",
        porting "bad_programs::memory_that_is_not_there";
    "pages get rights that are reserved only" in "src/ffi/platform/page.rs":
        "    if !known.committed || len > known.alike - start {" => "    if len > known.end - start {",
        porting "bad_programs::memory_that_is_not_there";
    "reserved pages are told as PAGE_NOACCESS ones" in "src/ffi/platform/page.rs":
        "            _ if reserved => 0,\n" => "            _ if reserved => region::PAGE_NOACCESS,\n",
        porting "bad_programs::memory_that_is_not_there";
    "the rights of a region are told as they are now" in "src/ffi/platform/page.rs":
        "known.map_or(found.protect, |known| known.protect)" => "found.protect",
        porting "bad_programs::memory_that_is_not_there";
    "VirtualFree wants the first byte of a region" in "src/ffi/platform/page.rs":
        "            let start = at / page::size() * page::size();\n" => "            let start = at;\n",
        porting "bad_programs::memory_that_is_not_there";
    "pages that go beyond their region are told as an address that is none" in "src/ffi/platform/page.rs":
        "    if len > known.end - start {\n        return Err(Code::ERROR_INVALID_PARAMETER);" =>
        "    if len > known.end - start {\n        return Err(Code::ERROR_INVALID_ADDRESS);",
        porting "bad_programs::memory_that_is_not_there";
    "a view gets rights that it was not mapped with" in "src/platform/region.rs":
        "    !(writes && reads_only) && (runs(view) || !runs(protect))" => "    writes || reads_only || runs(view) || true",
        porting "bad_programs::memory_that_is_not_there";
    "more memory than may be locked is told as none" in "src/ffi/platform/page.rs":
        "            Err(Code::ERROR_WORKING_SET_QUOTA)" => "            Err(Code::from(errno))",
        porting "bad_input::memory_that_may_not_be_locked";
    "NULL is given back to a heap" in "src/ffi/platform/heap.rs":
        "    if lpMem.is_null() {\n        return 1;\n    }\n" => "",
        porting "bad_programs::memory_that_is_not_there";
    "NULL gets another size" in "src/ffi/platform/heap.rs":
        "            return Err(Code::ERROR_SUCCESS);" => "            return Err(Code::ERROR_INVALID_PARAMETER);",
        porting "bad_programs::memory_that_is_not_there";
    "GlobalUnlock fails for what is no block" in "src/ffi/platform/single.rs":
        "        Err(code) => give(Err(code), 1)," => "        Err(code) => give(Err(code), 0),",
        porting "bad_programs::memory_that_is_not_there";
    "LocalUnlock succeeds for blocks that have no lock" in "src/ffi/platform/single.rs":
        ".unwrap_or(Err(Code::ERROR_NOT_LOCKED))" => ".unwrap_or(Ok(()))",
        porting "bad_programs::memory_that_is_not_there";
    "blocks without memory are locked" in "src/ffi/platform/single.rs":
        "            if head.size == 0 {" => "            if head.size == usize::MAX {",
        porting "bad_programs::memory_that_is_not_there";
    "CP_UTF8 takes every flag" in "src/platform/text.rs":
        "    if page == 65001 && flags & !taken != 0 {" => "    if page == 65002 && flags & !taken != 0 {",
        porting "bad_programs::texts_without_room";
    "results have no texts" in "src/platform/message.rs":
        "        .or_else(|| if number >> 16 == 0x8007 {" => "        .or_else(|| if number >> 16 == 0x8008 {",
        porting "bad_programs::texts_without_room";
    "an empty message is allocated" in "src/ffi/platform/format.rs":
        "        if length == 0 && (allocates || size > 0) {" => "        if length == u32::MAX {",
        porting "bad_programs::texts_without_room";
    "FormatMessageA looks for its buffer first" in "src/ffi/platform/format.rs":
        "        if buffer.is_null() && wide {" => "        if buffer.is_null() {",
        porting "bad_programs::texts_without_room";
    "ExpandEnvironmentStringsA refuses NULL" in "src/ffi/platform/environment.rs":
        "    let from = if lpSrc.is_null() { c\"\".as_ptr() } else { lpSrc };" => "    let from = lpSrc;",
        porting "bad_programs::texts_without_room";
    "the IF_LUID of no adapter is what stood there" in "src/ffi/platform/adapters.rs":
        "        unsafe { put(InterfaceLuid, 0) }.map_err(|_| Code::ERROR_INVALID_PARAMETER)?;" => "        there(InterfaceLuid)?;",
        porting "bad_programs::tables_of_the_network_without_room";
    "a wide name of an adapter is looked for before the place for its IF_LUID" in "src/ffi/platform/adapters.rs":
        "    if wide && let Err(none)" => "    if !wide && let Err(none)",
        porting "bad_programs::tables_of_the_network_without_room";
    "the room for a wide name of an adapter is looked at before its place" in "src/ffi/platform/adapters.rs":
        "            if wide {\n                there(to)?;\n            }\n" => "",
        porting "bad_programs::tables_of_the_network_without_room";
    // Pipes with a name.
    "a fork keeps the book of a pipe locked" in "src/pipes/book.rs":
        "        sys::unlock(self.0, WHOLE);\n" => "",
        closing "pipes::a_fork_does_not_keep_the_name_locked";
    "two threads adopt one end" in "src/pipes/table.rs":
        "put(pipe, fd, |now| now == before)" => "put(pipe, fd, |_| before.is_none() || true)",
        closing "pipes::an_end_is_adopted_once";
    "a pipe's handle that is being closed is used as a socket" in "src/ffi/platform/file.rs":
        "if facts.kind == libc::S_IFSOCK && pipes::is_closing(handle.addr()) {" => "if false {",
        closing "pipes::a_handle_that_is_being_closed_is_none";
    "nobody looks who waits for an end that was closed unknown" in "src/ffi/kernel/handle.rs":
        "    pipes::was_closed(handle.addr());\n" => "    let _ = handle;\n",
        closing "pipes::a_read_does_not_outlive_the_closing_of_an_end_that_nobody_knew";
    "a duplicate of a pipe's handle is forgotten as the one that had its number" in "src/pipes/table.rs":
        "        && !Arc::ptr_eq(&stale, pipe)\n" => "",
        closing "pipes::a_number_is_a_duplicates_again";
    "the count of bytes is not told before an operation on a pipe begins" in "src/ffi/platform/named_pipe.rs":
        "    tell(0)?;\n" => "",
        closing "pipes::nothing_is_told_of_what_ends_later";
    "ConnectNamedPipe with an OVERLAPPED succeeds at once" in "src/pipes/submit.rs":
        "if operation.never_ends_at_once() && !outcome.is_failure()" => "if operation.never_ends_at_once() && outcome.is_failure()",
        closing "pipes::an_overlapped_connect_does_not_succeed_at_once";
    "nobody is told that there is no descriptor for a client" in "src/pipes/pipe.rs":
        "if errno.number() != libc::EAGAIN && server::has_come(fd) =>" => "if errno.number() == libc::EAGAIN && server::has_come(fd) =>",
        closing "pipes::a_client_for_whom_no_descriptor_is_left";
    // The console, and libraries.
    "a console event goes to every process" in "src/platform/control.rs":
        "Ok(group) if group != 1 => Ok(-group)," => "Ok(group) => Ok(-group),",
        lib "platform::control::tests::no_group_is_every_process";
    "a library that GetModuleHandleEx gives is not counted" in "src/ffi/platform/library.rs":
        "found if counts == Counts::Not && loaded::is_loaded(found)" => "found if loaded::is_loaded(found)",
        closing "libraries::get_module_handle_ex_counts";
    "a child of fork takes the parent's thread of console events for its own" in "src/sys/platform/control.rs":
        "        if before != process() {\n" => "        if before == 0 {\n",
        closing "control::a_child_of_fork_asks_its_own_handlers";
    "the first thread that has read keys gives the terminal back" in "src/platform/terminal.rs":
        "    if taken.readers > 0 {\n" => "    if taken.readers > 9 {\n",
        closing "console::who_looks_takes_nothing_from_who_waits";
    "modes that are set while a thread reads keys are lost" in "src/platform/terminal.rs":
        "    taken.before = taken.before.with(modes);\n" => "",
        closing "console::modes_that_are_set_meanwhile_stay";
};
