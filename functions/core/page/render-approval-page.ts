import { newsletterPaths } from '../newsletter/paths.ts';
import type { Issue } from '../newsletter/records.ts';
import { linkTo, renderDocument } from './document.ts';
import type { SitePage } from './site-page.ts';

/** What is to be said of an issue that the operator was asked to approve. */
type Standing = Issue['state'] | 'unknown';

/** The operator's pages are in English, as logs and reports are. */
const words = (state: Standing, subject: string): { heading: string; lede: string } => {
  if (state === 'held')
    return {
      heading: 'An issue waits for you',
      lede: `“${subject}” is sent to nobody before you approve it. If you discard it, its articles wait for the next date.`,
    };
  if (state === 'unknown' || state === 'composing')
    return { heading: 'There is no such issue', lede: 'This link leads to no issue that could be approved.' };
  if (state === 'discarded')
    return { heading: 'The issue was discarded', lede: 'Its articles wait for the next date.' };
  return { heading: 'The issue was approved', lede: `“${subject}” is on its way to its readers.` };
};

/** The page on which the operator approves or discards a held issue; it says so when that was done. */
export const renderApprovalPage = (
  context: SitePage,
  { state, subject, token }: { readonly state: Standing; readonly subject: string; readonly token: string },
): string => {
  const { heading, lede } = words(state, subject);
  const view = {
    heading,
    lede,
    action: linkTo(newsletterPaths.approve),
    token: state === 'held' ? token : '',
  };
  return renderDocument(context, 'approval', { title: heading, description: heading }, view);
};
