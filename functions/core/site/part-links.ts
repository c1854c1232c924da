import { selectPageMessages } from '../messages.ts';
import { interpolate } from '../text/interpolate.ts';
import { hasAllPartsLinked, listLinkedParts } from './list-parts.ts';
import type { PageContext } from './page-context.ts';
import { toHref } from './render-document.ts';

/** One part of a list that is too long for a page. */
export interface PagePart {
  /** Counted from 1. */
  readonly part: number;
  readonly parts: number;
}

/** "Part 3 of 12", or "Part 30" where there are too many to count them on every page. */
const formatPart = (context: PageContext, part: number, parts: number): string => {
  const { language } = context.publication;
  const messages = selectPageMessages(context);
  const message = hasAllPartsLinked(parts) ? messages.part : messages.partOfMany;
  return interpolate(message, { part: part.toLocaleString(language), parts: parts.toLocaleString(language) });
};

/** What the page of a part says of itself and of the others: nothing where it is the only one. */
export const buildPartView = (context: PageContext, { part, parts }: PagePart, toPath: (part: number) => string) => ({
  label: parts > 1 ? formatPart(context, part, parts) : undefined,
  ...(part > 1 && { previous: toPath(part - 1) }),
  ...(part < parts && { next: toPath(part + 1) }),
  links:
    parts === 1
      ? []
      : listLinkedParts(part, parts).map((other) => ({
          name: other.toLocaleString(context.publication.language),
          label: formatPart(context, other, parts),
          href: toHref(toPath(other)),
          isCurrent: other === part,
        })),
});

/** What a page shows of the other parts: more of them than these change nothing on it. */
export const toPartInputs = ({ part, parts }: PagePart) => ({
  parts: listLinkedParts(part, parts),
  isCounted: hasAllPartsLinked(parts),
});
