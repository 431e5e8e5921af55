// SPDX-License-Identifier: GPL-2.0
/*
 * Counts instructions for packets through the stack under test.
 *
 * Runs in a VM with "-icount shift=0", where the time stamp counter advances by
 * one for each guest instruction, so a difference of two readings is a count and
 * not a time.  Prints the median over many rounds.
 *
 *   bench frame IF DSTMAC N DST      one frame a round through AF_PACKET on IF
 *   bench list IF DSTMAC N DST SPAN  64 frames at once, received on IF as NAPI
 *                                    delivers them (BPF live frames), the last
 *                                    octet of DST drawn from 0..SPAN-1 if SPAN > 1
 *   bench udprr ADDR N               one request and one answer over UDP
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/ip6.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <x86intrin.h>

#define LIST_LEN 64
#define FRAME_LEN 64
#define DST_LAST_OCTET (ETH_HLEN + offsetof(struct ip6_hdr, ip6_dst) + 15)

static const char src_addr[] = "2001:db8:1::2";
static const uint8_t src_mac[6] = { 2, 0, 0, 0, 0, 0x0a };

static void die(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void print_median(uint64_t *v, int n)
{
	qsort(v, n, sizeof(*v), by_value);
	printf("%llu\n", (unsigned long long)v[n / 2]);
}

static uint16_t csum_icmp6(const struct ip6_hdr *ip6, const uint8_t *p, int len)
{
	const uint16_t *a = (const uint16_t *)&ip6->ip6_src;
	uint32_t sum = htons(len) + htons(IPPROTO_ICMPV6);
	int i;

	for (i = 0; i < 16; i++)
		sum += a[i];
	for (i = 0; i + 1 < len; i += 2)
		sum += *(const uint16_t *)(p + i);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

/* 64 octets: UDP to port 9, or an Echo Request with BENCH_ECHO set. */
static void make_frame(uint8_t *f, const char *mac, const char *dst)
{
	struct ip6_hdr *ip6 = (void *)(f + ETH_HLEN);
	uint8_t *l4 = (uint8_t *)(ip6 + 1);
	int l4len = FRAME_LEN - ETH_HLEN - sizeof(*ip6);

	memset(f, 0, FRAME_LEN);
	if (sscanf(mac, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", f, f + 1, f + 2, f + 3,
		   f + 4, f + 5) != 6)
		die("MAC");
	memcpy(f + 6, src_mac, 6);
	f[12] = 0x86;
	f[13] = 0xdd;
	ip6->ip6_flow = htonl(6u << 28);
	ip6->ip6_plen = htons(l4len);
	ip6->ip6_hlim = 64;
	if (inet_pton(AF_INET6, src_addr, &ip6->ip6_src) != 1 ||
	    inet_pton(AF_INET6, dst, &ip6->ip6_dst) != 1)
		die("address");
	if (getenv("BENCH_ECHO")) {
		struct icmp6_hdr *ic = (void *)l4;

		ip6->ip6_nxt = IPPROTO_ICMPV6;
		ic->icmp6_type = ICMP6_ECHO_REQUEST;
		ic->icmp6_cksum = csum_icmp6(ip6, l4, l4len);
	} else {
		struct udphdr *u = (void *)l4;

		ip6->ip6_nxt = IPPROTO_UDP;
		u->source = htons(1024);
		u->dest = htons(9);
		u->len = htons(l4len);
		u->check = 0x1234;
	}
}

static void bench_frame(const char *ifname, const char *mac, int n,
			const char *dst)
{
	struct sockaddr_ll ll = { .sll_family = AF_PACKET, .sll_halen = 6 };
	uint64_t *v = calloc(n, sizeof(*v)), t;
	uint8_t frame[FRAME_LEN];
	int fd, i;

	make_frame(frame, mac, dst);
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	ll.sll_ifindex = if_nametoindex(ifname);
	if (fd < 0 || !ll.sll_ifindex || !v)
		die(ifname);
	for (i = 0; i < n; i++) {
		t = __rdtsc();
		if (sendto(fd, frame, FRAME_LEN, 0, (void *)&ll, sizeof(ll)) !=
		    FRAME_LEN)
			die("sendto");
		v[i] = __rdtsc() - t;
	}
	print_median(v, n);
}

#define HEAD_LEN 24	/* link header and the first 10 octets of ours */

/*
 * XDP_PASS, after writing the head of @frame: the kernel uses a page again as the
 * last run left it, with another link header and hop limit.  With @span > 1 the
 * last octet of the destination is drawn too.
 */
