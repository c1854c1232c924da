import type { Command } from 'commander';
import type { Io } from '../output/io.ts';
import { addIssueCompose } from './issue-compose.ts';
import { addIssueDecisions } from './issue-decisions.ts';
import { addIssueHold } from './issue-hold.ts';
import { addIssuePreview } from './issue-preview.ts';
import { addIssueResume } from './issue-resume.ts';

/** `seedpress issue …`: what an operator does to an issue, or to all sending. */
export const addIssue = (program: Command, io: Io): void => {
  const issue = program
    .command('issue')
    .description('preview, compose, approve or discard an issue; hold all sending, and resume it')
    .addHelpText('after', '\nExample:\n  npx seedpress issue preview daily');
  for (const add of [addIssuePreview, addIssueCompose, addIssueDecisions, addIssueHold, addIssueResume])
    add(issue, io);
};
