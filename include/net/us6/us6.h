/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_US6_H
#define _NET_US6_US6_H

/* A rung of a ladder: what comes up by itself, and its way back. */
struct us6_rung {
	int (*init)(void);
	void (*exit)(void);
};

/**
 * us6_rungs_up() - run the inits in order
 * @rungs: the ladder
 * @n: its length
 *
 * Return: 0, or the errno of the one that failed, with those before it undone.
 */
int us6_rungs_up(const struct us6_rung *rungs, int n);
/** us6_rungs_down() - run the exits in reverse. @rungs: ladder; @n: its length */
void us6_rungs_down(const struct us6_rung *rungs, int n);

/*
 * The rungs of the init ladder in net/ipv6/main.c, one pair a room.  All run in
 * process context of insmod and rmmod and may sleep; none holds RTNL when it is
 * called.  An init returns 0, or a negative errno after it has undone what it
 * did itself.  An exit is called only after its init succeeded.
 */

int us6_stock_init(void);
void us6_stock_exit(void);
int us6_mib_init(void);
void us6_mib_exit(void);
int us6_device_init(void);
void us6_device_exit(void);
int us6_route_init(void);
void us6_route_exit(void);
int us6_nd_init(void);
void us6_nd_exit(void);
int us6_addr_init(void);
void us6_addr_exit(void);
int us6_mcast_init(void);
void us6_mcast_exit(void);
int us6_path_init(void);
void us6_path_exit(void);
int us6_sock_init(void);
void us6_sock_exit(void);
int us6_ctl_init(void);
void us6_ctl_exit(void);
int us6_face_init(void);
void us6_face_exit(void);
int us6_stock_install(void);
void us6_stock_remove(void);
int us6_family_register(void);
void us6_family_unregister(void);
int us6_device_start(void);
void us6_device_stop(void);
int us6_path_start(void);
void us6_path_stop(void);

#endif /* _NET_US6_US6_H */
