// SPDX-License-Identifier: GPL-2.0
/*
 * Interface identifiers: from the hardware (RFC 4291 appendix A and the documents
 * of each link type), or opaque and stable (RFC 7217).
 */
#include <crypto/sha1.h>
#include <linux/if_arp.h>
#include <linux/module.h>
#include <linux/string.h>
#include <net/addrconf.h>
#include <net/us6/device.h>
#include "internal.h"

bool us6_iid_known_link(const struct net_device *dev)
{
	switch (dev->type) {
	case ARPHRD_ETHER:
	case ARPHRD_FDDI:
	case ARPHRD_ARCNET:
	case ARPHRD_INFINIBAND:
	case ARPHRD_IEEE1394:
	case ARPHRD_6LOWPAN:
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
	case ARPHRD_IPGRE:
	case ARPHRD_IP6GRE:
	case ARPHRD_RAWIP:
	case ARPHRD_NONE:
		return true;
	}
	return false;
}

/* RFC 2464 section 4; drivers that share one MAC tell the sharers by dev_id. */
static int us6_iid_eui48(const struct net_device *dev, u8 *iid)
{
	if (dev->addr_len != ETH_ALEN)
		return -EOPNOTSUPP;
	memcpy(iid, dev->dev_addr, 3);
	memcpy(iid + 5, dev->dev_addr + 3, 3);
	if (dev->dev_id) {
		iid[3] = dev->dev_id >> 8;
		iid[4] = dev->dev_id & 0xff;
	} else {
		iid[3] = 0xff;
		iid[4] = 0xfe;
		iid[0] ^= 2;
	}
	return 0;
}

/* An EUI-64 as hardware address: RFC 4944 section 6, RFC 3146 section 4. */
static int us6_iid_hw64(const struct net_device *dev, u8 *iid,
			unsigned int least)
{
	if (dev->addr_len < least)
		return -EOPNOTSUPP;
	memcpy(iid, dev->dev_addr, 8);
	iid[0] ^= 2;
	return 0;
}

/* RFC 4391 section 8: the port GUID is at the end of the 20 octets. */
static int us6_iid_infiniband(const struct net_device *dev, u8 *iid)
{
	if (dev->addr_len != 20)
		return -EOPNOTSUPP;
	memcpy(iid, dev->dev_addr + 12, 8);
	iid[0] |= 2;
	return 0;
}

/* RFC 2497 section 4. */
static int us6_iid_arcnet(const struct net_device *dev, u8 *iid)
{
	if (dev->addr_len != 1)
		return -EOPNOTSUPP;
	memset(iid, 0, 7);
	iid[7] = dev->dev_addr[0];
	return 0;
}

/* The tunnel's IPv4 address: RFC 4213 section 3.7, RFC 5214 section 6.1. */
static int us6_iid_v4(const struct net_device *dev, u8 *iid, bool isatap)
{
	__be32 v4;

	memcpy(&v4, dev->dev_addr, sizeof(v4));
	if (!v4)
		return -EOPNOTSUPP;
	memset(iid, 0, 4);
	if (isatap) {
		iid[2] = 0x5e;
		iid[3] = 0xfe;
		if (!ipv4_is_private_10(v4) && !ipv4_is_private_172(v4) &&
		    !ipv4_is_private_192(v4) && !ipv4_is_loopback(v4) &&
		    !ipv4_is_linklocal_169(v4))
			iid[0] = 2;
	}
	memcpy(iid + 4, &v4, 4);
	return 0;
}

/* No hardware: the driver drew a permanent address. RFC 4291 appendix A */
static int us6_iid_drawn(const struct net_device *dev, u8 *iid)
{
	memcpy(iid, dev->perm_addr, 3);
	iid[3] = 0xff;
	iid[4] = 0xfe;
	memcpy(iid + 5, dev->perm_addr + 3, 3);
	iid[0] ^= 2;
	return 0;
}

int us6_iid_eui64(const struct net_device *dev, u8 *iid)
{
	switch (dev->type) {
	case ARPHRD_ETHER:
	case ARPHRD_FDDI:
		return us6_iid_eui48(dev, iid);
	case ARPHRD_ARCNET:
		return us6_iid_arcnet(dev, iid);
	case ARPHRD_INFINIBAND:
		return us6_iid_infiniband(dev, iid);
	case ARPHRD_IEEE1394:
	case ARPHRD_6LOWPAN:
		return us6_iid_hw64(dev, iid, 8);
	case ARPHRD_SIT:
		return us6_iid_v4(dev, iid, dev->priv_flags & IFF_ISATAP);
	case ARPHRD_IPGRE:
		return us6_iid_v4(dev, iid, true);
	case ARPHRD_TUNNEL6:
	case ARPHRD_IP6GRE:
	case ARPHRD_RAWIP:
		return us6_iid_drawn(dev, iid);
	}
	return -EOPNOTSUPP;
}

bool us6_iid_reserved(const u8 *iid)
{
	static const u8 anycast[7] = { 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
	static const u8 proxy[5] = { 0x02, 0x00, 0x5e, 0xff, 0xfe };
	static const u8 router[8];

	/* Subnet-router anycast, RFC 4291 section 2.6.1. */
	if (!memcmp(iid, router, 8))
		return true;
	/* IANA's block with Proxy Mobile IPv6, RFC 6543. */
	if (!memcmp(iid, proxy, 5))
		return true;
	/* Reserved subnet anycast, RFC 2526. */
	return !memcmp(iid, anycast, 7) && iid[7] >= 0x80;
}

static const struct in6_addr *us6_iid_secret(const struct us6_dev *udev)
{
	const struct ipv6_devconf *dflt = us6_dev_net(udev)->ipv6.devconf_dflt;

	if (udev->idev.cnf.stable_secret.initialized)
		return &udev->idev.cnf.stable_secret.secret;
	return dflt->stable_secret.initialized ? &dflt->stable_secret.secret :
						 NULL;
}

/*
 * What goes into F() and in which order is RFC 7217's choice to each
 * implementation.  Ours is that of the stock stack, SHA-1 over one block, so that
 * a host keeps its addresses when it changes from one to the other.
 */
int us6_iid_stable(const struct us6_dev *udev, struct in6_addr *addr,
		   u8 dad_count)
{
	const struct in6_addr *secret = us6_iid_secret(udev);
	const struct net_device *dev = udev->idev.dev;
	struct {
		struct in6_addr	secret;
		u8		prefix[8];
		u8		net_iface[MAX_ADDR_LEN];
		u8		dad_count;
		u8		pad[7];
	} __packed block = {};
	static_assert(sizeof(block) == SHA1_BLOCK_SIZE);
	u32 digest[SHA1_DIGEST_SIZE / 4], work[SHA1_WORKSPACE_WORDS];
	int try;

	if (!secret)
		return -ENOENT;
	block.secret = *secret;
	memcpy(block.prefix, addr, sizeof(block.prefix));
	memcpy(block.net_iface, dev->perm_addr, dev->addr_len);
	/* A reserved identifier counts as a conflict; RFC 7217 section 5. */
	for (try = 0; try < 256; try++) {
		block.dad_count = dad_count + try;
		sha1_init(digest);
		sha1_transform(digest, (const char *)&block, work);
		memcpy(&addr->s6_addr[8], digest, 8);
		if (!us6_iid_reserved(&addr->s6_addr[8]))
			break;
	}
	memzero_explicit(&block, sizeof(block));
	memzero_explicit(work, sizeof(work));
	return 0;
}
