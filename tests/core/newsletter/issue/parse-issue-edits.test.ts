import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveToPlaces, parseIssueEdits } from '../../../../functions/core/newsletter/issue/parse-issue-edits.ts';

const nothing = { subject: '', introduction: '', order: [], leftOut: [] };

test('one article that is moved has the place that was written, and the others keep their order', () => {
  const property = fc.property(
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 }).chain((items) => {
      const index = fc.nat({ max: items.length - 1 });
      return fc.tuple(fc.constant(items), index, index);
    }),
    ([items, from, to]) => {
      const places = items.map((_, index) => (index === from ? to + 1 : index + 1));
      expect(moveToPlaces(items, places)).toEqual(items.toSpliced(from, 1).toSpliced(to, 0, items[from] ?? ''));
    },
  );
  fc.assert(property);
});

test('whatever is written as places, no article is lost or doubled', () => {
  const property = fc.property(fc.uniqueArray(fc.string()), fc.array(fc.integer()), (items, places) => {
    expect(moveToPlaces(items, places).toSorted()).toEqual(items.toSorted());
  });
  fc.assert(property);
});

test('empty fields leave the issue as it was composed', () => {
  expect(parseIssueEdits({ ...nothing, subject: ' \n ', introduction: '\n\n' })).toEqual({ edits: {} });
});

test('a subject is one clean line, and an introduction keeps its lines', () => {
  expect(parseIssueEdits({ ...nothing, subject: 'A\r\nBcc: x\u0000', introduction: ' A\r\n\r\nB\u0007 ' })).toEqual({
    edits: { chosenSubject: 'A Bcc: x', introduction: 'A\n\nB' },
  });
});

test.each([
  ['subject', 'x'.repeat(151), 'The subject has 151 characters; 150 are possible.'],
  ['introduction', 'x'.repeat(10_001), 'The introduction has 10001 characters; 10000 are possible.'],
])('a %s that is too long is refused', (field, text, problem) => {
  expect(parseIssueEdits({ ...nothing, [field]: text })).toEqual({ problem, field });
});
