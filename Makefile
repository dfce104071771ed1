# apeng.  `make run` builds, signs and serves the capsule, `make check` runs all
# tests; both install the packages that they need.  All generated files go to
# build/ and certs/.
#
# GNU make (gmake on the BSDs).  CC, CFLAGS, CPPFLAGS, LDFLAGS, PKG_CONFIG
# may come from the environment.
.SUFFIXES:
MAKEFLAGS += --no-print-directory

ifeq ($(origin CC),default)
CC	= gcc
endif
BUILD	= build
VERSION	= 1.0
PREFIX	= /usr/local
JOBS	= $$(nproc 2>/dev/null || echo 2)
CFLAGS	?= -O2 -g
WARN	= -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes \
	  -Wpointer-arith -Wshadow -Wvla
# -Werror is used for the tests only: a newer compiler has more warnings.
WERROR	=
tests-built: WERROR = -Werror

# pkg-config is asked for the libraries once, and only when something is linked
# or compiled; libunistring has no file for it.
PKG_CONFIG ?= pkg-config
PKGS	= libevent_core libtls libssl libcrypto yaml-0.1 libzstd libqrencode \
	  zlib
# On Linux libcurl is loaded when it is needed: src/mirror/libcurl.h.
LATER	= libcurl
ifneq ($(shell uname -s),Linux)
PKGS	+= $(LATER)
endif
LIBS	= $(eval LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS)) -lunistring)$(LIBS)
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) $(LATER)))$(PKG_CFLAGS)

SAN_0	=
SAN_1	= -fsanitize=address,undefined -fno-sanitize-recover=all \
	  -fno-omit-frame-pointer
SAN_race = -fsanitize=thread
SAN	= 0

# The flag, if the compiler has it for this machine; else nothing.
can	= $(shell $(CC) -Werror $(1) -S -o /dev/null -x c /dev/null \
	  >/dev/null 2>&1 && echo $(1))
# glibc's checked functions need optimization and do not work with the
# sanitizers.  When the flags name FORTIFY_SOURCE already, they stay.
OPT	= $(filter-out -O0,$(lastword $(filter -O%,$(CFLAGS))))
FORTIFY	= $(if $(and $(OPT),$(filter 0,$(SAN))),$(if $(findstring \
	  FORTIFY_SOURCE,$(CC) $(CFLAGS) $(CPPFLAGS)),,-U_FORTIFY_SOURCE \
	  -D_FORTIFY_SOURCE=3))
CPU	:= $(call can,-fstack-clash-protection) \
	   $(call can,-fcf-protection) $(call can,-mbranch-protection=standard)
HARDEN	= -fstack-protector-strong -fPIE $(CPU) $(FORTIFY)
LINK	= $(CFLAGS) $(SAN_$(SAN)) -pthread -pie -Wl,-z,relro,-z,now $(LDFLAGS)
# 32-bit systems need 64-bit offsets for large inode numbers, too.
ALLC	= -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Isrc $(HARDEN) \
	  $(WARN) $(WERROR) $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(SAN_$(SAN)) \
	  -MMD -MP

# make run
HOST	= localhost
ADDR	=
GEMINI_PORT = 1965
GOPHER_PORT = 7070
HTTP_PORT = 8080

