import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { truncate } from '../../text/truncate.ts';
import { type CommentNode, isCommentNode, isElement, type ParentNode, removeNodes } from './tree.ts';

/**
 * What programs write into comments: blocks of WordPress, cards of Ghost, conditions of Word, the limits of what was
 * copied, where a summary ends, what a program that checks or changes the text is to do.
 */
const programMark =
  /^(?:\{|\/?wp:|\[if\b|\[endif|<!\[|\[CDATA|(?:start|end)fragment$|kg-card-|\/?ko\b|more$|more\s\S{0,200}$|noteaser$|nextpage$|read ?more$|(?:end )?(?:excerpt|summary)$|excerpt-?end$|excerptend$|truncate$|teaser_end|break$|toc(?:stop)?$|tocstop$|\/?(?:prettier|eslint|markdownlint|vale|cspell|textlint|biome|alex|lint|doctoc|omit from toc)\b|(?:begin|end|start):?\s?[\w-]{0,40}$|\/?[.#][\w-]{1,60}$)/i;

/** More than so many become one line, as those of templates in the code of a page. */
const maxListedComments = 20;
const maxTextLength = 10_000;

const readComment = ({ data }: CommentNode): string => cleanLine(data.slice(0, 2 * maxTextLength).toWellFormed());

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Lists comments by their words; those that programs write are counted. */
export const describeComments = (comments: readonly CommentNode[]): CutText[] => {
  const texts = comments.map(readComment).filter(hasWords);
  const marks = texts.filter((text) => programMark.test(text));
  const words = texts.filter((text) => !programMark.test(text));
  const listed = words.length > maxListedComments ? [words.join(' · ')] : words;
  const [mark] = marks;
  return [
    ...listed.map((text) => ({ text: truncate(text, maxTextLength), reason: 'comment' })),
    ...(mark === undefined
      ? []
      : [
          {
            text: marks.length === 1 ? truncate(mark, 200) : `${marks.length} such as “${truncate(mark, 200)}”`,
            reason: 'mark of a program',
          },
        ]),
  ];
};

/** In the order of the document. */
export const findComments = (top: ParentNode): CommentNode[] => {
  const comments: CommentNode[] = [];
  const visit = ({ childNodes }: ParentNode): void => {
    for (const child of childNodes) {
      if (isCommentNode(child)) comments.push(child);
      else if (isElement(child)) visit(child);
    }
  };
  visit(top);
  return comments;
};

/** Removes comments, and lists them. */
export const cutComments = (top: ParentNode): CutText[] => {
  const comments = findComments(top);
  removeNodes(comments);
  return describeComments(comments);
};
