import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const story = sampleParagraphs.slice(0, 2).join('\n\n');
const uploadedAt = '2026-11-27T12:00:00Z';
const read = (text: string) => readTextSeed(text, { uploadedAt });

const header = [
  'From: Ines Prata <ines@paper.example>',
  'To: desk@paper.example',
  'Date: Wed, 25 Nov 2026 18:04:11 +0000',
  'Subject: Wall mended',
].join('\n');

const expected = {
  title: 'Wall mended',
  authors: ['Ines Prata'],
  published: { at: '2026-11-25T18:04:11.000Z', dateOnly: false },
  text: story,
};

describe('a mail saved as text', () => {
  test.each([
    ['as sent', header],
    ['its fields in another order', header.split('\n').toReversed().join('\n')],
    ['from a mail box', `From ines@paper.example Wed Nov 25 18:04:11 2026\n${header}`],
    ['below empty lines', `\n\n${header}`],
    [
      'with fields of mail programs',
      `Received: from a.example\n  by b.example; today\nX-Mailer: Pine\n${header}\nMIME-Version: 1.0`,
    ],
    ['a reply on a list', header.replace('Wall', 'Re: [desk] Fwd: Wall')],
    ['with an encoded subject', header.replace('Wall mended', '=?utf-8?Q?Wall?=\n =?UTF-8?B?IG1lbmRlZA==?=')],
    ['with the family name first', header.replace('Ines Prata', '"Prata, Ines"')],
    [
      'with the name behind the address',
      header.replace('Ines Prata <ines@paper.example>', 'ines@paper.example (Ines Prata)'),
    ],
    ['with emphasis', header.replace(/^(\w+:)/gm, '*$1*')],
    [
      'from Apple Mail',
      'From: Ines Prata <ines@paper.example>\nSubject: Wall mended\nDate: 25 November 2026 at 18:04:11 GMT\nTo: desk@paper.example',
    ],
  ])('has title, author and date of its header: %s', (_, top) => {
    const article = read(`${top}\n\n${story}`);
    expect(article).toMatchObject(expected);
    expect(JSON.stringify(article)).not.toContain('@');
    expect(article.cut).toContainEqual({ text: expect.stringMatching(/^\*?To: …/), reason: 'mail header' });
  });

  test.each([
    [
      'Von: Ines Prata <i@p.example>\nGesendet: Mittwoch, 25. November 2026 18:04\nAn: d@p.example\nBetreff: WG: Wall mended',
    ],
    [
      'De : Ines Prata <i@p.example>\nEnvoyé : mercredi 25 novembre 2026 18:04\nÀ : d@p.example\nObjet : TR: Wall mended',
    ],
    [
      'De: Ines Prata <i@p.example>\nEnviado el: miércoles, 25 de noviembre de 2026 18:04\nPara: d@p.example\nAsunto: RV: Wall mended',
    ],
    ['Da: Ines Prata <i@p.example>\nInviato: mercoledì 25 novembre 2026 18:04\nA: d@p.example\nOggetto: Wall mended'],
    ['От: Ines Prata <i@p.example>\nДата: 25 ноября 2026 г. в 18:04\nКому: d@p.example\nТема: Wall mended'],
    ['差出人: Ines Prata <i@p.example>\n件名: Re: Wall mended\n日付: 2026年11月25日 18:04\n宛先: d@p.example'],
    [
      'From: Ines Prata <i@p.example>\nSent: Wednesday, November 25, 2026 6:04 PM\nTo: d@p.example\nSubject: Wall mended',
    ],
  ])('in the words of other mail programs: %s', (top) => {
    expect(read(`${top}\n\n${story}`)).toMatchObject({ ...expected, published: { at: '2026-11-25T18:04:00.000Z' } });
  });

  test.each([
    ['signature', '-- \nInes Prata\nReporter, ines@paper.example'],
    ['signature', 'Best regards,\n\nInes Prata\n+351 555 0100'],
    ['signature', 'Mit freundlichen Grüßen\nInes Prata'],
    ['signature', 'Sent from my iPhone'],
    ['signature', '_______________________________________________\ndesk mailing list\ndesk@paper.example'],
    ['notice of the mail', 'This e-mail is confidential and intended for its recipient only.'],
    ['quoted mail', 'On Tue, Nov 24, 2026 at 5:00 PM Desk <desk@paper.example> wrote:\n\n> What about it?'],
    ['quoted mail', 'Am 24.11.2026 um 17:00 schrieb Desk <desk@paper.example>:\n> What about it?'],
    ['quoted mail', '-----Original Message-----\nFrom: Desk <desk@paper.example>\nSent: today\n\nWhat about it?'],
    [
      'quoted mail',
      '________________________________\nFrom: Desk <desk@paper.example>\nSent: today\nSubject: it\n\nWhat about it?',
    ],
  ])('loses what is below its text: %s, %s', (reason, below) => {
    // What is quoted is the content of a mail that says hardly anything.
    const own = sampleParagraphs.join('\n\n');
    const article = read(`${header}\n\n${own}\n\n${below}`);
    expect(article.text).toBe(own);
    expect(article.cut.at(-1)?.reason).toBe(reason);
    expect(JSON.stringify(article)).not.toContain('@');
  });

  test.each([
    ['---------- Forwarded message ---------\n', ''],
    ['Begin forwarded message:\n\n', ''],
    ['Anfang der weitergeleiteten Nachricht:\n\n', '> '],
    ['', '> '],
  ])('is the one that it forwards: %j, %j', (divider, quote) => {
    const inner = `${header}\n\n${story}`.replace(/^/gm, quote);
    const outer = 'From: Bo Lind <bo@port.example>\nTo: ines@paper.example\nSubject: Fwd: Wall mended';
    const article = read(`${outer}\n\nFor tomorrow.\n\n${divider}${inner}`);
    expect(article).toMatchObject(expected);
    expect(article.cut).toContainEqual({ text: 'For tomorrow.', reason: 'note above the mail' });
  });

  test('is what it quotes where it says nothing itself', () => {
    const article = read(
      `${header}\n\nOn Tue, Nov 24, 2026, Bo <bo@port.example> wrote:\n\n${story.replace(/^/gm, '> ')}`,
    );
    expect(article).toMatchObject(expected);
    expect(article.cut.at(-1)).toEqual({ text: 'On Tue, Nov 24, 2026, Bo … wrote:', reason: 'quoted mail' });
  });

  test('is decoded where it is quoted-printable and flowed, and its attachments are cut', () => {
    const article = read(
      [
        header,
        'Content-Type: multipart/mixed; boundary="b1"',
        '',
        '--b1',
        'Content-Type: text/plain; charset=utf-8; format=flowed',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'The old harbour =E2=80=94 the one in the east =E2=80=94 was quiet, and =',
        'the boats=20',
        'came back.',
        '',
        '--b1',
        'Content-Type: image/jpeg; name="boat.jpg"',
        '',
        'AAAA',
        '--b1--',
      ].join('\n'),
    );
    expect(article.text).toBe('The old harbour — the one in the east — was quiet, and the boats came back.');
    expect(article.cut.at(-1)).toEqual({ text: 'boat.jpg', reason: 'attachment' });
  });

  test('is refused where it has no plain text', () => {
    const html = `${header}\nContent-Type: text/html; charset=utf-8\n\n<p>The harbour</p>`;
    expect(() => read(html)).toThrow(new SeedRejected('This mail has its text only as HTML: save it as a .html file.'));
  });

  test('without a subject has its first line as title', () => {
    expect(read(`${header.replace('Wall mended', '')}\n\nThe wall\n\n${story}`)).toMatchObject({ title: 'The wall' });
  });

  test('without the name of its sender has no author', () => {
    expect(read(`${header.replace('Ines Prata ', '')}\n\n${story}`).authors).toEqual([]);
  });

  test('that will be sent has no date', () => {
    expect(read(`${header.replace('2026', '2030')}\n\n${story}`).published).toBeUndefined();
  });

  test('never gives an address of its header, whatever its fields are', () => {
    const name = fc.constantFrom(
      'From',
      'To',
      'Cc',
      'Bcc',
      'Reply-To',
      'Sender',
      'X-Sender',
      'Return-Path',
      'Received',
      'List-Post',
    );
    const written = fc.tuple(
      name,
      fc.lorem({ maxCount: 3 }),
      fc.emailAddress(),
      fc.constantFrom('"N" <A>', 'N <A>', 'A (N)', 'A', '<mailto:A>', 'N [mailto:A]', 'N A'),
    );
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 8 }), (fields) => {
        const rows = fields.map(
          ([field, words, address, form]) => `${field}: ${form.replace('N', () => words).replace('A', () => address)}`,
        );
        const article = JSON.stringify(read(`${header}\n${rows.join('\n')}\n\n${story}`));
        for (const [, , address] of fields) expect(article).not.toContain(address.replace(/["\\]/g, '\\$&'));
        expect(article).not.toContain('paper.example');
      }),
      { numRuns: 200 },
    );
  });
});

