import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { buildElement, printElement, printXmlDocument } from '../../../functions/core/text/xml.ts';

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('%', '<', '>', '&', ']', '"', "'", ';', 'amp'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((each) => /^[\P{Cc}\n]+$/u.test(each)),
  ),
});

test('texts, attributes and CDATA are parsed as they were given', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
  });
  fc.assert(
    fc.property(anyText, (text) => {
      const root = buildElement('root', {}, [
        buildElement('text', {}, [text]),
        buildElement('html', {}, [text]),
        buildElement('empty', { text }),
      ]);
      const parsed = parser.parse(printXmlDocument(root, { indent: 0, cdata: ['html'] })).root;
      expect({ text: parsed.text, html: parsed.html, attribute: parsed.empty.text }).toEqual({
        text,
        html: text,
        attribute: text,
      });
    }),
  );
});

test('an element that holds elements is printed on several lines, unless it is to be on one', () => {
  const root = buildElement('a', { b: '1', c: undefined }, [
    buildElement('d', {}, [buildElement('e', {}, ['text'])]),
    buildElement('f', {}, [buildElement('g')]),
  ]);
  expect(printXmlDocument(root, { indent: 2, oneLine: ['f'] })).toBe(
    `<?xml version="1.0" encoding="utf-8"?>
<a b="1">
  <d>
    <e>text</e>
  </d>
  <f><g/></f>
</a>`,
  );
});

test('HTML stays legible in CDATA, and cannot end its section', () => {
  const html = buildElement('html', {}, ['<p>100% &amp; ]]> ]]></p>]']);
  expect(printXmlDocument(html, { indent: 2, cdata: ['html'] })).toContain(
    '<html><![CDATA[<p>100% &amp; ]]]]><![CDATA[> ]]]]><![CDATA[></p>]]]></html>',
  );
  expect(printElement(buildElement('html', {}, [']]>']))).toBe('<html>]]&gt;</html>');
});
