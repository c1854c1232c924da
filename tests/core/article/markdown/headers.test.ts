import { describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { measureCpuMs } from '../../../measure-cpu-ms.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const read = (text: string, key = 'story.md') => parseTestSeed(key, text, { timeZone: 'UTC' });

const rejectionOf = (text: string, key?: string): { message: string; place: string | undefined } => {
  try {
    read(text, key);
  } catch (error) {
    if (error instanceof SeedRejected) return { message: error.message, place: error.place };
    throw error;
  }
  throw new Error('it was not rejected');
};

const expected = {
  title: 'The crane is back',
  authors: ['Ines Prata', 'Bo Lind'],
  published: { at: '2026-11-20T00:00:00.000Z', dateOnly: true },
  html: '<p>It lifts again.</p>',
};

const yaml = 'title: The crane is back\nauthors: [Ines Prata, Bo Lind]\ndate: 2026-11-20\n';
const toml = 'title = "The crane is back"\nauthors = ["Ines Prata", "Bo Lind"]\ndate = 2026-11-20\n';
const json = '"title": "The crane is back",\n\t"authors": ["Ines Prata", "Bo Lind"],\n\t"date": "2026-11-20"';
const body = '\nIt lifts again.\n';

test.each([
  ['YAML', `---\n${yaml}---\n${body}`],
  ['YAML below empty lines and a comment', `\n\n<!-- for the\neditor -->\n\n---\n${yaml}---\n${body}`],
  ['YAML with a byte order mark and Windows line ends', `\ufeff${`---\n${yaml}---\n${body}`.replaceAll('\n', '\r\n')}`],
  ['YAML with blanks after the fences', `---  \n${yaml}--- \t\n${body}`],
  ['YAML between longer fences', `-----\n${yaml}-----\n${body}`],
  ['YAML between dashes that an editor replaced', `—\n${yaml}—\n${body}`],
  ['YAML that is named', `---yaml\n${yaml}---\n${body}`],
  [
    'YAML indented by tabs',
    `---\n${yaml.replace('[Ines Prata, Bo Lind]', '\n\t- Ines Prata\n\t- Bo Lind')}---\n${body}`,
  ],
  ['YAML without an upper fence', `${yaml}---\n${body}`],
  ['YAML without blanks after the colons', `---\n${yaml.replaceAll(': ', ':')}---\n${body}`],
  ['YAML with an empty line within', `---\n\n${yaml}\n---\n${body}`],
  ['TOML', `+++\n${toml}+++\n${body}`],
  ['TOML between longer fences', `++++++\n${toml}++++++\n${body}`],
  ['TOML between dashes', `---\n${toml}---\n${body}`],
  ['TOML that is named', `---toml\n${toml}---\n${body}`],
  ['TOML without an upper fence', `${toml}+++\n${body}`],
  ['YAML between pluses', `+++\n${yaml}+++\n${body}`],
  ['YAML in a block of code', `\`\`\`yaml\n---\n${yaml}---\n\`\`\`\n${body}`],
  ['YAML between tildes', `~~~\n${yaml}~~~\n${body}`],
  ['YAML between equals signs', `===\n${yaml}===\n${body}`],
  ['YAML between stars', `***\n${yaml}***\n${body}`],
  ['YAML between two dashes', `--\n${yaml}--\n${body}`],
  ['YAML with a comment behind its fence', `--- # of mine\n${yaml}---\n${body}`],
  ['YAML in a comment of HTML', `<!--\n${yaml}-->\n${body}`],
  ['JSON', `{\n\t${json}\n}\n${body}`],
  ['JSON with a comma after the last field', `{\n\t${json},\n}\n${body}`],
  ['JSON on one line', `{ ${json.replaceAll('\n\t', ' ')} }\n${body}`],
  ['JSON between ---json and ---', `---json\n{\n\t${json}\n}\n---\n${body}`],
  ['JSON between semicolons', `;;;\n{\n\t${json}\n}\n;;;\n${body}`],
  ['JSON between semicolons without braces', `;;;\n\t${json}\n;;;\n${body}`],
  ['JSON with a comment', `{\n  // for the editor\n${json}\n}\n${body}`],
  ['JSON in single quotation marks', `{\n${json.replaceAll('"', "'")}\n}\n${body}`],
  ['YAML with indented fences', `  ---\n${yaml.replace(/^/gm, '  ')}---\n${body}`],
  ['MultiMarkdown', `${yaml}${body}`],
  ['MultiMarkdown in capitals', `${yaml.replace(/^\w+/gm, (name) => name.toUpperCase())}${body}`],
  ['pandoc', `% The crane\n  is back\n% Ines Prata; Bo Lind\n% 2026-11-20\n${body}`],
  ['Org', `${yaml.replace(/^\w+/gm, (name) => `#+${name.toUpperCase()}`)}${body}`],
])('%s is front matter', (_, text) => {
  expect(read(text)).toMatchObject(expected);
});

test.each([
  ['JSON', '{\n"title": "x",\n"draft": true\n}\nBody.', 'line 3'],
  ['TOML', '+++\ntitle = "x"\ndraft = true\n+++\nBody.', 'line 3'],
  ['MultiMarkdown', 'Title: x\nDraft: true\n\nBody.', 'line 2'],
  ['Org', '\n#+TITLE: x\n#+DRAFT: true\n\nBody.', 'line 3'],
  ['one line', 'draft: true\n\n# A headline\n\nBody.', 'line 1'],
])('a draft by %s is not published', (_, text, place) => {
  expect(rejectionOf(text)).toEqual({ message: expect.stringMatching(/draft/), place });
});

test.each([
  ['a headline in prose', '---\n\n# Quiet\n\nOne.\n\n---\n\nTwo.'],
  ['a sentence with a colon', '---\n\nNote: this is a sentence.\n\n# Quiet\n\nMore.\n\n---\n'],
  ['nothing else', '---\n\n# Quiet\n\nOne.'],
])('a line of --- above %s is a thematic break', (_, text) => {
  const { title, html } = read(text);
  expect(title).toBe('Quiet');
  expect(html).toMatch(/^<hr/);
});

test.each([
  ['a sentence with a colon', 'Note: the ferry sails.\n\n# Quiet\n\nMore.', 'Note: the ferry sails.'],
  ['a headline below a sentence with a colon', 'Note: the ferry\n---\n\n# Quiet\n\nMore.', 'Note: the ferry'],
  ['a tag of a template', 'Write {% include a %}\n\n# Quiet\n\nMore.', '{% include a %}'],
  ['a list of facts', '- Date: Friday\n- Place: the quay\n\n# Quiet\n\nMore.', 'Place: the quay'],
  ['a block of code', '```yaml\nkind: Service\nname: x\n```\n\n# Quiet\n\nMore.', 'kind: Service'],
  ['a list with +', '+ one\n+ two\n\n# Quiet\n\nMore.', 'one'],
])('%s at the top stays text', (_, text, words) => {
  expect(read(text)).toMatchObject({ title: 'Quiet', text: expect.stringContaining(words) });
});

describe('the title is taken as it is meant', () => {
  test.each([
    'The ferry wins on route #1 and keeps its fare',
    'Harbour news: the crane is back',
    'Harbour: news: the crane',
    '[Update] The crane is back',
    '[Update]',
    '{{ crane }} is back',
    '@harbour answers',
    '`npm` is back',
    '100 % of #1: yes',
    '% of everything',
    '*The Gull* sails',
    '&c.',
    '!important',
    '- and then',
    '> more',
    '| a bar',
    '#1',
    '? or not',
    '"Gull" sails again',
    '"Gull" and "Tern"',
    "'Gull' and 'Tern' sail",
    'It\'s "back"',
    'C:\\temp is back: "why"',
  ])('%s', (title) => {
    expect(read(`---\ntitle: ${title}\n---\nBody.`).title).toBe(title);
    expect(read(`Title: ${title}\n\nBody.`).title).toBe(title);
  });

  test.each([
    ['"The "Gull" sails again"', 'The "Gull" sails again'],
    ["'It's here'", "It's here"],
    ['"The \\"Gull\\" sails"', 'The "Gull" sails'],
    ['"The crane: back" # a comment', 'The crane: back'],
    ['>-\n  The crane\n  is back', 'The crane is back'],
    ['The crane\n  is back', 'The crane is back'],
  ])('%s', (written, title) => {
    expect(read(`---\ntitle: ${written}\n---\nBody.`).title).toBe(title);
  });

  test('other fields keep comments, lists and references', () => {
    const { published, topics, authors } = read(
      '---\ntitle: x\nauthor: &me Ines Prata\neditor: *me\ndate: 2026-11-20 # a day\ntags: [a, b] # two\n---\nBody.',
    );
    expect({ published, topics, authors }).toEqual({
      published: expected.published,
      topics: ['a', 'b'],
      authors: ['Ines Prata'],
    });
  });

  test('a number sign before a topic is no comment', () => {
    expect(read('---\ntitle: x\ntags: #ferry, #crane\n---\nBody.').topics).toEqual(['ferry', 'crane']);
    expect(read('---\ntitle: x\ntags:\n  - #ferry\n---\nBody.').topics).toEqual(['ferry']);
  });
});

describe('what has no one meaning is refused with the line as it should be', () => {
  test.each([
    ['a program', '---js\nconst title = "x";\n---\nBody.', 'line 1', /"js".* line 1 should be: ---/],
    ['no lower fence', '---\ntitle: x\ndate: 2026-11-20\n\nBody.', 'line 1', /never closed.* line 4 should be: ---$/],
    ['no lower fence of TOML', '+++\ntitle = "x"\n\nBody.', 'line 1', /never closed.* line 3 should be: \+\+\+$/],
    ['no closing brace', '{\n"title": "x"\n\nBody.', 'line 1', /never closed: a } is missing/],
    ['a missing colon', '---\ntitle The crane\n---\nBody.', 'line 2', /line 2: .*meant as: title: The crane/],
    [
      'a missing colon further down',
      '---\ntitle: x\nsummary The crane\n---\nBody.',
      'line 3',
      /line 3: .*meant as: summary: The crane/,
    ],
    [
      'an open quotation mark',
      '---\ntitle: x\nsummary: "open\n---\nBody.',
      'line 3',
      /line 3: .*meant as: summary: "open"/,
    ],
    ['a field twice', '---\ntitle: x\ntitle: y\n---\nBody.', 'line 3', /line 3: the field "title" stands above, too/],
    [
      'text in TOML without quotation marks',
      '+++\ntitle = The crane\n+++\nBody.',
      'line 2',
      /line 2: .*meant as: title = "The crane"/,
    ],
    ['text right below the fields', 'Title: x\nDate: 2026-11-20\nBody.', 'line 3', /line 3 should be empty/],
    [
      'a slip in the title',
      '---\ntilte: x\n---\nBody.',
      'line 2',
      /^line 2: `tilte` is not known; did you mean `title`\?$/,
    ],
    ['a slip in the draft', '---\ntitle: x\ndarft: true\n---\nBody.', 'line 3', /did you mean `draft`/],
    [
      'fields in a list above the text',
      '- title: x\n- draft: true\n\n# T\n\nBody.',
      'line 1',
      /look like front matter/,
    ],
    [
      'fields in a quote above the text',
      '> title: x\n> draft: true\n\n# T\n\nBody.',
      'line 1',
      /look like front matter/,
    ],
    ['fields in bold above the text', '**Title:** x\n**Status:** draft\n\nBody.', 'line 1', /look like front matter/],
    ['a list', '---\n- title: x\n---\nBody.', 'line 2', /line 2: this is an item of a list/],
    ['JSON with a mistake', '{\n"title": "x"\n"date": "y"\n}\nBody.', 'line 3', /cannot be read as JSON. line 3/],
  ])('%s', (_, text, place, reason) => {
    expect(rejectionOf(text)).toEqual({ message: expect.stringMatching(reason), place });
  });

  test("none of the libraries' sentences", () => {
    const values = [
      '"a" b: [',
      '[a, b',
      '{a',
      '&',
      '*a *b',
      '!!x [',
      '"\\q"',
      "'a",
      '| a\n b',
      '- a\n - b',
      'a\n b: c: d\n  e: f',
    ];
    for (const value of values)
      for (const text of [
        `---\ntitle: x\nother: ${value}\n---\nBody.`,
        `+++\ntitle = "x"\nother = ${value}\n+++\nBody.`,
      ]) {
        let message = '';
        try {
          read(text);
        } catch (error) {
          message = error instanceof Error ? error.message : '';
        }
        expect(message).not.toMatch(
          /scalar|mapping|flow|implicit|indicator|node|collection|anchor|Invalid TOML|expected|token/i,
        );
      }
  });
});

describe('each form has its limits', () => {
  const long = 'word '.repeat(25_000);
  test.each([
    ['TOML', `+++\ntitle = "${long}"\n+++\nBody.`],
    ['JSON', `{"title": "${long}"}\nBody.`],
    ['MultiMarkdown', `Title: ${long}\n\nBody.`],
    ['pandoc', `% ${long}\n\nBody.`],
    ['Org', `#+TITLE: ${long}\n\nBody.`],
  ])('of %s', (_, text) => {
    expect(rejectionOf(text).message).toMatch(/The front matter has 12\d{4} characters; at most 100000 can be read/);
  });

  test.each([
    ['deep names of TOML', `+++\n${'a.'.repeat(40_000)}b = 1\n+++\nBody.`],
    ['deep lists of TOML', `+++\na = ${'['.repeat(40_000)}\n+++\nBody.`],
    ['tables of TOML', `+++\n${Array.from({ length: 9000 }, (_, index) => `[[a${index}]]\n`).join('')}+++\nBody.`],
    ['open braces', `${'{"title":'.repeat(200_000)}`],
    ['quotation marks in JSON', `{"title": ${'"\\'.repeat(200_000)}`],
    ['blanks', `---\ntitle${' '.repeat(99_000)}x\n---\nBody.`],
    ['blanks in TOML', `+++\ntitle${' '.repeat(99_000)}x\n+++\nBody.`],
    [
      'references',
      `---\ntitle: x\n${Array.from({ length: 9000 }, (_, index) => `a${index}: &b\n`).join('')}---\nBody.`,
    ],
    ['comments', '<!--\n'.repeat(200_000)],
    ['fields', 'title: x\n'.repeat(200_000)],
    ['fields of Org', '#+TITLE: x\n'.repeat(200_000)],
    ['lines of pandoc', '% x\n'.repeat(200_000)],
  ])('%s take no long time', (_, text) => {
    const cpuMs = measureCpuMs(() => {
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof SeedRejected)) throw error;
      }
    });
    expect(cpuMs).toBeLessThan(4000);
  });
});

