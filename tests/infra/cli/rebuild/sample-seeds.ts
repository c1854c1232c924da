import { sampleImages } from '../../../core/image/sample-images.ts';

const buildMarkdownSeed = (title: string, fields = '', text = 'Some text of it.'): string =>
  `---\ntitle: ${title}\n${fields}---\n\n${text}\n`;

/**
 * Ten seeds of every kind: formats, states and lists that there are, the later ones beside pictures or another seed.
 */
export const sampleSeeds: readonly (readonly [key: string, body: string | Uint8Array])[] = [
  ['plain.txt', 'A plain headline\n\nThe text of it goes on.\n'],
  ['2026/port.md', buildMarkdownSeed('Port', 'tags: [Ferries]\n', 'The port in the morning.\n\n![The port](port.png)')],
  ['2026/port.png', sampleImages['plain.png']],
  [
    'page.html',
    '<html><head><title>A page</title></head><body><article><h1>A page</h1><p>It says this.</p></article></body></html>',
  ],
  ['old.md', buildMarkdownSeed('Old', 'date: 2020-02-03\nauthor: Ana Reis\n')],
  ['later.md', buildMarkdownSeed('Later', 'date: 2031-01-01\n')],
  ['named.md', buildMarkdownSeed('Named', 'id: urn:example:named\nslug: another-address\ntags: [Ferries, Fish]\n')],
  ['corrected.md', buildMarkdownSeed('Corrected', 'correction: The ship was the other one.\n')],
  ['broken.md', '---\n: [\n---\n'],
  ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
];
