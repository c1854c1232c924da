import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { sitePaths } from '../../site-paths.ts';
import type { Issue } from '../issue/issue-record.ts';

type ApprovalState = Issue['state'] | 'unknown';

/** The operator's pages are in English, as logs and reports are. */
const selectApprovalMessages = (state: ApprovalState, subject: string): { heading: string; lede: string } => {
  if (state === 'held')
    return {
      heading: 'An issue is waiting for your approval',
      lede: `“${subject}” will not be sent until you approve it. If you discard it, its articles wait for the next issue.`,
    };
  if (state === 'unknown' || state === 'composing')
    return {
      heading: 'Issue not found',
      lede: 'This link does not belong to an issue that you can approve.',
    };
  if (state === 'discarded')
    return { heading: 'The issue was discarded', lede: 'Its articles wait for the next issue.' };
  return { heading: 'The issue was approved', lede: `“${subject}” is on its way to your readers.` };
};

export const renderApprovalPage = (
  context: PageContext,
  { state, subject, token }: { readonly state: ApprovalState; readonly subject: string; readonly token: string },
): string => {
  const { heading, lede } = selectApprovalMessages(state, subject);
  const view = {
    heading,
    lede,
    action: toHref(sitePaths.subscriptions.approve),
    token: state === 'held' ? token : '',
  };
  return renderDocument(context, 'approval', { title: heading, description: heading }, view);
};
