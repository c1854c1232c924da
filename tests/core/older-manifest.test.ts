import { expect, test } from 'vitest';
import { siteManifestSchema } from '../../functions/core/lifecycle/manifest.ts';

test('a manifest that an older version wrote is read, so that an update builds the site again', () => {
  const older = {
    name: 'site',
    title: 'The Harbour Gazette',
    fingerprints: { '/': 'a' },
    buildVersion: 'b',
    refreshes: 0,
    withdrawn: [],
    largestTopics: [],
    hasMoreTopics: false,
    cadences: [{ cadence: 'weekly', after: 3 }],
    hasLeftOut: false,
  };
  const { hasSent } = siteManifestSchema.parse(older);
  expect(hasSent).toBe(true);
});
