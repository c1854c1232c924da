import { selectEmailMessages } from '../../messages.ts';
import type { RenderContext } from '../../render.ts';
import { cleanForTerminal } from '../../text/clean-for-terminal.ts';
import { interpolate } from '../../text/interpolate.ts';
import { type EmailContent, renderEmail } from './render-email.ts';

interface RefusedFile {
  readonly key: string;
  readonly reason: string;
  readonly place?: string;
}

/** In one mail; the rest are counted. */
const maxListedFiles = 20;

/** In whatever direction the mail is written: names and reasons have their own. */
const isolate = (text: string): string => `\u2068${text}\u2069`;

const formatFile = ({ key, reason, place }: RefusedFile): string => {
  const where = place === undefined ? '' : ` (${cleanForTerminal(place)})`;
  return isolate(`${cleanForTerminal(key)}${where}: ${cleanForTerminal(reason)}`);
};

/** Tells the publisher which uploads were refused, where and why, and what to do. */
export const renderRefusalEmail = (context: RenderContext, refused: readonly RefusedFile[]): EmailContent => {
  const { publication } = context;
  const messages = selectEmailMessages(context);
  const file = cleanForTerminal(refused[0]?.key ?? '');
  const formatCount = (count: number): string => count.toLocaleString(publication.language);
  const subject = refused.length > 1 ? messages.refusedSubjectMore : messages.refusedSubject;
  const left = refused.length - maxListedFiles;
  return renderEmail(
    {
      subject: interpolate(subject, { file, count: formatCount(refused.length - 1) }),
      before: [
        interpolate(messages.refused, { publication: publication.title }),
        ...refused.slice(0, maxListedFiles).map(formatFile),
        ...(left > 0 ? [interpolate(messages.refusedMore, { count: formatCount(left) })] : []),
      ],
      after: [messages.refusedDo],
      reason: interpolate(messages.refusedReason, { publication: publication.title }),
      // RFC 3834 section 5: not a reply, so that no other machine replies to it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    },
    context,
  );
};
