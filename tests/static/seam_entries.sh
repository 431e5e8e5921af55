#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every stock function, object and field that other kernel code reaches is
# redirected, set, filled, or left for a written reason.
exec "$(dirname "$0")/../../scripts/check-entries"
