import { newsletterPaths } from '../../../functions/core/newsletter/paths.ts';
import { keyOf } from '../../../functions/publishing/write-documents.ts';
import { deskFolders } from '../../../functions/runtime/contract.ts';

/** The files of an issue below the export's folder of issues, with where each belongs: on the site, or on the desk. */
export const issueFiles = (name: string) => [
  ...(['html', 'txt', 'json'] as const).map((format) => {
    const path = newsletterPaths.issue(name, format);
    return { file: `${name}.${format}`, bucket: 'site' as const, path, key: keyOf(path) };
  }),
  {
    file: `${name}.letter.json`,
    bucket: 'desk' as const,
    path: `/${deskFolders.issues}${name}.json`,
    key: `${deskFolders.issues}${name}.json`,
  },
];
