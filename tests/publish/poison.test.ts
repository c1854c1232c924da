import { S3ServiceException } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { toSeedUuid } from '../../functions/core/identity.ts';
import type { Render } from '../../functions/core/render.ts';
import type { PublishServices } from '../../functions/publish/services.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import { baseSettings, type PublishFixture } from './publish-fixture.ts';

const now = () => new Date('2026-10-27T12:00:00.000Z');
const write = (title: string, more = ''): string =>
  `---\ntitle: ${title}\ntags: [Ferries]\nauthor: Ana\ndate: 2026-10-20\n${more}\n---\n\nThe ferry ${title} runs.\n`;

const key = 'poison.md';
const text = write('Poison', 'id: urn:example:poison');

/**
 * The article's title, slug and id contain a word that no other has, and its seed's UUID is in the names of its bodies.
 */
const poisonPattern = new RegExp(`poison|${toSeedUuid(baseSettings.id, key)}`, 'i');

/** The parts of a request that are about the poison; those that differ between two runs are left out. */
const listPoisonParts = (about: readonly unknown[]): string[] =>
  about.flatMap((part) => {
    const json = JSON.stringify(part);
    if (!poisonPattern.test(json)) return [];
    return typeof part === 'string'
      ? [part.replace(/[0-9a-f]{40}-/i, '')]
      : [[...json.matchAll(/"(?:put|delete|pk|UpdateExpression)":(?:"[^"]*")?/g)].join(' ')];
  });

interface PoisonStep {
  readonly command: string;
  readonly parts: readonly string[];
}

const describePoison = ({ command, parts }: PoisonStep): string => `${command} ${parts.join(', ')}`;

/** Whether a request does what the step does for the poison: alone, with others, or in part. */
const isPartOfStep = (step: PoisonStep, command: string, about: readonly unknown[]): boolean =>
  command === step.command && listPoisonParts(about).some((part) => step.parts.includes(part));

/** Uploads the poison between good articles. */
const uploadAll = async (fixture: PublishFixture): Promise<void> => {
  await fixture.upload('before.md', write('Before'));
  await fixture.deliverAll();
  await fixture.upload('a.md', write('Good A'));
  await fixture.upload(key, text);
  await fixture.upload('b.md', write('Good B'));
};

/** Delivers messages once a minute, and those that fail again. @returns whether any failed */
const passMinutes = async (
  fixture: PublishFixture,
  minutes: number,
  services: PublishServices = fixture.services,
): Promise<boolean> => {
  let hasFailed = false;
  for (let minute = 0; minute < minutes; minute += 1) {
    fixture.tick();
    const messages = fixture.pending.splice(0);
    const failed = await fixture.deliver(messages, services);
    hasFailed ||= failed.length > 0;
    fixture.pending.push(...messages.filter(({ id }) => failed.includes(id)));
  }
  return hasFailed;
};

const good = ['Before', 'Good A', 'Good B'];
const listDocuments = ['index.html', 'rss.xml', 'atom.xml', 'feed.json', 'topics/ferries', 'topics/ferries/rss.xml'];
const otherDocuments = [
  'authors/ana',
  'authors/ana/2026',
  'archive/2026-10',
  'archive/2026-10/feed.json',
  'archive/2026-10/sitemap.xml',
];

/** Reads what the issues of a cadence contained: a next digest that cannot be planned stays as it is. */
const isDigestStep = (step: string): boolean => step.includes('SENT_ARTICLE');

/** A list whose manifest cannot be saved is built again with all of its articles. */
const isManifestStep = (step: string): boolean => step.includes('MANIFEST#');

const expectGoodPublished = async (fixture: PublishFixture, step: string): Promise<void> => {
  for (const title of good) {
    const slug = title.toLowerCase().replace(' ', '-');
    expect(await fixture.read('site', `articles/${slug}`), `page of ${title}, ${step}`).toContain(title);
    for (const key of [...listDocuments, ...otherDocuments, ...(isDigestStep(step) ? [] : ['digest/daily.html'])])
      expect(await fixture.read('site', key), `${title} in ${key}, ${step}`).toMatch(new RegExp(`${title}|${slug}`));
  }
};

const listMarks = async (fixture: PublishFixture): Promise<string[]> =>
  [...(await fixture.listItems()).keys()].filter((key) => key.startsWith('CHANGED'));

/** Every request about the poison, of a message and of a build. */
const listSteps = async (): Promise<PoisonStep[]> => {
  const steps = new Map<string, PoisonStep>();
  const onRequest = (command: string, about: readonly unknown[]) => {
    const step = { command, parts: listPoisonParts(about) };
    if (step.parts.length > 0) steps.set(describePoison(step), step);
  };
  const fixture = await createInMemoryPublishFixture({ now, onRequest });
  await uploadAll(fixture);
  await passMinutes(fixture, 1);
  return [...steps.values()];
};

test('whatever request about one article fails each time, all others are published and the change is set aside', async () => {
  const steps = await listSteps();
  expect(steps.length).toBeGreaterThan(10);
  for (const poisoned of steps) {
    const step = describePoison(poisoned);
    let isBroken = true;
    const onRequest = (command: string, about: readonly unknown[]) => {
      if (isBroken && isPartOfStep(poisoned, command, about)) throw new Error('it cannot be done');
    };
    const fixture = await createInMemoryPublishFixture({ now, onRequest });
    await uploadAll(fixture);
    const isMessage = await passMinutes(fixture, 4);
    await expectGoodPublished(fixture, step);
    const setAside = fixture.warnings.filter(({ message }) => message === 'seed set aside');
    expect(
      setAside
        .map(({ fields }) => fields)
        .filter((fields) => !isManifestStep(step) || JSON.stringify(fields).includes(key)),
      step,
    ).toEqual(
      isMessage || isDigestStep(step)
        ? []
        : [{ key, reason: '3 builds failed on it and left it out: Error: it cannot be done' }],
    );
    isBroken = false;
    await fixture.upload(key, text.replace('runs', 'runs again'));
    await passMinutes(fixture, 2);
    expect(await fixture.read('site', 'articles/poison'), step).toContain('runs again');
    expect(await fixture.read('site', 'rss.xml'), step).toContain('runs again');
    expect(await listMarks(fixture), step).toEqual([]);
  }
});

const isRendering = (data: object): boolean => /poison/i.test(JSON.stringify(data));

/** Templates of the builder's documents that show articles. */
test.each(['page/article.html', 'page/home.html', 'page/month.html', 'page/list.html', 'digest/article.html'])(
  'an article that %s cannot be rendered with is left out, and the change is set aside',
  async (template) => {
    const fixture = await createInMemoryPublishFixture({ now });
    const { services } = fixture;
    let isBroken = true;
    const render: Render = (name, data) => {
      if (isBroken && name === template && isRendering(data)) throw new RangeError('no such locale');
      return services.render(name, data);
    };
    const broken = { ...services, render };
    await uploadAll(fixture);
    await passMinutes(fixture, 4, broken);
    await expectGoodPublished(fixture, template);
    expect(await fixture.read('internal', `rejections/${key}.txt`)).toMatch(
      /^poison\.md was not published[\s\S]+Reason: 3 builds failed on it and left it out: RangeError: no such locale/,
    );
    isBroken = false;
    // What `seedpress rebuild` asks for: the seed is read again, and every document is built again.
    const [record] = await services.seeds.getMany([key]);
    fixture.send({ source: 'aws.s3', detail: { object: { key, sequencer: record?.sequencer } } });
    await services.build.requestFullRebuild('again');
    await passMinutes(fixture, 2, broken);
    expect(await fixture.read('site', 'articles/poison')).toContain('Poison');
    expect(await fixture.read('site', 'archive/2026-10')).toContain('Poison');
    expect(await fixture.read('site', 'topics/ferries')).toContain('Poison');
    expect(await fixture.read('site', 'digest/daily.html')).toContain('Poison');
    expect(await fixture.read('internal', `rejections/${key}.txt`)).toBeUndefined();
    expect(await listMarks(fixture)).toEqual([]);
  },
);

test.each([
  ['is missing', undefined],
  ['is no JSON', 'x'],
  ['has no text', '{}'],
])('an article of long ago whose body %s is left out of its feeds, and told to the publisher', async (_, body) => {
  const fixture = await createInMemoryPublishFixture({ now });
  await uploadAll(fixture);
  await passMinutes(fixture, 1);
  const [record] = await fixture.services.seeds.getMany([key]);
  const bodyKey = `bodies/${record?.version?.bodyKey}`;
  const { internal } = fixture.services.buckets;
  if (body === undefined) await internal.delete(bodyKey);
  else await internal.put(bodyKey, body, { contentType: 'application/json' });
  await fixture.upload('c.md', write('Another'));
  // Another process, which does not have the body yet.
  const others = fixture.createFixtureServices();
  await passMinutes(fixture, 5, others);
  await expectGoodPublished(fixture, 'old');
  for (const name of ['rss.xml', 'archive/2026-10/atom.xml', 'topics/ferries/feed.json', 'digest/daily.txt'])
    expect(await fixture.read('site', name), name).toContain('Another');
  expect(await fixture.read('site', 'articles/poison')).toContain('Poison');
  expect(await fixture.read('internal', `rejections/${key}.txt`)).toContain('3 builds failed on it');
  expect(await listMarks(fixture)).toEqual([]);
  await fixture.upload(key, text.replace('runs', 'runs again'));
  await passMinutes(fixture, 1);
  expect(await fixture.read('site', 'rss.xml')).toContain('runs again');
});

test('an issue whose document is missing does not stop the others', async () => {
  const fixture = await createInMemoryPublishFixture({ now });
  const { issues } = fixture.services;
  const at = '2026-10-26T07:00:00.000Z';
  await issues.addToIndex({ cadence: 'daily', number: 1, at, subject: 'Lost', articles: 1 }, 'Europe/Lisbon');
  await uploadAll(fixture);
  await passMinutes(fixture, 2);
  await expectGoodPublished(fixture, 'issue');
});

test('a service that fails for everything is no fault of a seed: the build is tried again until it works', async () => {
  let isBroken = true;
  const onRequest = (command: string, about: readonly unknown[]) => {
    if (isBroken && command === 'PutObject' && JSON.stringify(about).includes('site/articles'))
      throw new S3ServiceException({ name: 'SlowDown', $fault: 'server', $metadata: { httpStatusCode: 503 } });
  };
  const fixture = await createInMemoryPublishFixture({ now, onRequest });
  await uploadAll(fixture);
  fixture.tick();
  for (let minute = 0; minute < 5; minute += 1) {
    const messages = fixture.pending.splice(0);
    // Uploads are recorded, so only the tick comes again: alone, it fails the invocation and rings the alarm.
    if (minute > 0) expect(messages.map(({ body }) => JSON.parse(body).source)).toEqual(['aws.events']);
    await fixture.deliver(messages).catch(() => undefined);
    fixture.tick();
  }
  expect(fixture.warnings.map(({ message }) => message)).not.toContain('seed set aside');
  isBroken = false;
  await passMinutes(fixture, 1);
  expect(await fixture.read('site', 'articles/poison')).toContain('Poison');
  expect(await listMarks(fixture)).toEqual([]);
});
