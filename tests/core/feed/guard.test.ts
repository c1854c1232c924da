import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guard, guardId, guardMarkup, release } from '../../../functions/core/feed/guard.ts';
import { escapeAttribute, escapeText } from '../../../functions/core/feed/xml.ts';

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('%', '2', '5', '6', 'E', '<', '>', '&', ']', '"'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});

test('a guarded value holds nothing that could be markup', () => {
  fc.assert(fc.property(anyText, (value) => !/[&<>]/.test(guard(value))));
});

test('a released value is the value, escaped', () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const released = release(`<a>${guard(value)}</a><b><![CDATA[${guard(value)}]]></b>`);
      expect(released).toBe(`<a>${escapeText(value)}</a><b>${escapeText(value)}</b>`);
    }),
  );
});

test('an id passes through a web address parser and back, letter by letter', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.webUrl({ withQueryParameters: true })), (id) => {
      const passed = new URL(guardId(id)).toString();
      expect(release(`<id>${passed}</id>`)).toBe(`<id>${escapeAttribute(id)}</id>`);
    }),
  );
});

test('HTML stays legible, and cannot end its section', () => {
  const html = '<p>100% &amp; ]]> ]]></p>]';
  const released = release(`<content type="html"><![CDATA[${guard(html)}]]></content>`);
  expect(released).toBe(
    '<content type="html"><![CDATA[<p>100% &amp; ]]]]><![CDATA[> ]]]]><![CDATA[></p>]]]></content>',
  );
});

test('markup put among guarded values stays as it is', () => {
  const link = '<link href="https://a.example/%41?b=1&amp;c=%26"/>';
  expect(release(`<a>${guardMarkup(link)}</a>`)).toBe(`<a>${link}</a>`);
});
