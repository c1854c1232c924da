import { toBaseName } from '../../seed-kind.ts';

const foldersByReason: readonly (readonly [folder: RegExp, reason: string])[] = [
  [
    /^(?:drafts?|unpublished|private|entw(?:ü|ue)rfe?|brouillons?|borrador(?:es)?|bozz[ae]|rascunhos?|utkast|kladder?|luonnokset|szkice|черновики|taslaklar|草稿|下書き|초안|مسودات)$/,
    'This is in a folder of drafts.',
  ],
  [
    /^(?:trash|deleted|recently deleted|papierkorb|corbeille|papelera|lixeira|cestino|prullenbak|korzina|корзина|ゴミ箱|回收站)$/,
    'This is in a folder of what was deleted.',
  ],
  // Layouts of Jekyll and Hugo, and what note programs make new notes from.
  [
    /^(?:templates?|archetypes|layouts|includes|vorlagen|mod[èe]les|plantillas|modelos|modelli|sjablonen|szablony|шаблоны|模板|テンプレート)$/,
    'This is in a folder of templates.',
  ],
];

/** Why whatever is in a folder of this name is not for readers, also where a number or sign sorts it: `00 Drafts`. */
export const findWithheldFolderReason = (key: string): string | undefined => {
  const folders = key
    .normalize('NFC')
    .toLowerCase()
    .split('/')
    .slice(0, -1)
    .map((folder) => folder.replace(/^[\d\s._-]+/, ''));
  return foldersByReason.find(([pattern]) => folders.some((folder) => pattern.test(folder)))?.[1];
};

const draftWord = 'draft|entwurf|brouillon|borrador|bozza|rascunho|utkast|kladde|черновик|草稿|下書き|초안|مسودة';
/** A title may begin or end with the word, as "Draft beer week" and "nfl-draft" do. */
const draftName = new RegExp(
  `^_(?:${draftWord})(?![\\p{L}\\p{N}])|[._](?:${draftWord})$|[([](?:${draftWord})[)\\]]|^(?:${draftWord})(?:\\.| [-–—] )`,
  'iu',
);
const capitals = /^DRAFT[-_ ]|[-_ ]DRAFT$/;

/** Dropbox, Nextcloud, Syncthing and the like keep both versions of a file that was edited in two places. */
const conflictName =
  /[ ._-]\(?(?:[^()]{0,100} )?(?:conflicted copy|in konflikt stehende kopie|copie en conflit|copia en conflicto|cópia em conflito|copia in conflitto|conflicterende kopie)|\.sync-conflict-\d{8}-|_conf\(\d{4}-/i;

/** Why the key of a seed says that it is not for readers. */
export const findWithheldKeyReason = (key: string): string | undefined => {
  const name = toBaseName(key.normalize('NFC'));
  if (draftName.test(name) || (capitals.test(name) && /\p{Ll}/u.test(name)))
    return 'This is a draft, as the name of its file says.';
  if (conflictName.test(name))
    return 'This is a second version of a file that was edited in two places. Delete it, or give it another name.';
  return findWithheldFolderReason(key);
};

const projectDocument =
  /^(?:readme|license|licence|changelog|contributing|code[-_]of[-_]conduct|security|_?index)\.\w+$/i;

/** Files that explain or list a folder. They are articles only where they state a date. */
export const isFolderDocument = (key: string): boolean => projectDocument.test(key.split('/').at(-1) ?? '');
