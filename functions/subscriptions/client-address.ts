import { isIPv4, isIPv6 } from 'node:net';
import type { Context } from 'hono';
import * as z from 'zod';

const gatewaySchema = z.object({
  event: z.object({ requestContext: z.object({ http: z.object({ sourceIp: z.string() }) }) }),
});

/**
 * The network address of the client. The gateway sees CloudFront's own address, so CloudFront's header counts first: it
 * replaces what a client sends under that name, and requests that did not come through CloudFront are refused.
 */
export const readClientAddress = (context: Context): string => {
  const address = parseViewerAddress(context.req.header('cloudfront-viewer-address') ?? '');
  if (address !== undefined) return address;
  const gateway = gatewaySchema.safeParse(context.env);
  return gateway.success ? gateway.data.event.requestContext.http.sourceIp : 'unknown';
};

/** The address in `CloudFront-Viewer-Address`. A port follows it, even after an IPv6 address without brackets. */
export const parseViewerAddress = (header: string): string | undefined => {
  const address = header.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isIPv4(address) || isIPv6(address) ? address : undefined;
};

/**
 * The network of one household: an IPv4 address itself, or the first 64 bits of an IPv6 address, since a household has
 * all addresses below them. Anything else stands for itself.
 */
export const toNetwork = (address: string): string => {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(plain)) return plain;
  const groups = parseGroups(plain).slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};

const parseGroups = (address: string): string[] => {
  const [head = '', tail = ''] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return address.includes('::') ? [...before, ...gap, ...after] : before;
};
