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

/** The networks that an address belongs to. */
export interface ClientNetworks {
  /** An IPv4 address itself, or the /64 of an IPv6 address, of which a household has all addresses. */
  readonly household: string;
  /** The /48 of an IPv6 address, which providers give to a customer who asks for one. */
  readonly site?: string;
}

/** Anything that is no IP address stands for itself. */
export const toNetworks = (address: string): ClientNetworks => {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return { household: mapped };
  if (!isIPv6(plain)) return { household: plain };
  const groups = parseGroups(plain).map((group) => Number.parseInt(group, 16).toString(16));
  return { household: `${groups.slice(0, 4).join(':')}::/64`, site: `${groups.slice(0, 3).join(':')}::/48` };
};

const parseGroups = (address: string): string[] => {
  const [head = '', tail = ''] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return address.includes('::') ? [...before, ...gap, ...after] : before;
};