static int load_xdp(const uint8_t *frame, int span)
{
	struct bpf_insn prog[32] = {
		{ .code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = 6, .src_reg = 1,
		  .off = offsetof(struct xdp_md, data) },
		{ .code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = 3, .src_reg = 1,
		  .off = offsetof(struct xdp_md, data_end) },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 2, .src_reg = 6 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 2, .imm = FRAME_LEN },
		{ .code = BPF_JMP | BPF_JGT | BPF_X, .dst_reg = 2, .src_reg = 3 },
	};
	const struct bpf_insn draw[] = {
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_get_prandom_u32 },
		{ .code = BPF_ALU64 | BPF_AND | BPF_K, .dst_reg = 0, .imm = span - 1 },
		{ .code = BPF_STX | BPF_MEM | BPF_B, .dst_reg = 6, .src_reg = 0,
		  .off = DST_LAST_OCTET },
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_XDP };
	int fd, off, n = 5, jump = n - 1;

	for (off = 0; off < HEAD_LEN; off += sizeof(uint32_t)) {
		struct bpf_insn store = { .code = BPF_ST | BPF_MEM | BPF_W,
					  .dst_reg = 6, .off = off };

		memcpy(&store.imm, frame + off, sizeof(store.imm));
		prog[n++] = store;
	}
	if (span > 1) {
		memcpy(prog + n, draw, sizeof(draw));
		n += sizeof(draw) / sizeof(*draw);
	}
	prog[jump].off = n - jump - 1;
	prog[n++] = (struct bpf_insn){ .code = BPF_ALU64 | BPF_MOV | BPF_K,
				       .dst_reg = 0, .imm = XDP_PASS };
	prog[n++] = (struct bpf_insn){ .code = BPF_JMP | BPF_EXIT };

	attr.insns = (uint64_t)(uintptr_t)prog;
	attr.insn_cnt = n;
	attr.license = (uint64_t)(uintptr_t)"GPL";
	fd = syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
	if (fd < 0)
		die("bpf prog load");
	return fd;
}

static void bench_list(const char *ifname, const char *mac, int n,
		       const char *dst, int span)
{
	struct xdp_md ctx = { .data_end = FRAME_LEN };
	uint64_t *v = calloc(n, sizeof(*v));
	union bpf_attr attr = { 0 };
	uint8_t frame[FRAME_LEN];
	int i;

	make_frame(frame, mac, dst);
	ctx.ingress_ifindex = if_nametoindex(ifname);
	attr.test.prog_fd = load_xdp(frame, span);
	attr.test.data_in = (uint64_t)(uintptr_t)frame;
	attr.test.data_size_in = FRAME_LEN;
	attr.test.ctx_in = (uint64_t)(uintptr_t)&ctx;
	attr.test.ctx_size_in = sizeof(ctx);
	attr.test.flags = BPF_F_TEST_XDP_LIVE_FRAMES;
	attr.test.batch_size = LIST_LEN;
	attr.test.repeat = 16 * LIST_LEN;
	for (i = 0; i < n; i++) {
		if (syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attr, sizeof(attr)))
			die("bpf test run");
		/*
		 * A repetition in nanoseconds, which are instructions here, by
		 * the kernel's own count: the call sleeps before it returns.
		 */
		v[i] = attr.test.duration;
	}
	print_median(v, n);
}

static void bench_udprr(const char *addr, int n)
{
	struct sockaddr_in6 a = { .sin6_family = AF_INET6, .sin6_port = htons(7777) };
	uint64_t *v = calloc(n, sizeof(*v)), t;
	struct sockaddr_in6 from;
	socklen_t len;
	int s, c, i;
	char b = 0;

	s = socket(AF_INET6, SOCK_DGRAM, 0);
	c = socket(AF_INET6, SOCK_DGRAM, 0);
	if (s < 0 || c < 0 || inet_pton(AF_INET6, addr, &a.sin6_addr) != 1 ||
	    bind(s, (void *)&a, sizeof(a)) || connect(c, (void *)&a, sizeof(a)))
		die("udp");
	for (i = 0; i < n; i++) {
		t = __rdtsc();
		len = sizeof(from);
		if (send(c, &b, 1, 0) != 1 ||
		    recvfrom(s, &b, 1, 0, (void *)&from, &len) != 1 ||
		    sendto(s, &b, 1, 0, (void *)&from, len) != 1 ||
		    recv(c, &b, 1, 0) != 1)
			die("udp rr");
		v[i] = __rdtsc() - t;
	}
	print_median(v, n);
}

int main(int argc, char **argv)
{
	if (argc == 6 && !strcmp(argv[1], "frame"))
		bench_frame(argv[2], argv[3], atoi(argv[4]), argv[5]);
	else if (argc == 7 && !strcmp(argv[1], "list"))
		bench_list(argv[2], argv[3], atoi(argv[4]), argv[5], atoi(argv[6]));
	else if (argc == 4 && !strcmp(argv[1], "udprr"))
		bench_udprr(argv[2], atoi(argv[3]));
	else
		return 2;
	return 0;
}