describe('is no mail', () => {
  test.each([
    ['a poem', 'From: the harbour\nTo: the sea\nWith: love\n\nThe boat sails.'],
    ['a recipe', 'Bread\n\nFrom: Anna\n\nMix the flour, the water and the salt.'],
    ['fields without a story', 'Data: pilots\n\nThe wall was mended.'],
  ])('%s', (_, text) => {
    const article = read(text);
    expect(article.cut).toEqual([]);
    expect(article.title).toBe(text.split('\n')[0]);
  });
});

test('a memo has the title, author and date of its header', () => {
  const memo = `MEMO\n\nTO: All\nFROM: Bo Lind\nDATE: November 25, 2026\nRE: Parking at the quay\n\n${story}`;
  expect(read(memo)).toMatchObject({
    title: 'Parking at the quay',
    authors: ['Bo Lind'],
    published: { at: '2026-11-25T00:00:00.000Z', dateOnly: true },
    text: story,
  });
});

describe('what a mail server or a saved file leaves in a mail', () => {
  const header = 'From: Ana Reis <ana@a.example>\nSubject: The ferry sails\n\n';
  test.each([
    'CAUTION: This email originated from outside of the organization. Do not click links.',
    '[EXTERNAL EMAIL]',
    'ACHTUNG: Diese E-Mail stammt von einem externen Absender.',
    "You don't often get email from ana@a.example. Learn why this is important",
  ])('%s is cut', (notice) => {
    const article = readTextSeed(`${header}${notice}\n\nThe ferry sails again.\n\nTickets are on sale.\n`);
    expect(article.text).toBe('The ferry sails again.\n\nTickets are on sale.');
    expect(article.cut.at(-1)?.reason).toBe('notice of the mail');
    expect(JSON.stringify(article.cut)).not.toContain('@');
  });

  test('quoted-printable is decoded where the header does not say it', () => {
    const body = 'The ferry sails again=E2=80=94after two years=20\nin dock.=20\n\nTickets =3D 5 euros.\n';
    expect(readTextSeed(header + body).text).toContain('again—after two years');
    expect(readTextSeed(`${header}The sum is a=3D twice.\n\nMore text here.\n`).text).toContain('a=3D');
  });
});
