import { expect, test } from 'vitest';
import { compilePattern } from '../../../../infra/local/events/pattern.ts';
import type { JsonValue } from '../../../../infra/local/template/template.ts';

const event: JsonValue = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::seeds', 'other'],
  detail: { bucket: { name: 'seeds' }, object: { key: 'notes/Story 1.md', size: 10 }, nothing: null },
};
const key = (wanted: JsonValue): JsonValue => ({ detail: { object: { key: [wanted] } } });
const size = (wanted: JsonValue): JsonValue => ({ detail: { object: { size: [wanted] } } });

const matching: JsonValue[] = [
  {},
  { source: ['aws.ec2', 'aws.s3'] },
  { source: ['aws.s3'], detail: { bucket: { name: ['seeds'] } } },
  { resources: ['other'] },
  { detail: { nothing: [null] } },
  key({ prefix: 'notes/' }),
  key({ prefix: { 'equals-ignore-case': 'NOTES/' } }),
  key({ suffix: '.md' }),
  key({ suffix: { 'equals-ignore-case': '.MD' } }),
  key({ 'equals-ignore-case': 'NOTES/story 1.MD' }),
  key({ wildcard: 'notes/*.md' }),
  key({ 'anything-but': ['a', 'b'] }),
  key({ 'anything-but': { prefix: 'drafts/' } }),
  size(10),
  size({ numeric: ['>', 0, '<=', 10] }),
  { detail: { missing: [{ exists: false }], object: { key: [{ exists: true }] } } },
  { $or: [{ source: ['x'] }, { detail: { object: { size: [10] } } }] },
];
const differing: JsonValue[] = [
  { source: ['AWS.S3'] },
  { source: ['aws.s3'], detail: { bucket: { name: ['site'] } } },
  { detail: { missing: ['x'] } },
  key({ prefix: 'Notes/' }),
  key({ suffix: '.txt' }),
  key({ wildcard: 'notes/*.txt' }),
  key({ wildcard: 'notes?Story*' }),
  key({ 'anything-but': 'notes/Story 1.md' }),
  key({ 'anything-but': { suffix: '.md' } }),
  { detail: { missing: [{ 'anything-but': 'x' }] } },
  size('10'),
  size({ numeric: ['>', 10] }),
  { detail: { missing: [{ exists: true }] } },
  { $or: [{ source: ['x'] }, { source: ['y'] }] },
];

test.each(matching)('%j takes the event', (pattern) => {
  expect(compilePattern(pattern)(event)).toBe(true);
});
test.each(differing)('%j does not take the event', (pattern) => {
  expect(compilePattern(pattern)(event)).toBe(false);
});
test('an operator it does not know is refused by name', () => {
  expect(() => compilePattern(key({ cidr: '10.0.0.0/24' }))).toThrow('cidr');
});
