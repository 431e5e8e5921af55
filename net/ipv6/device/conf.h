/* SPDX-License-Identifier: GPL-2.0 */
/* Between conf.c, which makes the files, and conf_keys.c, which gives them sense. */
#ifndef _US6_DEVICE_CONF_H
#define _US6_DEVICE_CONF_H

#include <linux/sysctl.h>
#include <net/us6/device.h>

enum us6_conf_kind {
	US6_CONF_ALL,
	US6_CONF_DEFAULT,
	US6_CONF_DEV,
};

enum us6_conf_unit {
	US6_CONF_NUMBER,
	US6_CONF_SECONDS,	/* kept in jiffies */
	US6_CONF_MS,		/* kept in jiffies */
};

/* One folder conf/NAME.  I: immutable */
struct us6_conf {
	enum us6_conf_kind	kind;	/* I */
	struct net		*net;	/* I */
	struct us6_dev		*udev;	/* I; NULL in all and default */
	struct ipv6_devconf	*cnf;	/* I */
	struct ctl_table_header	*hdr;	/* I */
	struct ctl_table	table[];
};

struct us6_conf_key {
	const char		*name;
	u16			offset;		/* in struct ipv6_devconf */
	u8			size;		/* 1 or 4 */
	u8			unit;		/* enum us6_conf_unit */
	umode_t			mode;
	int			min;
	int			max;
	/*
	 * Stores and acts; RTNL held.  NULL: storing is all.
	 * Return: 0 or a negative errno with nothing changed.
	 */
	int			(*set)(struct us6_conf *conf,
				       const struct us6_conf_key *key,
				       int old, int val);
};

extern const struct us6_conf_key us6_conf_keys[];
extern const int us6_conf_n_keys;

/** us6_conf_store() - write a key's value. @cnf: where. @key: which. @val: value */
void us6_conf_store(struct ipv6_devconf *cnf, const struct us6_conf_key *key,
		    int val);

/**
 * us6_conf_set_secret() - stable_secret was written, RFC 7217
 * @conf: default or an interface
 * @secret: the new one
 *
 * RTNL held.  Turns addr_gen_mode to stable privacy, of the interface or of all.
 */
void us6_conf_set_secret(struct us6_conf *conf, const struct in6_addr *secret);

#endif
