import type { Body } from '../../../functions/core/entry.ts';
import { decideFiling, type LiveSeed } from '../../../functions/core/filing/decide-filing.ts';
import { fileArticle } from '../../../functions/core/filing/file-article.ts';
import type { ArticleRecord } from '../../../functions/core/filing/records.ts';
import { slugOf } from '../../../functions/core/slug.ts';
import type { Announcements } from './plan-announcements.ts';
import type { Standing } from './prove-seed.ts';

interface Stood {
  readonly seed: LiveSeed;
  readonly record: ArticleRecord;
  readonly body: Body;
  readonly announcements: Announcements;
  readonly timeZone: string;
}

/** An article as it stands on the site, or will once it is due; undefined where its seed does not speak for it. */
export const standOf = ({ seed, record, body, announcements, timeZone }: Stood): Standing | undefined => {
  const { id, due, state } = record;
  const told = {
    body,
    announced: announcements.instants.get(id),
    waiting: announcements.waiting.get(id),
  };
  if (state === 'published' && record.entry?.revision === seed.version.revision)
    return { ...told, entry: record.entry };
  if (state !== 'scheduled' || due === undefined) return undefined;
  const filing = { id, previous: record, seeds: [seed], now: due };
  const decision = decideFiling(filing);
  if (decision.kind !== 'publish') return undefined;
  const slug = slugOf(seed.version.slugWish, 'article');
  const { entry } = fileArticle(filing, decision, { slug, arrival: 0 }, timeZone);
  return entry && { ...told, due, entry };
};