SRC	:= $(wildcard src/*/*.c)
STARTER	:= $(wildcard src/cmd/starter/*.* src/cmd/starter/pages/*.yml) \
	   $(wildcard capsule/schema*.json)
LANGS	:= src/lang/en.txt $(filter-out src/lang/en.txt,$(wildcard src/lang/*.txt))
OBJ	:= $(SRC:%.c=$(BUILD)/%.o) $(BUILD)/gen/starter.o $(BUILD)/gen/languages.o
LIBOBJ	:= $(filter-out $(BUILD)/src/cmd/main.o,$(OBJ))
UNIT	:= $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*/t_*.c))
HELP	:= $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/tools/*.c))
SUPPORT	:= $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/lib/*.c))
FUZZ	:= $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/fuzz/f_*.c))

all: $(BUILD)/apeng

$(BUILD)/apeng: $(OBJ)
	@echo '  link $@'
	@$(CC) $(LINK) -o $@ $(OBJ) $(LIBS)

$(BUILD)/src/cmd/main.o: ALLC += -DVERSION='"$(VERSION)"'

$(BUILD)/libapeng.a: $(LIBOBJ)
	@rm -f $@
	@ar rcs $@ $(LIBOBJ)

# The objects depend on the Makefile, because it has the flags.
$(BUILD)/src/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	@echo '  cc $@'
	@$(CC) $(ALLC) -c -o $@ $<

$(BUILD)/gen/starter.c: $(STARTER)
	@mkdir -p $(@D)
	@sh src/cmd/starter/embed.sh $(filter-out %.sh,$(STARTER)) >$@.tmp
	@mv $@.tmp $@

$(BUILD)/gen/languages.c: src/lang/embed.awk $(LANGS)
	@mkdir -p $(@D)
	@LC_ALL=C awk -f src/lang/embed.awk $(LANGS) >$@.tmp
	@mv $@.tmp $@

$(BUILD)/gen/languages.o: $(BUILD)/gen/languages.c
	@echo '  cc $@'
	@$(CC) $(ALLC) -c -o $@ $<

$(BUILD)/gen/starter.o: $(BUILD)/gen/starter.c
	@echo '  cc $@'
	@$(CC) $(ALLC) -c -o $@ $<

$(BUILD)/tests/lib/%.o: tests/lib/%.c
	@mkdir -p $(@D)
	@echo '  cc $@'
	@$(CC) $(ALLC) -Itests -c -o $@ $<

# A unit test is one program, tests/FOLDER/t_NAME.c, with cmocka.
$(UNIT): $(BUILD)/tests/%: tests/%.c $(BUILD)/libapeng.a $(SUPPORT)
	@mkdir -p $(@D)
	@echo '  link $@'
	@$(CC) $(ALLC) -Itests $(LINK) -o $@ $< $(SUPPORT) \
	    $(BUILD)/libapeng.a -lcmocka $(LIBS)

# Tools of the system tests: hostile peers, line simulator, load generator.
$(HELP): $(BUILD)/tests/%: tests/%.c $(BUILD)/libapeng.a $(SUPPORT)
	@mkdir -p $(@D)
	@echo '  link $@'
	@$(CC) $(ALLC) -Itests $(LINK) -o $@ $< $(SUPPORT) \
	    $(BUILD)/libapeng.a $(LIBS)

# tests/fuzz/f_NAME.c has LLVMFuzzerTestOneInput(); here it replays files.
$(FUZZ): $(BUILD)/tests/%: tests/%.c $(BUILD)/libapeng.a $(SUPPORT)
	@mkdir -p $(@D)
	@echo '  link $@'
	@$(CC) $(ALLC) -Itests $(LINK) -o $@ $< tests/fuzz/replay.c \
	    $(SUPPORT) $(BUILD)/libapeng.a $(LIBS)

-include $(OBJ:.o=.d) $(wildcard $(BUILD)/tests/*/*.d)

tests-built: $(BUILD)/apeng $(UNIT) $(HELP) $(FUZZ)

run:
	@sh conf/prepare.sh run
	@$(MAKE) -j$(JOBS) all
	@HOST='$(HOST)' ADDR='$(ADDR)' GEMINI_PORT='$(GEMINI_PORT)' \
	    GOPHER_PORT='$(GOPHER_PORT)' HTTP_PORT='$(HTTP_PORT)' BUILD='$(BUILD)' sh conf/run.sh

# Without SAN: gcc, clang and the sanitizer build; SAN=1 alone does that one.
check:
	@sh conf/prepare.sh check
	@SAN='$(SAN)' MAKE='$(MAKE)' sh tests/check.sh

# Build once and run the tests of a folder, make test T=content, or one test,
# T=net/slow.  AT_ONCE=1: one test at a time.
T	=
AT_ONCE	=
test: 
	@$(MAKE) -j$(JOBS) tests-built
	@AT_ONCE='$(AT_ONCE)' BUILD='$(BUILD)' python3 tests/run.py $(T)

