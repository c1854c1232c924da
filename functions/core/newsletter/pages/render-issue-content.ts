import type { Entry, FullEntry } from '../../entry.ts';
import { selectDigestMessages, selectPageMessages } from '../../messages.ts';
import { renderLeadFigure } from '../../picture-captions.ts';
import type { RenderContext } from '../../render.ts';
import { buildEntryView } from '../../site/entry-view.ts';
import { renderArticleBody } from '../../site/render-article-body.ts';
import { findLeadImage, renderIssuePictures } from '../../site-pictures.ts';
import { escapeAttribute } from '../../text/escape-markup.ts';
import { findTextDirection } from '../../text/language.ts';
import type { ArticleForm } from '../digest/select-article-forms.ts';

interface IssueContent {
  /** Sanitized HTML. */
  readonly introduction: string;
  readonly entries: readonly FullEntry[];
  /** Of each entry, as in the mail; those that it has no space for are missing at the end. */
  readonly forms: readonly ArticleForm[];
  readonly corrections: readonly Entry[];
  readonly hasMore: boolean;
}

/** Headings stand below the article's title; ids would clash, so links within an article lead to its page. */
const fitBodyToIssue = (html: string, href: string): string =>
  html
    .replace(/(<\/?h)([2-5])(?=[\s>])/g, (_, opening: string, level: string) => `${opening}${Number(level) + 1}`)
    .replace(/(<[^<>]*?) id="[^"<>]*"/g, '$1')
    .replaceAll('href="#', `href="${escapeAttribute(href)}#`);

/** Like those of a body, pictures above an article wait until the reader comes to them; that of the first does not. */
const setLeadPriorities = (html: string): string => {
  const lazy = html.replaceAll('<img src=', '<img loading="lazy" src=');
  const end = lazy.indexOf('</article>');
  return lazy.slice(0, end).replace('<img loading="lazy"', '<img fetchpriority="high"') + lazy.slice(end);
};

/** What the page of an issue says, which is fixed with its mail: all but the navigation around it. */
export const renderIssueContent = (
  context: RenderContext,
  { introduction, entries, forms, corrections, hasMore }: IssueContent,
): string => {
  const { publication, render } = context;
  const messages = selectPageMessages(context);
  const toView = (entry: FullEntry, form: ArticleForm | undefined) => {
    const view = buildEntryView(entry, publication);
    const body =
      form === 'full'
        ? renderArticleBody(fitBodyToIssue(renderIssuePictures(entry.html, entry), view.href), messages)
        : '';
    return {
      ...view,
      body,
      lead:
        form === 'full' && !findLeadImage(entry)
          ? undefined
          : entry.image && renderLeadFigure(entry.image, entry, renderIssuePictures),
    };
  };
  const placed = entries.map((entry, index) => ({ entry, form: forms[index] }));
  const html = render('page/issue-content.html', {
    messages,
    digestMessages: selectDigestMessages(context),
    siteLanguage: publication.language,
    siteDirection: findTextDirection(publication.language),
    introduction: introduction && renderArticleBody(introduction, messages),
    articles: placed
      .filter(({ form }) => form === 'full' || form === 'excerpt')
      .map(({ entry, form }) => toView(entry, form)),
    titles: placed
      .filter(({ form }) => form === 'title' || form === undefined)
      .map(({ entry }) => buildEntryView(entry, publication)),
    hasMore,
    corrections: corrections.map((entry) => ({
      ...buildEntryView(entry, publication),
      text: entry.correction?.text ?? '',
    })),
  });
  return setLeadPriorities(html);
};
