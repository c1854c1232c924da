import type { Render } from '../../render.ts';
import { fillPlaceholders } from '../email/placeholders.ts';
import type { IssueDraft } from '../issue/issue-draft.ts';

interface PreviewContext {
  readonly render: Render;
  readonly view: string;
  readonly approve: string;
  readonly notes: readonly string[];
}

/**
 * The issue as readers would get it, below a note to the operator. The links of readers and the link to the issue on
 * the web lead to the approval page, since neither works yet.
 */
export const buildPreviewEmail = (
  { subject, html, text }: Pick<IssueDraft, 'subject' | 'html' | 'text'>,
  { render, view, approve, notes }: PreviewContext,
): Pick<IssueDraft, 'subject' | 'html' | 'text'> => {
  const fillLinks = (body: string): string =>
    fillPlaceholders(body, { unsubscribe: approve, preferences: approve }).replaceAll(view, () => approve);
  const note = render('digest/approval.html', { approve, notes });
  return {
    subject: `Approve: ${subject}`,
    html: fillLinks(html).replace(/<body[^>]*>/, (body) => `${body}${note}`),
    text: `${render('digest/approval.txt', { approve, notes })}\n${fillLinks(text)}`,
  };
};
