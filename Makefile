# make               builds the libraries, their pages and the examples, and runs the file transfer over loopback
# make libraries     builds the libraries into target/made
# make pages         builds the man pages and the documents as HTML, in target/made/man and target/made/html
# make examples      builds without running
# make install       copies what is built, and builds nothing: libraries, headers, the compilers ws2cc and ws2c++, ws2_32.pc, the
#                    CMake package, man pages and documents. DESTDIR, PREFIX, libdir, includedir, ... say where.
# make install-strip the same without symbols that only debuggers read
# make uninstall     removes what make install put there
#
# CC links the shared library, with LDFLAGS: -fuse-ld=bfd, gold, lld and mold make the same interface.
# For another system than this one RUST_TARGET is rustc's name of it (x86_64-unknown-linux-musl, aarch64-unknown-linux-gnu), and CC a
# compiler for it; give both to make install, too.
PREFIX     = /usr/local
prefix     = $(PREFIX)
libdir     = $(prefix)/lib
includedir = $(prefix)/include
bindir     = $(prefix)/bin
datadir    = $(prefix)/share
mandir     = $(datadir)/man
docdir     = $(datadir)/doc/ws2_32
DESTDIR    =

TARGET    := $(or $(CARGO_TARGET_DIR),target)
RUST_TARGET =
# Where what is made here goes. Cargo's own place, target/release, is that of `cargo build --release`, too, which makes
# other libraries: for one that is also built for Rust, cargo does no link-time optimisation.
MADE      := $(TARGET)/$(RUST_TARGET:%=%/)made
PROGRAMS  := $(TARGET)/$(RUST_TARGET:%=%/)programs
ARCHIVE   := $(TARGET)/$(RUST_TARGET:%=%/)release/libws2_32.a
# With musl, Rust brings the unwinder, and puts it into no library: programs would take the compiler's, which may want glibc.
UNWINDER  := $(wildcard $(if $(filter %-musl,$(RUST_TARGET)),\
    $(shell rustc --print sysroot 2>/dev/null)/lib/rustlib/$(RUST_TARGET)/lib/self-contained/libunwind.a))
VERSION   := $(shell sed -n '/^version = /{s/.*"\(.*\)"/\1/p;q;}' Cargo.toml)

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Werror
CFLAGS   = -std=c99 -O2 $(WARNINGS)
CXXFLAGS = -std=c++11 -O2 $(WARNINGS)
CPPFLAGS = -Iinclude
# Found at run time where it was built.
LDLIBS   = -L$(MADE) -Wl,-rpath,$(abspath $(MADE)) -lws2_32

.PHONY: run examples libraries pages install install-strip uninstall

run: examples pages
	examples/run $(PROGRAMS) $(MADE)/libws2_32.a

EXAMPLES := $(patsubst examples/%,$(PROGRAMS)/%,$(basename $(wildcard examples/*.c examples/*.cpp)))

examples: $(EXAMPLES)

# cargo knows what has changed. A file takes its place in one step, for programs that run with the one before.
libraries:
	cargo rustc --release --lib --crate-type staticlib $(RUST_TARGET:%=--target %) \
	    $(if $(UNWINDER),-- -L native=$(dir $(UNWINDER)) -l static=unwind)
	@mkdir -p $(MADE)
	@cmp -s $(ARCHIVE) $(MADE)/libws2_32.a || \
	    { cp $(ARCHIVE) $(MADE)/libws2_32.a.new && mv $(MADE)/libws2_32.a.new $(MADE)/libws2_32.a; }
	@CC='$(CC)' LDFLAGS='$(LDFLAGS)' tools/ws2-link src/ffi/exports.txt $(MADE)/libws2_32.a $(MADE)/libws2_32.so
	@ln -sf libws2_32.so $(MADE)/libws2_32.so.2
	@CC='$(CC)' tools/ws2-libraries src/ffi/exports.txt $(MADE)
	@sed -e 's|@MADE@|$(abspath $(MADE))|' -e 's|@TREE@|$(CURDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	    packaging/ws2_32-uninstalled.pc.in > $(MADE)/ws2_32-uninstalled.pc

pages:
	@tools/ws2-pages $(MADE)

$(PROGRAMS)/%: examples/%.c $(wildcard examples/*.h) | libraries
	@mkdir -p $(PROGRAMS)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LDLIBS)

$(PROGRAMS)/%: examples/%.cpp $(wildcard examples/*.h) | libraries
	@mkdir -p $(PROGRAMS)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -o $@ $< $(LDLIBS)

# In the environment, where no character of a path is special to make or the shell.
PLACES = DESTDIR='$(DESTDIR)' PREFIX='$(prefix)' LIBDIR='$(libdir)' INCLUDEDIR='$(includedir)' BINDIR='$(bindir)' \
    DATADIR='$(datadir)' MANDIR='$(mandir)' DOCDIR='$(docdir)'

install:
	@$(PLACES) tools/ws2-install $(MADE) $(VERSION)

install-strip:
	@$(PLACES) tools/ws2-install $(MADE) $(VERSION) strip

uninstall:
	@$(PLACES) tools/ws2-uninstall
