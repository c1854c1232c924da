import { selectPageMessages } from '../messages.ts';
import type { RenderContext } from '../render.ts';
import { type PreviewView, sitePaths } from '../site-paths.ts';
import { formatDate } from '../text/format-date.ts';
import { interpolate } from '../text/interpolate.ts';
import { type PreviewBar, toHref } from './render-document.ts';

export interface PreviewFacts {
  readonly id: string;
  /** Why the article is not public, in the words of its author's tools. */
  readonly reason?: string | undefined;
  /** When it is published by itself. */
  readonly due?: string | undefined;
  readonly isInDigest: boolean;
  /** A page of the publication's own is in no feed or issue. */
  readonly isPage: boolean;
}

/** What stands above a preview: that it is one, why, and the ways to look at it. */
export const buildPreviewBar = (
  context: RenderContext,
  { id, reason, due, isInDigest, isPage }: PreviewFacts,
  current: PreviewView,
): PreviewBar => {
  const messages = selectPageMessages(context);
  const date = due === undefined ? undefined : formatDate(due, context.publication, false).text;
  const lede = date === undefined ? messages.previewLede : interpolate(messages.previewDue, { date });
  const views: { readonly view: PreviewView; readonly name: string }[] = [
    { view: 'page', name: messages.previewPage },
    ...(isPage ? [] : [{ view: 'entry' as const, name: messages.readerHeading }]),
    ...(isInDigest ? [{ view: 'digest' as const, name: messages.digestHeading }] : []),
  ];
  return {
    lede: isInDigest || isPage ? lede : `${lede} ${messages.previewNoDigest}`,
    reason,
    links: views.map(({ view, name }) => ({
      name,
      href: toHref(sitePaths.preview(id, view)),
      isCurrent: view === current,
    })),
  };
};
