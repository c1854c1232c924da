/** How much of an article a letter holds: its whole text, its summary with a link to the rest, or its title. */
export const articleForms = ['title', 'excerpt', 'full'] as const;
export type ArticleForm = (typeof articleForms)[number];

/** What there is to place, newest first, and the bytes there are for it. */
interface FormBudget {
  readonly count: number;
  readonly availableBytes: number;
  /** Bytes of one article in one form; infinite where that form is out of the question. */
  readonly countBytes: (position: number, form: ArticleForm, room: number) => number;
}

/**
 * Steps articles down until they fit, the newest keeping most. Each gets its title first, then each its summary,
 * then each its whole text, newest first and as long as there is room; a whole text too long for the room that is
 * left does not keep a shorter, older one from being whole. What has no room even for its title is missing at the
 * end of the list.
 */
export const selectArticleForms = ({
  count,
  availableBytes: room,
  countBytes: size,
}: FormBudget): ArticleForm[] => {
  let left = room;
  const chosen: ArticleForm[] = [];
  const raise = (position: number, form: ArticleForm): boolean => {
    const now = chosen[position];
    const held = now === undefined ? 0 : size(position, now, left);
    const more = size(position, form, left + held) - held;
    if (more > left) return false;
    left -= more;
    chosen[position] = form;
    return true;
  };
  for (let position = 0; position < count && raise(position, 'title'); position++);
  const placed = chosen.length;
  let summaries = 0;
  while (summaries < placed && raise(summaries, 'excerpt')) summaries++;
  for (let position = 0; position < summaries; position++) raise(position, 'full');
  return chosen;
};
