# make             builds the libraries and the examples, and runs the file transfer over loopback
# make libraries   builds the libraries into target/made
# make examples    builds without running
# make install     installs libraries, headers, the compilers ws2cc and ws2c++, and ws2_32.pc below PREFIX
PREFIX  = /usr/local
DESTDIR =

TARGET    := $(or $(CARGO_TARGET_DIR),target)
# Where what is made here goes. Cargo's own place, target/release, is that of `cargo build --release`, too, which makes
# other libraries: for one that is also built for Rust, cargo does no link-time optimisation.
MADE      := $(TARGET)/made
PROGRAMS  := $(TARGET)/programs

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Werror
CFLAGS   = -std=c99 -O2 $(WARNINGS)
CXXFLAGS = -std=c++11 -O2 $(WARNINGS)
CPPFLAGS = -Iinclude
# Found at run time where it was built.
LDLIBS   = -L$(MADE) -Wl,-rpath,$(abspath $(MADE)) -lws2_32

.PHONY: run examples libraries install

run: examples
	examples/run $(PROGRAMS) $(MADE)/libws2_32.a

EXAMPLES := $(patsubst examples/%,$(PROGRAMS)/%,$(basename $(wildcard examples/*.c examples/*.cpp)))

examples: $(EXAMPLES)

# cargo knows what has changed. A file takes its place in one step, for programs that run with the one before.
libraries:
	cargo rustc --release --lib --crate-type cdylib,staticlib
	@mkdir -p $(MADE)
	@for file in libws2_32.so libws2_32.a; do \
	    cmp -s $(TARGET)/release/$$file $(MADE)/$$file || \
	        { cp $(TARGET)/release/$$file $(MADE)/$$file.new && mv $(MADE)/$$file.new $(MADE)/$$file; } || exit; \
	done
	@ln -sf libws2_32.so $(MADE)/libws2_32.so.2
	@CC='$(CC)' tools/ws2-libraries src/ffi/exports.txt $(MADE)

$(PROGRAMS)/%: examples/%.c $(wildcard examples/*.h) | libraries
	@mkdir -p $(PROGRAMS)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LDLIBS)

$(PROGRAMS)/%: examples/%.cpp $(wildcard examples/*.h) | libraries
	@mkdir -p $(PROGRAMS)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -o $@ $< $(LDLIBS)

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)

install: | libraries
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include/ws2_32
	install -m 755 -s $(MADE)/libws2_32.so $(DESTDIR)$(PREFIX)/lib/libws2_32.so.2
	ln -sf libws2_32.so.2 $(DESTDIR)$(PREFIX)/lib/libws2_32.so
	install -m 644 $(MADE)/libws2_32.a $(DESTDIR)$(PREFIX)/lib/
	cp -R include/. $(DESTDIR)$(PREFIX)/include/ws2_32/
	CC='$(CC)' tools/ws2-libraries src/ffi/exports.txt $(DESTDIR)$(PREFIX)/lib
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/ws2cc
	install -m 755 bin/ws2cc bin/ws2c++ $(DESTDIR)$(PREFIX)/bin/
	cp -R share/ws2cc/. $(DESTDIR)$(PREFIX)/share/ws2cc/
	chmod -R u=rwX,go=rX $(DESTDIR)$(PREFIX)/include/ws2_32 $(DESTDIR)$(PREFIX)/share/ws2cc
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' ws2_32.pc.in \
	    > $(DESTDIR)$(PREFIX)/lib/pkgconfig/ws2_32.pc
