import { toObjectKey } from '../../../functions/adapters/site-objects.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';

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
