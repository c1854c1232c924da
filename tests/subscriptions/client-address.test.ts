import { expect, it } from 'vitest';
import { parseViewerAddress, toNetworks } from '../../functions/subscriptions/client-address.ts';

it.each([
  ['198.51.100.7', '198.51.100.7', undefined],
  ['::ffff:198.51.100.7', '198.51.100.7', undefined],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['::1', '0:0:0:0::/64', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
  ['2001:db8:1:2::198.51.100.7', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['unknown', 'unknown', undefined],
])('%s is in the networks %s and %s', (address, household, site) => {
  expect(toNetworks(address)).toEqual({ household, ...(site && { site }) });
});

it('all addresses of one /64 are one network, those of another are not', () => {
  const { household } = toNetworks('2001:db8:1:2::');
  expect(toNetworks('2001:db8:1:2:ffff:ffff:ffff:ffff').household).toBe(household);
  expect(toNetworks('2001:db8:1:3::').household).not.toBe(household);
});

it.each([
  ['198.51.100.7:46532', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6:46532', '2001:db8:1:2:3:4:5:6'],
  ['2001:db8::1:46532', '2001:db8::1'],
  ['[2001:db8::1]:46532', '2001:db8::1'],
  ['', undefined],
  ['nonsense', undefined],
  ['198.51.100.7, 10.0.0.1:1', undefined],
])('CloudFront sends %j: the address is %s', (header, address) => {
  expect(parseViewerAddress(header)).toBe(address);
});
