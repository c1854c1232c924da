import { toObjectKey } from '../../../functions/adapters/site-objects.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';

/** The files of an issue below the export's folder of issues, with where each belongs: on the site, or on the desk. */
export const toIssueFiles = (name: string) => [
  ...(['html', 'txt', 'json'] as const).map((format) => {
    const path = sitePaths.issue(name, format);
    return { file: `${name}.${format}`, bucket: 'site' as const, path, key: toObjectKey(path) };
  }),
  {
    file: `${name}.letter.json`,
    bucket: 'internal' as const,
    path: `/${internalFolders.issues}${name}.json`,
    key: `${internalFolders.issues}${name}.json`,
  },
];