describe('a text is read as Markdown where it is', () => {
  test.each([
    ['YAML', `---\n${yaml}---\n${body}`],
    ['TOML', `+++\n${toml}+++\n${body}`],
    ['JSON', `{\n${json}\n}\n${body}`],
    ['MultiMarkdown', `${yaml}${body}`],
    ['pandoc', `% The crane is back\n% Ines Prata; Bo Lind\n% 2026-11-20\n${body}`],
    ['Org', `#+TITLE: The crane is back\n#+AUTHORS: [Ines Prata, Bo Lind]\n#+DATE: 2026-11-20\n${body}`],
  ])('with a header of %s', (_, text) => {
    expect(read(text, 'story.txt')).toMatchObject(expected);
  });

  test.each([
    ['a link', '# Quiet\n\nSays [the union](https://union.example/letter).', '<a href="https://union.example/letter"'],
    ['emphasis', 'Quiet\n=====\n\nIt **ended** on Monday.', '<strong>ended</strong>'],
    ['a heading', '# Quiet\n\nOne.\n\n## Next\n\nTwo.', '<h2>Next</h2>'],
  ])('with a headline and %s', (_, text, html) => {
    expect(read(text, 'story.txt')).toMatchObject({ title: 'Quiet', html: expect.stringContaining(html) });
  });

  test.each([
    ['a number sign', '#1 of the year\n\nThe ferry **Gull** won.', '#1 of the year'],
    ['a mark alone', 'Quiet\n\nThe ferry **Gull** won.', 'Quiet'],
    ['percent signs', '% of everything\n\nThe ferry won.', '% of everything'],
    ['a colon', 'Title: the story of a word\n\nThe ferry won.', 'Title: the story of a word'],
  ])('and not with %s', (_, text, title) => {
    expect(read(text, 'story.txt').title).toBe(title);
  });
});
