import { countQuietMs } from '../core/newsletter/delivery/quiet-hours.ts';
import { buildImmediateIssueRequest, isImmediateIssueMissing } from '../core/newsletter/issue/immediate-issue.ts';
import type { ComposeIssueServices } from './services.ts';

/**
 * Asks for an immediate issue of articles that wait and for which none is asked: after quiet hours, a hold, an issue
 * that had no space for all, or a build that ended before it could ask.
 */
export const requestWaitingIssue = async (services: ComposeIssueServices): Promise<void> => {
  const { build, cadenceStates, issuesQueue, now, publication, rateLimit } = services;
  if (!publication.digest.immediately) return;
  const state = await cadenceStates.get('immediately');
  if (state.open) return;
  const { announced } = await build.get();
  if (!isImmediateIssueMissing(state, announced) || countQuietMs(publication, now()) > 0) return;
  if ((await rateLimit.get()).paused?.holdsComposing) return;
  const request = buildImmediateIssueRequest(publication, announced, now());
  if (request) await issuesQueue.send(request.message, request.delaySeconds);
};
