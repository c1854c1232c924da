import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { queryPage } from '../core/site/query-page.ts';
import { type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

const start = Date.parse('2026-11-23T07:00:00.000Z');
const day = 24 * 60 * 60 * 1000;
const email = 'ana@harbour.example';
const topics = ['Harbour', { name: 'Council & courts', topics: ['Council', 'Courts'] }, 'Sport'];
let clock = start;
let fixture: SubscriptionsFixture;
beforeEach(async () => {
  clock = start;
  fixture = await startSubscriptionsFixture({ now: () => new Date(clock), settings: { newsletter: { topics } } });
});
afterEach(() => fixture.stop());

const read = async (response: Response | Promise<Response>) => {
  const answered = await response;
  return { status: answered.status, page: queryPage(await answered.text()) };
};
const post = (path: string, fields: readonly (readonly [string, string])[]): Promise<Response> => {
  const body = new URLSearchParams();
  for (const [name, value] of fields) body.append(name, value);
  return fixture.get(path, { method: 'POST', body });
};
const readToken = (link: string): string => new URL(link, fixture.origin).searchParams.get('token') ?? '';

const signUp = (chosen: readonly string[]): Promise<Response> =>
  post('/subscriptions', [['email', email], ['cadence', 'daily'], ...chosen.map((slug) => ['topics', slug] as const)]);
const confirm = (): Promise<Response> =>
  fixture.post('/subscriptions/confirm', { token: readToken(fixture.findLatestLink('confirm')) });
const subscribe = async (chosen: readonly string[] = []): Promise<string> => {
  await signUp(chosen);
  await confirm();
  return fixture.findLatestLink('preferences');
};
const save = (link: string, fields: readonly (readonly [string, string])[]) =>
  read(post('/subscriptions/preferences', [['token', readToken(link)], ...fields]));
const readChosen = async (link: string) =>
  (await read(fixture.get(link))).page.attributes('input[name=topics][checked]', 'value');
const readSubscriber = async () => (await fixture.readSubscriber()) ?? {};

describe('topics', () => {
  test('are offered in the order of the settings, and the words of the consent have them', async () => {
    await fixture.upload('a.md', '# First of all\n\nText.\n');
    await fixture.deliverAll();
    const page = queryPage((await fixture.read('site', 'subscribe')) ?? '');
    expect(page.texts('form fieldset:has([name=topics]) label')).toEqual(['Harbour', 'Council & courts', 'Sport']);
    expect(page.text('form fieldset:has([name=topics]) legend')).toBe('Topics');
    const words = page.attribute('form [name=words]', 'value') ?? '';
    await fixture.signUp(email, { form: 'subscribe', words });
    const text = await fixture.services.consentWords.find(words);
    expect(text).toContain('Topics · Choose what you want to read about. If you choose none, you get all articles.');
    expect(text).toContain('Harbour · Council & courts · Sport');
  });

  test('that are chosen are said by mail, page and welcome, and the welcome has their articles alone', async () => {
    await fixture.upload('a.md', '---\ntitle: Of ships\ntopics: [Harbour]\n---\n\nText.\n');
    await fixture.upload('b.md', '---\ntitle: Of judges\ntopics: [Courts]\n---\n\nText.\n');
    await fixture.upload('c.md', '---\ntitle: Of goals\ntopics: [Sport]\n---\n\nText.\n');
    await fixture.deliverAll();
    await signUp(['sport', 'council']);
    const chosen = 'Topics: Council & courts and Sport.';
    expect(fixture.mails.at(-1)?.text).toContain(chosen);
    expect((await read(fixture.get(fixture.findLatestLink('confirm')))).page.texts('.standfirst')).toContain(chosen);
    expect((await read(confirm())).page.texts('.standfirst')).toContain(chosen);
    expect(JSON.parse(String((await readSubscriber()).topics))).toEqual(['council', 'sport']);
    const welcome = fixture.mails.at(-1)?.text ?? '';
    expect(welcome).toContain(chosen);
    expect(welcome).toContain('Of judges');
    expect(welcome).toContain('Of goals');
    expect(welcome).not.toContain('Of ships');
  });

  test.each([
    ['none', []],
    ['all', ['harbour', 'council', 'sport']],
  ])('of which %s are chosen are all articles', async (_, chosen) => {
    await subscribe(chosen);
    expect(await readSubscriber()).not.toHaveProperty('topics');
    expect(fixture.mails.at(-1)?.text).toContain('Topics: all articles.');
  });

  test('of an older form are refused with a word, and the form keeps the rest', async () => {
    const { status, page } = await read(signUp(['harbour', 'books']));
    expect([status, page.text('h1')]).toEqual([422, 'Please choose your topics again']);
    expect(page.text('.problem')).toContain('not offered any more');
    expect(page.attribute('[name=email]', 'value')).toBe(email);
    expect(page.attributes('input[name=topics][checked]', 'value')).toEqual(['harbour']);
    expect(fixture.mails).toEqual([]);
    expect(await fixture.readSubscriber()).toBeUndefined();
  });

  test('change in the preferences, and a form without them changes none', async () => {
    const link = await subscribe(['harbour']);
    expect(await readChosen(link)).toEqual(['harbour']);
    await save(link, [['choice', 'weekly']]);
    expect(await readChosen(link)).toEqual(['harbour']);
    const saved = await save(link, [
      ['choice', 'weekly'],
      ['topics', ''],
      ['topics', 'sport'],
      ['topics', 'council'],
    ]);
    expect(saved.page.text('[role=status]')).toBe('Your choice is saved.');
    expect(await readChosen(link)).toEqual(['council', 'sport']);
    const refused = await save(link, [
      ['choice', 'weekly'],
      ['topics', 'books'],
    ]);
    expect([refused.status, refused.page.text('.problem')]).toEqual([422, expect.stringContaining('choose again')]);
    await save(link, [
      ['choice', 'weekly'],
      ['topics', ''],
    ]);
    expect(await readSubscriber()).not.toHaveProperty('topics');
  });

  test('of a form that is refused stay as they were filled in, with the problem beside the field', async () => {
    const link = await subscribe(['harbour']);
    const refused = await save(link, [
      ['choice', 'pause-date'],
      ['date', '2026-11-01'],
      ['topics', ''],
      ['topics', 'sport'],
    ]);
    expect(refused.status).toBe(422);
    expect(refused.page.attributes('input[name=topics][checked]', 'value')).toEqual(['sport']);
    expect(refused.page.attribute('[name=date]', 'value')).toBe('2026-11-01');
    expect(refused.page.attribute('[autofocus]', 'name')).toBe('date');
    const unknown = await save(link, [
      ['choice', 'weekly'],
      ['topics', 'sport'],
      ['topics', 'books'],
    ]);
    expect(unknown.page.attribute('[name=choice][checked]', 'value')).toBe('weekly');
    expect(unknown.page.attributes('input[name=topics][checked]', 'value')).toEqual(['sport']);
    expect(unknown.page.attribute('[autofocus]', 'name')).toBe('topics');
    expect(await readChosen(link)).toEqual(['harbour']);
  });

  test('stay ticked when the cadence is not offered any more, which the page says before and after', async () => {
    const link = await subscribe(['harbour']);
    const { publication } = fixture.services;
    const { digest } = publication;
    Object.assign(publication, { digest: { weekly: digest.weekly } });
    // Other tests have the same settings.
    onTestFinished(() => void Object.assign(publication, { digest }));
    const shown = (await read(fixture.get(link))).page;
    expect(shown.text('fieldset .problem')).toContain('not offered any more');
    expect(shown.has('[name=choice][checked]')).toBe(false);
    for (const choice of ['daily', '']) {
      const { status, page } = await save(link, [
        ['choice', choice],
        ['topics', 'sport'],
      ]);
      expect([status, page.text('fieldset .problem')]).toEqual([422, expect.stringContaining('choose again')]);
      expect(page.attributes('input[name=topics][checked]', 'value')).toEqual(['sport']);
      expect(page.attribute('[autofocus]', 'name')).toBe('choice');
    }
    await save(link, [
      ['choice', 'weekly'],
      ['topics', 'sport'],
    ]);
    expect(await readSubscriber()).toMatchObject({ cadence: 'weekly', topics: '["sport"]' });
  });

  test('of who comes back are those of the link, unless one is not offered any more', async () => {
    const link = await subscribe(['harbour']);
    await fixture.post('/subscriptions/unsubscribe', { token: readToken(fixture.findLatestLink('unsubscribe')) });
    expect((await read(fixture.get(link))).page.text('h1')).toBe('You are not subscribed');
    clock += day;
    await signUp(['sport']);
    clock += 1000;
    const { newsletter } = fixture.services.publication;
    const [all] = [newsletter.topics];
    Object.assign(newsletter, { topics: all.slice(0, 2) });
    expect((await read(confirm())).status).toBe(410);
    Object.assign(newsletter, { topics: all });
    expect((await read(confirm())).status).toBe(200);
    expect(await readChosen(link)).toEqual(['sport']);
  });
});

describe('a pause', () => {
  test.each([
    ['pause-week', '', '30 November 2026', '2026-11-30T00:00:00.000Z'],
    ['pause-month', '', '23 December 2026', '2026-12-23T00:00:00.000Z'],
    ['pause-quarter', '', '23 February 2027', '2027-02-23T00:00:00.000Z'],
    ['pause-date', '2026-12-05', '5 December 2026', '2026-12-05T00:00:00.000Z'],
    // Who fills in a date and leaves the cadence means it.
    ['daily', '2026-12-05', '5 December 2026', '2026-12-05T00:00:00.000Z'],
  ])('%s %s lasts until %s, and the page says so', async (choice, date, said, pausedUntil) => {
    const link = await subscribe();
    const { page } = await save(link, [
      ['choice', choice],
      ['date', date],
    ]);
    const words = new Date(pausedUntil).toLocaleDateString('en', { dateStyle: 'long', timeZone: 'Europe/Lisbon' });
    expect(said.split(' ').every((word) => words.includes(word))).toBe(true);
    expect(page.text('form.saved p')).toBe(`Your subscription is paused until ${words}.`);
    expect(page.attribute('[name=choice][checked]', 'value')).toBe('pause-date');
    expect(page.attribute('[name=date]', 'value')).toBe(pausedUntil.slice(0, 10));
    expect(await readSubscriber()).toMatchObject({ cadence: 'daily', paused: true, pausedUntil });
  });

  test('ends at once by a button, which changes nothing else', async () => {
    const link = await subscribe(['harbour']);
    await save(link, [['choice', 'pause']]);
    const { page } = await read(fixture.get(link));
    expect(page.text('form.saved p')).toBe('Your subscription is paused until you come back.');
    const names = page.attributes('form.saved input', 'name').map(String);
    const values = page.attributes('form.saved input', 'value').map(String);
    await post(
      '/subscriptions/preferences',
      names.map((name, place) => [name, values[place] ?? ''] as const),
    );
    expect(await readSubscriber()).toMatchObject({ cadence: 'daily', paused: false, topics: '["harbour"]' });
    expect((await read(fixture.get(link))).page.has('form.saved')).toBe(false);
  });

  test('that is over is not shown, and its dates move with the clock', async () => {
    const link = await subscribe();
    await save(link, [['choice', 'pause-week']]);
    clock += 7 * day;
    const { page } = await read(fixture.get(link));
    expect(page.has('form.saved')).toBe(false);
    expect(page.attribute('[name=choice][checked]', 'value')).toBe('daily');
    expect([page.attribute('[name=date]', 'min'), page.attribute('[name=date]', 'max')]).toEqual([
      '2026-12-01',
      '2027-11-30',
    ]);
  });

  test.each(['', '2026-11-23', '2030-01-01', '5 December', '<b>'])('until %j is refused with a word', async (date) => {
    const link = await subscribe();
    const { status, page } = await save(link, [
      ['choice', 'pause-date'],
      ['date', date],
    ]);
    expect(status).toBe(422);
    expect(page.text('.problem')).toBe('Please choose a day from November 24, 2026 to November 23, 2027.');
    expect(page.attribute('[name=choice][checked]', 'value')).toBe('pause-date');
    expect(await readSubscriber()).toMatchObject({ paused: false });
  });
});
