import { isIPv4, isIPv6 } from 'node:net';

/** The eight groups of an IPv6 address; the last two of one that ends as an IPv4 address does are left out. */
const parseGroups = (address: string): string[] => {
  const [head = '', tail = ''] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return address.includes('::') ? [...before, ...gap, ...after] : before;
};

/**
 * The network that a request comes from, as one reader or household has it: an IPv4 address itself, of an IPv6 address
 * its first 64 bits (whoever has one address there has them all). What is neither stands for itself.
 */
export const toNetwork = (address: string): string => {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(plain)) return plain;
  const groups = parseGroups(plain).slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};

/** The address in CloudFront's `CloudFront-Viewer-Address`: there a port follows it, even where it is IPv6 without brackets. */
export const parseViewerAddress = (header: string): string | undefined => {
  const address = header.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isIPv4(address) || isIPv6(address) ? address : undefined;
};
