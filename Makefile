# SPDX-License-Identifier: GPL-2.0
#
# Builds us6 out of tree.  Kbuild wants its objects beside the sources, so each
# kernel gets a tree of links of its own under build/: 6.1, 6.12 and the debug
# kernel stay built side by side and every build is incremental.

top := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))

# KERNEL= picks one of the test machine's kernels, KDIR= any kernel's headers;
# without either the running kernel's, and where those are not installed the
# newest 6.1 of the distribution.
KERNEL ?=
ifeq ($(KERNEL),)
KDIR ?= $(or $(wildcard /lib/modules/$(shell uname -r)/build),$(shell $(top)/scripts/kernel-dir 6.1))
else
KDIR ?= $(shell $(top)/scripts/kernel-dir $(KERNEL))
endif

release = $(shell sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' $(KDIR)/include/generated/utsrelease.h 2>/dev/null)
out     = $(top)/build/$(release)
kmake   = $(MAKE) -C $(KDIR) M=$(out) $(if $(W),W=$(W)) $(if $(C),C=$(C))

.PHONY: all modules links probe-modules clean
all: modules

modules: links
	+@$(kmake) modules
	@cp -f $(out)/us6.ko $(top)/us6.ko

links:
	@test -n "$(release)" || { \
		echo "us6: no kernel headers at '$(KDIR)': install linux-headers-amd64 or give KDIR=" >&2; \
		exit 1; }
	@$(top)/scripts/link-tree $(top) $(out)
	@$(top)/scripts/gen-resolved $(KDIR) $(top)/net/ipv6/stock/resolved.list \
		$(out)/include/generated-us6/resolved.h

# Modules that only tests load: build/<release>.tests/*.ko
probe-modules:
	@mkdir -p $(out).tests
	@ln -sf $(top)/tests/kmod/Kbuild $(top)/tests/kmod/*.[ch] $(out).tests/
	@$(MAKE) -C $(KDIR) M=$(out).tests $(if $(W),W=$(W)) $(if $(C),C=$(C)) modules

# On a real host: modules, load order and boot parameter; and the way back.
.PHONY: install dkms uninstall
install: modules
	@RELEASE=$(release) $(top)/scripts/host-install install

dkms uninstall:
	@$(top)/scripts/host-install $@

clean:
	@rm -rf $(top)/build $(top)/*.ko

-include $(top)/tests/tests.mk
