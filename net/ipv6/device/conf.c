// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/sys/net/ipv6/conf/{all,default,INTERFACE}: the files.
 *
 * One handler for every key: it parses, checks the range and either stores the
 * value or calls what the key wants to happen.  The keys and their effects are in
 * conf_keys.c.
 */
#include <linux/inet.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/us6/device.h>
#include <net/us6/sysctl.h>
#include "conf.h"
#include "internal.h"

static int us6_conf_load(const struct us6_conf *conf,
			 const struct us6_conf_key *key)
{
	const void *p = (const u8 *)conf->cnf + key->offset;

	return key->size == 1 ? READ_ONCE(*(const u8 *)p) :
				READ_ONCE(*(const int *)p);
}

void us6_conf_store(struct ipv6_devconf *cnf, const struct us6_conf_key *key,
		    int val)
{
	void *p = (u8 *)cnf + key->offset;

	if (key->size == 1)
		WRITE_ONCE(*(u8 *)p, val);
	else
		WRITE_ONCE(*(int *)p, val);
}

static int us6_conf_parse(const struct us6_conf_key *key, int *val, int write,
			  void *buffer, size_t *lenp, loff_t *ppos)
{
	struct ctl_table tmp = {
		.procname = key->name,
		.data = val,
		.maxlen = sizeof(*val),
		.mode = key->mode,
	};

	switch (key->unit) {
	case US6_CONF_SECONDS:
		return proc_dointvec_jiffies(&tmp, write, buffer, lenp, ppos);
	case US6_CONF_MS:
		return proc_dointvec_ms_jiffies(&tmp, write, buffer, lenp, ppos);
	default:
		return proc_dointvec(&tmp, write, buffer, lenp, ppos);
	}
}

static int us6_conf_handler(us6_ctl_table *ctl, int write, void *buffer,
			    size_t *lenp, loff_t *ppos)
{
	const struct us6_conf_key *key = ctl->extra1;
	struct us6_conf *conf = ctl->extra2;
	int val = us6_conf_load(conf, key);
	loff_t pos = *ppos;
	int err;

	err = us6_conf_parse(key, &val, write, buffer, lenp, ppos);
	if (err || !write)
		return err;
	if (val < key->min || val > key->max)
		return -EINVAL;
	if (!key->set) {
		us6_conf_store(conf->cnf, key, val);
		return 0;
	}
	/*
	 * Whoever removes this file holds RTNL and waits for us: never wait
	 * for RTNL here.
	 */
	if (!rtnl_trylock()) {
		*ppos = pos;
		return restart_syscall();
	}
	err = key->set(conf, key, us6_conf_load(conf, key), val);
	rtnl_unlock();
	return err;
}

/* An IPv6 address as text; unreadable until it was set. RFC 7217 section 6. */
static int us6_conf_secret_handler(us6_ctl_table *ctl, int write, void *buffer,
				   size_t *lenp, loff_t *ppos)
{
	struct us6_conf *conf = ctl->extra2;
	char text[INET6_ADDRSTRLEN] = "";
	struct ctl_table tmp = {
		.data = text,
		.maxlen = sizeof(text),
	};
	struct in6_addr secret;
	loff_t pos = *ppos;
	int err;

	if (conf->kind == US6_CONF_ALL)
		return -EIO;
	if (!rtnl_trylock())
		return restart_syscall();
	if (!write) {
		err = -EIO;
		if (conf->cnf->stable_secret.initialized) {
			snprintf(text, sizeof(text), "%pI6",
				 &conf->cnf->stable_secret.secret);
			err = proc_dostring(&tmp, write, buffer, lenp, ppos);
		}
	} else {
		err = proc_dostring(&tmp, write, buffer, lenp, ppos);
		if (!err && in6_pton(text, -1, secret.in6_u.u6_addr8, -1,
				     NULL) != 1)
			err = -EIO;
		if (!err)
			us6_conf_set_secret(conf, &secret);
		else
			*ppos = pos;
	}
	rtnl_unlock();
	return err;
}

static struct us6_conf *us6_conf_new(struct net *net, struct us6_dev *udev,
				     struct ipv6_devconf *cnf, const char *name)
{
	char path[sizeof("net/ipv6/conf/") + IFNAMSIZ];
	const int n = us6_conf_n_keys + 1;
	struct us6_conf *conf;
	int i;

	conf = kzalloc(struct_size(conf, table, n + 1), GFP_KERNEL_ACCOUNT);
	if (!conf)
		return NULL;
	conf->net = net;
	conf->udev = udev;
	conf->cnf = cnf;
	for (i = 0; i < us6_conf_n_keys; i++) {
		struct ctl_table *t = &conf->table[i];

		t->procname = us6_conf_keys[i].name;
		t->mode = us6_conf_keys[i].mode;
		t->maxlen = sizeof(int);
		t->data = (u8 *)cnf + us6_conf_keys[i].offset;
		t->proc_handler = us6_conf_handler;
		t->extra1 = (void *)&us6_conf_keys[i];
		t->extra2 = conf;
	}
	conf->table[i].procname = "stable_secret";
	conf->table[i].mode = 0600;
	conf->table[i].maxlen = INET6_ADDRSTRLEN;
	conf->table[i].data = &cnf->stable_secret;
	conf->table[i].proc_handler = us6_conf_secret_handler;
	conf->table[i].extra2 = conf;

	snprintf(path, sizeof(path), "net/ipv6/conf/%s", name);
	conf->hdr = register_net_sysctl_sz(net, path, conf->table, n);
	if (!conf->hdr) {
		kfree(conf);
		return NULL;
	}
	WRITE_ONCE(cnf->sysctl_header, conf->hdr);
	return conf;
}

static void us6_conf_free(struct us6_conf *conf)
{
	WRITE_ONCE(conf->cnf->sysctl_header, NULL);
	unregister_net_sysctl_table(conf->hdr);
	kfree(conf);
}

int us6_conf_dev_register(struct us6_dev *udev)
{
	const char *name = udev->idev.dev->name;
	struct us6_conf *conf;

	ASSERT_RTNL();
	if (!strcmp(name, "all") || !strcmp(name, "default"))
		return -EINVAL;
	conf = us6_conf_new(us6_dev_net(udev), udev, &udev->idev.cnf, name);
	if (!conf)
		return -ENOBUFS;
	conf->kind = US6_CONF_DEV;
	udev->sysctl = conf;
	return 0;
}

void us6_conf_dev_unregister(struct us6_dev *udev)
{
	ASSERT_RTNL();
	if (!udev->sysctl)
		return;
	us6_conf_free(udev->sysctl);
	udev->sysctl = NULL;
}

static struct us6_conf *us6_conf_of(struct ctl_table_header *hdr)
{
	const struct ctl_table *table = hdr->ctl_table_arg;

	return table->extra2;
}

int us6_conf_net_register(struct net *net)
{
	struct us6_conf *all, *dflt;

	all = us6_conf_new(net, NULL, net->ipv6.devconf_all, "all");
	if (!all)
		return -ENOMEM;
	all->kind = US6_CONF_ALL;
	dflt = us6_conf_new(net, NULL, net->ipv6.devconf_dflt, "default");
	if (!dflt) {
		us6_conf_free(all);
		return -ENOMEM;
	}
	dflt->kind = US6_CONF_DEFAULT;
	return 0;
}

void us6_conf_net_unregister(struct net *net)
{
	us6_conf_free(us6_conf_of(net->ipv6.devconf_dflt->sysctl_header));
	us6_conf_free(us6_conf_of(net->ipv6.devconf_all->sysctl_header));
}
