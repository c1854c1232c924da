import { expect, it } from 'vitest';
import { parseViewerAddress, toNetwork } from '../../functions/subscriptions/client-address.ts';

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['2001:db8:1:2::198.51.100.7', '2001:db8:1:2::/64'],
  ['unknown', 'unknown'],
])('%s is of the network %s', (address, network) => {
  expect(toNetwork(address)).toBe(network);
});

it('all addresses of one /64 are one network, those of another are not', () => {
  expect(toNetwork('2001:db8:1:2:ffff:ffff:ffff:ffff')).toBe(toNetwork('2001:db8:1:2::'));
  expect(toNetwork('2001:db8:1:3::')).not.toBe(toNetwork('2001:db8:1:2::'));
});

it.each([
  ['198.51.100.7:46532', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6:46532', '2001:db8:1:2:3:4:5:6'],
  ['2001:db8::1:46532', '2001:db8::1'],
  ['[2001:db8::1]:46532', '2001:db8::1'],
  ['', undefined],
  ['nonsense', undefined],
  ['198.51.100.7, 10.0.0.1:1', undefined],
])('the edge says %j: that is %s', (header, address) => {
  expect(parseViewerAddress(header)).toBe(address);
});
