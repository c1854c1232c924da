import { formatTable } from '../output/format-table.ts';
import type { PublicationStatus } from './gather-status.ts';

/** A publication's status for people. */
export const formatStatus = (status: PublicationStatus): string => {
  const { publication, site, time, announced, builds, queues, paused, issues } = status;
  const waiting = builds.requested - builds.built;
  const facts = formatTable([
    ['Publication', publication],
    ['Site', `${site}/`],
    ['Time', time],
    ['Announced', String(announced)],
    ['Builds', waiting > 0 ? `${waiting} requests wait` : 'all done'],
    ['Sending', paused ? `stands still since ${paused.at}: ${paused.reason}` : 'goes on'],
  ]);
  const messages = formatTable([
    ['Queue', 'waiting', 'in flight', 'dead'],
    ...queues.map((queue) => [queue.name, `${queue.waiting}`, `${queue.inFlight}`, `${queue.dead}`]),
  ]);
  const list = issues.map(({ name, at, articles, subject }) => [name, at, `${articles} articles`, subject]);
  return [facts, messages, list.length > 0 ? formatTable(list) : 'No issue yet.\n'].join('\n');
};
