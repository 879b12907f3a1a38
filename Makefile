# make            builds the libraries and the examples, and runs the file transfer over loopback
# make examples   builds without running
# make install    installs libraries, headers, the compilers ws2cc and ws2c++, and ws2_32.pc below PREFIX
PREFIX  = /usr/local
DESTDIR =

TARGET    := $(or $(CARGO_TARGET_DIR),target)
LIBRARIES := $(TARGET)/release
PROGRAMS  := $(TARGET)/programs

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Werror
CFLAGS   = -std=c99 -O2 $(WARNINGS)
CXXFLAGS = -std=c++11 -O2 $(WARNINGS)
CPPFLAGS = -Iinclude
# Found at run time where it was built.
LDLIBS   = -L$(LIBRARIES) -Wl,-rpath,$(abspath $(LIBRARIES)) -lws2_32

.PHONY: run examples libraries install

run: examples
	examples/run $(PROGRAMS) $(LIBRARIES)/libws2_32.a

EXAMPLES := $(patsubst examples/%,$(PROGRAMS)/%,$(basename $(wildcard examples/*.c examples/*.cpp)))

examples: $(EXAMPLES)

# cargo knows what has changed.
libraries:
	cargo build --release
	ln -sf libws2_32.so $(LIBRARIES)/libws2_32.so.2
	CC='$(CC)' tools/ws2-libraries src/ffi/exports.txt $(LIBRARIES)

$(PROGRAMS)/%: examples/%.c $(wildcard examples/*.h) | libraries
	@mkdir -p $(PROGRAMS)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LDLIBS)

$(PROGRAMS)/%: examples/%.cpp $(wildcard examples/*.h) | libraries
	@mkdir -p $(PROGRAMS)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -o $@ $< $(LDLIBS)

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)

install: | libraries
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include/ws2_32
	install -m 755 -s $(LIBRARIES)/libws2_32.so $(DESTDIR)$(PREFIX)/lib/libws2_32.so.2
	ln -sf libws2_32.so.2 $(DESTDIR)$(PREFIX)/lib/libws2_32.so
	install -m 644 $(LIBRARIES)/libws2_32.a $(DESTDIR)$(PREFIX)/lib/
	cp -R include/. $(DESTDIR)$(PREFIX)/include/ws2_32/
	CC='$(CC)' tools/ws2-libraries src/ffi/exports.txt $(DESTDIR)$(PREFIX)/lib
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/ws2cc
	install -m 755 bin/ws2cc bin/ws2c++ $(DESTDIR)$(PREFIX)/bin/
	cp -R share/ws2cc/. $(DESTDIR)$(PREFIX)/share/ws2cc/
	chmod -R u=rwX,go=rX $(DESTDIR)$(PREFIX)/include/ws2_32 $(DESTDIR)$(PREFIX)/share/ws2cc
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' ws2_32.pc.in \
	    > $(DESTDIR)$(PREFIX)/lib/pkgconfig/ws2_32.pc
