import type { Render } from '../render.ts';
import { type IssueDraft, putReaderLinks } from './issue-draft.ts';

/** What a preview is made with: where the operator approves it. */
interface Preview {
  readonly render: Render;
  readonly approve: string;
}

/** The letter as readers would get it, under a note to the operator. Readers' own links lead to that note's page. */
export const writePreview = (
  { subject, html, text }: Pick<IssueDraft, 'subject' | 'html' | 'text'>,
  { render, approve }: Preview,
): Pick<IssueDraft, 'subject' | 'html' | 'text'> => {
  const links = { unsubscribe: approve, preferences: approve };
  const note = render('digest/approval.html', { approve });
  return {
    subject: `Approve: ${subject}`,
    html: putReaderLinks(html, links).replace(/<body[^>]*>/, (body) => `${body}${note}`),
    text: `${render('digest/approval.txt', { approve })}\n${putReaderLinks(text, links)}`,
  };
};
