import { posix } from 'node:path';
import { imageType } from '../../../../functions/core/article/seed-kind.ts';
import { sitePaths } from '../../../../functions/core/site-paths.ts';
import { slugOf } from '../../../../functions/core/slug.ts';
import { addressFrom } from '../old-address.ts';
import { relativeRemark } from '../settle-html.ts';

/** Where the addresses of a page lead. */
export interface Surroundings {
  /** Files of the source, by their paths. */
  readonly files: ReadonlySet<string>;
  /** The folder of the page's file in the source; empty at its top. */
  readonly from: string;
  /** What is before the paths of the source's files in the seeds bucket: the prefix. */
  readonly prefix: string;
  /** Leads from a file's path in the source to the one that follows the prefix. */
  readonly pathOf: (file: string) => string;
  /** The address at which the page stood, if it is known. */
  readonly address?: string | undefined;
}

/** Where systems keep what stands at the site's top. */
const tops = ['', 'static/', 'public/', 'src/', 'assets/', 'source/'];

const decoded = (written: string): string => {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
};

const isAbsolute = (written: string): boolean => /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(written);

/** The file that an address of a page names; undefined where the source has none. */
const fileOf = (written: string, { files, from }: Surroundings): string | undefined => {
  const path = decoded(written.replace(/[?#].*$/, ''));
  if (!path.startsWith('/')) {
    const file = posix.normalize(posix.join(from, path));
    return files.has(file) ? file : undefined;
  }
  return tops.map((top) => posix.normalize(top + path.slice(1))).find((file) => files.has(file));
};

/** How a link to another page of the source is written once its template tag is gone. */
export const pageScheme = 'seedpress-page:';

/** The address here of a page, by the name of its file. */
const articleAt = (file: string): string => {
  const { dir, name } = posix.parse(file);
  const own = (name === 'index' ? posix.basename(dir) : name).replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '');
  return sitePaths.article({ slug: slugOf(own, '-') });
};

const missing = 'a picture that it names is not in the folder';

/** Every place of a Markdown text in which an address stands, with what is before it. */
const places = [
  /(!?\[(?:[^[\]]|\[[^\]]{0,200}\]){0,500}\]\(\s*<)([^<>\n]+)/g,
  /(!?\[(?:[^[\]]|\[[^\]]{0,200}\]){0,500}\]\(\s*)([^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)*)/g,
  /(<(?:img|a|source|video|audio)\b[^>]{0,1000}?\s(?:src|href)=["']?)([^\s"'>]+)/gi,
  /(^ {0,3}\[[^\]\n]+\]:[ \t]*<?)([^\s<>]+)/gm,
];

/** What stands within these lines is shown as it is written. */
const fences = /(^(?:```|~~~)[\s\S]*?^(?:```|~~~)[ \t]*$)/m;

const isPicture = (written: string): boolean =>
  imageType(decoded(written.replace(/[?#].*$/, ''))) !== undefined;

/** What is found while addresses are settled: files of pictures, by their paths in the source, and what is told. */
interface Findings {
  readonly pictures: Set<string>;
  readonly remarks: Set<string>;
}

/** The address of a picture of the source, which is taken along; undefined where there is none. */
const takePicture = (written: string, around: Surroundings, { pictures, remarks }: Findings) => {
  const file = isPicture(written) ? fileOf(written, around) : undefined;
  if (file === undefined) {
    remarks.add(missing);
    return undefined;
  }
  pictures.add(file);
  return written.startsWith('/') ? encodeURI(`/${around.prefix}${around.pathOf(file)}`) : written;
};

const settleAddress = (written: string, around: Surroundings, findings: Findings): string => {
  const page = (file: string): string => {
    findings.remarks.add('a link to another article follows the name of its file');
    return articleAt(file);
  };
  if (written.startsWith(pageScheme)) return page(decoded(written.slice(pageScheme.length)));
  if (written === '' || isAbsolute(written)) return written;
  const picture = isPicture(written) ? takePicture(written, around, findings) : undefined;
  if (picture !== undefined) return picture;
  const file = /\.(?:md|markdown)(?:#.*)?$/.test(written) ? fileOf(written, around) : undefined;
  if (file !== undefined) return page(file);
  const whole = addressFrom(written, around.address);
  if (whole === undefined) findings.remarks.add(relativeRemark);
  return whole ?? written;
};

/**
 * Settles the addresses of one page: pictures of the source are taken along, and those beside the page keep their
 * addresses; other relative addresses are those of the old site.
 */
export const openSettling = (around: Surroundings) => {
  const findings: Findings = { pictures: new Set(), remarks: new Set() };
  const settle = (_all: string, before: string, written: string): string =>
    before + settleAddress(written, around, findings);
  const settleAll = (text: string): string =>
    places.reduce((settling, place) => settling.replace(place, settle), text);
  return {
    ...findings,
    /** The address of the page's own picture; undefined where there is none. */
    picture: (written: string): string | undefined =>
      /^https?:/i.test(written)
        ? written
        : (takePicture(written, around, findings) ?? addressFrom(written, around.address)),
    /** Every address in a Markdown text, but those in code. */
    text: (markdown: string): string =>
      markdown
        .split(fences)
        .map((part, index) => (index % 2 === 1 ? part : settleAll(part)))
        .join(''),
  };
};

export type Settling = ReturnType<typeof openSettling>;
