# SPDX-License-Identifier: GPL-2.0
# The tests' targets.  TEST= picks by a part of the name, STACK=stock runs the
# functional and conformance tests against the stock stack, KERNEL=6.12 on the
# other kernel.

runner = cd $(top)/tests && STACK='$(STACK)' TEST='$(TEST)' KERNEL='$(KERNEL)' \
	/usr/bin/python3 -B -m runner

.PHONY: setup check-unit check-fuzz check-functional check-conformance

setup:
	@$(top)/scripts/setup

# The tests' modules are always those of the test machine's kernel, never of
# the kernel that happens to run here.  The flags are those of the runner's
# build part, or all would be compiled again after it.
test_kernel = $(or $(KERNEL),6.1)
test_make = $(MAKE) --no-print-directory -C $(top) W=1 C=1 KERNEL=$(test_kernel) \
	KDIR=$$($(top)/scripts/kernel-dir $(test_kernel))
.PHONY: test-modules
test-modules: setup
ifneq ($(STACK),stock)
	+@$(test_make) modules >/dev/null
endif
	+@$(test_make) probe-modules >/dev/null

check-unit: setup
	@$(runner) unit

check-fuzz: setup
	@$(runner) fuzz

check-functional: test-modules
	@$(runner) functional

check-conformance: test-modules
	@$(runner) conformance

.PHONY: check check-stock check-debug check-smoke check-static
# Runs the new and changed tests against the stock stack (ALL=1: all of them)
# and writes tests/stock-results.tsv, which is committed.
check-stock: setup
	@$(MAKE) --no-print-directory -C $(top) STACK=stock test-modules
	@$(runner) stock-update

check-smoke: setup
	@$(MAKE) --no-print-directory -C $(top) KERNEL=6.12 test-modules
	@cd $(top)/tests && TEST='$(TEST)' /usr/bin/python3 -B -m runner smoke

check-static: setup
	@$(runner) build static

# Not part of check: the kernel takes long to build, once.
check-debug: setup
	@$(top)/scripts/debug-kernel
	@$(MAKE) --no-print-directory -C $(top) KERNEL=debug test-modules
	@cd $(top)/tests && TEST='$(TEST)' /usr/bin/python3 -B -m runner debug

check: setup
	@$(runner) build static unit fuzz conformance functional stock-check smoke

.PHONY: demo
demo:
	@STACK='$(STACK)' KERNEL='$(KERNEL)' $(top)/scripts/demo
