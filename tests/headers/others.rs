//! The standards of the languages, and the headers of others that go with ours.

pub(crate) const C_STANDARDS: &[&str] = &["gnu89", "c99", "gnu99", "c11", "c17", "gnu2x"];
pub(crate) const CPP_STANDARDS: &[&str] = &["c++98", "c++11", "c++14", "c++17", "c++20", "gnu++2b"];

/// Of C and POSIX: any order with ours, C or C++.
pub(crate) const C_HEADERS: &[&str] = &[
    "assert.h",
    "ctype.h",
    "dirent.h",
    "dlfcn.h",
    "errno.h",
    "fcntl.h",
    "float.h",
    "getopt.h",
    "inttypes.h",
    "limits.h",
    "locale.h",
    "math.h",
    "poll.h",
    "pthread.h",
    "pwd.h",
    "sched.h",
    "semaphore.h",
    "setjmp.h",
    "signal.h",
    "stdarg.h",
    "stddef.h",
    "stdint.h",
    "stdio.h",
    "stdlib.h",
    "string.h",
    "strings.h",
    "sys/epoll.h",
    "sys/file.h",
    "sys/ioctl.h",
    "sys/mman.h",
    "sys/param.h",
    "sys/resource.h",
    "sys/select.h",
    "sys/stat.h",
    "sys/time.h",
    "sys/times.h",
    "sys/types.h",
    "sys/uio.h",
    "sys/utsname.h",
    "sys/wait.h",
    "syslog.h",
    "termios.h",
    "time.h",
    "unistd.h",
    "utime.h",
    "wchar.h",
];

/// Of C++ in every standard, and from C++11 on.
pub(crate) const CPP98_HEADERS: &[&str] = &[
    "algorithm",
    "cerrno",
    "cstdio",
    "cstdlib",
    "cstring",
    "ctime",
    "deque",
    "exception",
    "fstream",
    "functional",
    "iomanip",
    "iostream",
    "iterator",
    "limits",
    "list",
    "map",
    "memory",
    "new",
    "numeric",
    "set",
    "sstream",
    "stdexcept",
    "string",
    "utility",
    "vector",
];
pub(crate) const CPP11_HEADERS: &[&str] = &[
    "array",
    "atomic",
    "chrono",
    "condition_variable",
    "cstdint",
    "future",
    "mutex",
    "random",
    "regex",
    "system_error",
    "thread",
    "tuple",
    "type_traits",
    "unordered_map",
];

/// Those that give Winsock's names Linux's meanings: an error before ours, and of no effect after.
pub(crate) const FORBIDDEN_BEFORE: &[&str] = &["sys/socket.h", "netinet/in.h", "netdb.h", "arpa/inet.h"];

/// Those that include one of them.
pub(crate) const ONLY_AFTER: &[&str] =
    &["net/if.h", "netinet/tcp.h", "sys/un.h", "ifaddrs.h", "resolv.h", "arpa/nameser.h"];
