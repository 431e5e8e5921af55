/* SPDX-License-Identifier: GPL-2.0 */
#ifndef US6_TEST_H
#define US6_TEST_H

/*
 * A test file has a first line "// SRC: net/ipv6/ROOM/FILE.c ..." that names
 * the PURE sources it is linked with, and
 *
 *	static void name_of_a_behaviour(void) { CHECK(...); CHECK_EQ(a, b); }
 *	int main(void)
 *	{
 *		RUN(name_of_a_behaviour);
 *		return us6_test_end();
 *	}
 *
 * The output is TAP.  A failed check is printed with its place and values; the
 * function goes on, so that one run shows all that is wrong.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int us6_test_count, us6_test_failed, us6_test_bad;

#define CHECK(cond) do {							\
	if (!(cond)) {								\
		printf("# %s:%d: not true: %s\n", __FILE__, __LINE__, #cond);	\
		us6_test_bad++;							\
	}									\
} while (0)

/* For integers of any size up to 64 bits. */
#define CHECK_EQ(got, want) do {						\
	long long g_ = (long long)(got), w_ = (long long)(want);		\
										\
	if (g_ != w_) {								\
		printf("# %s:%d: %s is %lld (0x%llx), expected %lld (0x%llx)\n",\
		       __FILE__, __LINE__, #got, g_, g_, w_, w_);		\
		us6_test_bad++;							\
	}									\
} while (0)

#define CHECK_MEM(got, want, len) do {						\
	if (memcmp(got, want, len)) {						\
		printf("# %s:%d: %s differs from %s\n",				\
		       __FILE__, __LINE__, #got, #want);			\
		us6_test_bad++;							\
	}									\
} while (0)

#define RUN(fn) us6_test_run(#fn, fn)

static inline void us6_test_run(const char *name, void (*fn)(void))
{
	us6_test_bad = 0;
	fn();
	us6_test_count++;
	if (us6_test_bad)
		us6_test_failed++;
	printf("%sok %d - %s\n", us6_test_bad ? "not " : "", us6_test_count, name);
	fflush(stdout);
}

static inline int us6_test_end(void)
{
	printf("1..%d\n", us6_test_count);
	return us6_test_failed || !us6_test_count;
}

#endif /* US6_TEST_H */
