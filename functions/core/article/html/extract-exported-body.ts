import { type Element, isInside, removeNodes } from '../body/tree.ts';
import type { ExportedDocument } from '../exported/read-exported-document.ts';
import type { ExtractedBody } from './extract-body.ts';
import { parseNames } from './find-authors.ts';
import { type DeclaredTitle, findPageHeadline } from './find-page-headline.ts';
import { splitPageBlocks } from './page-blocks.ts';
import { parseFirstStatedTime, type TimeContext } from './parse-stated-time.ts';
import { removeWrappers } from './remove-wrappers.ts';

/** The headline is the tool's, else the one that the metadata or the first lines give. */
const takeTitle = (exported: ExportedDocument, known: DeclaredTitle): string => {
  if (exported.title) return exported.title;
  const blocks = splitPageBlocks(exported.body);
  const { title, index } = findPageHeadline(known, blocks, 0);
  removeNodes(blocks[index]?.nodes ?? []);
  return title;
};

/** The article of a document that its author exported: all of its text. */
export const extractExportedBody = (
  exported: ExportedDocument,
  page: Element,
  known: DeclaredTitle,
  context: TimeContext,
): ExtractedBody => {
  const { body } = exported;
  const title = takeTitle(exported, known);
  const outside = splitPageBlocks(page).filter(({ container }) => !isInside(container, body));
  const around = outside.map(({ text }) => ({ text, reason: 'not part of the story' }));
  const authors = exported.authors.flatMap(parseNames);
  const published = parseFirstStatedTime(exported.dates, context);
  removeWrappers(body);
  return { title, body, cut: [...exported.cut, ...around], authors, ...(published && { published }) };
};
