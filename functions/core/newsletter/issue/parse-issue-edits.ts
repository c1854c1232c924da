import { cleanLine, cleanText } from '../../text/clean-text.ts';
import type { IssueEdits } from './issue-record.ts';

/** Characters of Markdown. */
export const maxIntroductionLength = 10_000;
export const maxChosenSubjectLength = 150;

/** What an editor wrote. An empty text and an empty list leave it to the composition. */
export interface WrittenEdits {
  readonly subject: string;
  readonly introduction: string;
  readonly order: readonly string[];
  readonly leftOut: readonly string[];
}

export type ParsedEdits =
  | { readonly edits: IssueEdits }
  | { readonly problem: string; readonly field: 'subject' | 'introduction' };

export const parseIssueEdits = ({ subject, introduction, order, leftOut }: WrittenEdits): ParsedEdits => {
  const chosenSubject = cleanLine(subject);
  const markdown = cleanText(introduction).trim();
  if (chosenSubject.length > maxChosenSubjectLength)
    return {
      field: 'subject',
      problem: `The subject has ${chosenSubject.length} characters; ${maxChosenSubjectLength} are possible.`,
    };
  if (markdown.length > maxIntroductionLength)
    return {
      field: 'introduction',
      problem: `The introduction has ${markdown.length} characters; ${maxIntroductionLength} are possible.`,
    };
  return {
    edits: {
      ...(chosenSubject !== '' && { chosenSubject }),
      ...(markdown !== '' && { introduction: markdown }),
      ...(order.length > 0 && { order: [...new Set(order)] }),
      ...(leftOut.length > 0 && { leftOut: [...new Set(leftOut)] }),
    },
  };
};

/**
 * Moves items to the places that were written beside them. One that moves to the place of another comes before it if it
 * moves up, and after it if it moves down. So a single one that is moved has exactly the place that was written.
 */
export const moveToPlaces = <T>(items: readonly T[], places: readonly number[]): T[] => {
  const moved = items.map((item, index) => {
    const place = places[index] ?? index + 1;
    return { item, place, direction: Math.sign(place - (index + 1)) };
  });
  return moved.toSorted((a, b) => a.place - b.place || a.direction - b.direction).map(({ item }) => item);
};
