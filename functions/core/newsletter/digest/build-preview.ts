import type { Render } from '../../render.ts';
import { fillPlaceholders } from '../email/placeholders.ts';
import type { IssueDraft } from '../issue/issue-draft.ts';

/** What a preview is made with: where the operator approves it, and where the issue will stand. */
interface PreviewContext {
  readonly render: Render;
  readonly view: string;
  readonly approve: string;
}

/**
 * The letter as readers would get it, under a note to the operator. Readers' own links lead to that note's page, and
 * so does that to the issue on the web, where nothing stands yet.
 */
export const buildPreview = (
  { subject, html, text }: Pick<IssueDraft, 'subject' | 'html' | 'text'>,
  { render, view, approve }: PreviewContext,
): Pick<IssueDraft, 'subject' | 'html' | 'text'> => {
  const links = { unsubscribe: approve, preferences: approve };
  const put = (letter: string): string => fillPlaceholders(letter, links).replaceAll(view, () => approve);
  const note = render('digest/approval.html', { approve });
  return {
    subject: `Approve: ${subject}`,
    html: put(html).replace(/<body[^>]*>/, (body) => `${body}${note}`),
    text: `${render('digest/approval.txt', { approve })}\n${put(text)}`,
  };
};
