import { expect, test } from 'vitest';
import { formatLogLine } from '../../../../infra/local/lambda/format-log-line.ts';

const format = (content: unknown) => formatLogLine('publish', JSON.stringify(content));

test('a structured line shows level, message and fields', () => {
  expect(
    format({
      level: 'WARN',
      message: 'rejected',
      timestamp: 'x',
      function_request_id: 'y',
      key: 'a b.md',
      line: 3,
    }),
  ).toBe('publish: warn: rejected  key="a b.md"  line=3');
  expect(format({ level: 'INFO', message: 'built', documents: 12 })).toBe('publish: built  documents=12');
  expect(format({ level: 'ERROR', message: 'failed', error: { name: 'TypeError', message: 'no', stack: '…' } })).toBe(
    'publish: error: failed  error: TypeError: no',
  );
});

test('metrics and intermediate steps are hidden, and plain lines stay', () => {
  expect(format({ message: 'recorded', key: 'a.md' })).toBeUndefined();
  expect(format({ _aws: { CloudWatchMetrics: [] }, Published: 1 })).toBeUndefined();
  expect(formatLogLine('publish', 'hello')).toBe('publish: hello');
  expect(formatLogLine('publish', '{ not json')).toBe('publish: { not json');
  expect(formatLogLine('publish', '')).toBeUndefined();
});