# make install PREFIX=/usr DESTDIR=/somewhere.  An existing apeng.yml is not
# changed.  UNITS= (empty) installs no files of systemd.
ETC	= /etc/apeng
MAN	= $(PREFIX)/share/man
DOC	= $(PREFIX)/share/doc/apeng
UNITS	= $(PREFIX)/lib
PLACES	= DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' ETC='$(ETC)' MAN='$(MAN)' \
	  DOC='$(DOC)' UNITS='$(UNITS)' BUILD='$(BUILD)'
install: all
	@$(PLACES) sh conf/install.sh

# With the same arguments as make install.
uninstall:
	@$(PLACES) sh conf/install.sh uninstall

# A Debian package in build/.
deb:
	@sh conf/prepare.sh deb
	@sh conf/deb.sh

# Install, run and purge that package in a new small Debian system (root).
check-deb: deb
	@$(MAKE) $(BUILD)/tests/tools/load
	@BUILD='$(BUILD)' sh tests/deb.sh

# Run README's two commands on new systems without packages (root).  One release
# alone: make check-fresh FRESH=trixie; T=serve runs the tests of that folder in
# place of check.
FRESH	= bookworm trixie
check-fresh:
	@sh conf/prepare.sh fresh
	@T='$(T)' sh tests/fresh.sh $(FRESH)

# Long things, not part of check.
FUZZ_T	= 60
fuzz:
	@sh conf/prepare.sh check
	@sh tests/fuzz/fuzz.sh $(if $(T),$(T),$(FUZZ_T))

bench:
	@sh conf/prepare.sh bench
	@$(MAKE) -j$(JOBS) tests-built
	@BUILD='$(BUILD)' sh tests/bench/bench.sh

# The crowd of hostile clients at full size; N mixed requests over reloads.
abuse:
	@sh conf/prepare.sh check
	@$(MAKE) -j$(JOBS) tests-built
	@BUILD='$(BUILD)' sh tests/long.sh abuse

# slowhttptest against HTTP: slow headers, bodies and readers, lists of ranges.
slow-http:
	@sh conf/prepare.sh slow
	@$(MAKE) -j$(JOBS) all
	@BUILD='$(BUILD)' sh tests/long.sh slowhttp

N	= 1000000
soak:
	@sh conf/prepare.sh check
	@$(MAKE) -j$(JOBS) tests-built
	@N='$(N)' BUILD='$(BUILD)' sh tests/long.sh soak

# Data races of a build in several threads, by ThreadSanitizer.
race:
	@sh conf/prepare.sh check
	@$(MAKE) -j$(JOBS) BUILD=$(BUILD)/race SAN=race all \
	    $(BUILD)/race/tests/base/t_crew
	@BUILD='$(BUILD)/race' sh tests/race.sh

# These need more of a machine than `make check': a browser and npm, and all
# clients that Debian has, some of them in an X server of their own.
check-html:
	@sh conf/prepare.sh html
	@$(MAKE) -j$(JOBS) all
	@BUILD='$(BUILD)' python3 tests/html/check.py
	@BUILD='$(BUILD)' python3 tests/html/live.py
	@BUILD='$(BUILD)' python3 tests/html/books/check.py

check-editor:
	@sh conf/prepare.sh editor
	@$(MAKE) -j$(JOBS) all
	@BUILD='$(BUILD)' python3 tests/editor/check.py

check-clients:
	@sh conf/prepare.sh clients
	@$(MAKE) -j$(JOBS) all
	@BUILD='$(BUILD)' sh tests/clients/run.sh $(T)

# ARCH=arm64|armhf|s390x: tests under qemu-user; musl: what compiles with it;
# openbsd-syntax: compiles for OpenBSD, as far as that is possible without one.
ARCH	= s390x
cross:
	@sh conf/prepare.sh cross
	@$(MAKE) -j$(JOBS) all
	@sh tests/cross.sh $(ARCH)

clean:
	rm -rf build

.PHONY: all run check test tests-built fuzz bench abuse soak race cross \
	install uninstall deb check-deb check-fresh clean check-html check-editor \
	check-clients slow-http
