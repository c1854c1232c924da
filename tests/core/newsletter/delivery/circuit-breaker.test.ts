import { expect, test } from 'vitest';
import { findTripReason } from '../../../../functions/core/newsletter/delivery/circuit-breaker.ts';

const day = { sent: 10_000, bounces: 0, complaints: 0 };

test.each([
  ['a quiet day', day, undefined],
  ['bounces at the limit', { ...day, bounces: 500 }, undefined],
  ['bounces past the limit', { ...day, bounces: 501 }, '501 of 10000 mails bounced (5.01 %; the limit is 5 %)'],
  ['complaints at the limit', { ...day, complaints: 10 }, undefined],
  ['complaints past it', { ...day, complaints: 11 }, '11 of 10000 readers complained (0.11 %; the limit is 0.1 %)'],
  ['two complaints of a small list', { sent: 40, bounces: 0, complaints: 2 }, undefined],
  [
    'three complaints of a small list',
    { sent: 40, bounces: 0, complaints: 3 },
    '3 of 40 readers complained (7.50 %; the limit is 0.1 %)',
  ],
  ['five bounces of a small list', { sent: 20, bounces: 5, complaints: 0 }, undefined],
  [
    'six bounces of a small list',
    { sent: 20, bounces: 6, complaints: 0 },
    '6 of 20 mails bounced (30.00 %; the limit is 5 %)',
  ],
  [
    'what stopped it before and was resumed',
    { ...day, bounces: 600, countsAtLastTrip: { bounces: 501, complaints: 0 } },
    undefined,
  ],
  [
    'twice of what stopped it before',
    { ...day, bounces: 1002, countsAtLastTrip: { bounces: 501, complaints: 0 } },
    '1002 of 10000 mails bounced (10.02 %; the limit is 5 %)',
  ],
])('%s', (_, counts, expected) => {
  expect(findTripReason(counts)).toBe(expected);
});
