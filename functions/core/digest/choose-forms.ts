/** How much of an article a letter holds: its whole text, its summary with a link to the rest, or its title. */
export const forms = ['title', 'excerpt', 'full'] as const;
export type Form = (typeof forms)[number];

/** What there is to place, newest first, and the bytes there are for it. */
interface Placing {
  readonly count: number;
  readonly room: number;
  /** Bytes of one article in one form; infinite where that form is out of the question. */
  readonly size: (position: number, form: Form, room: number) => number;
}

/**
 * Steps articles down until they fit, the newest keeping most. Each gets its title first, then each its summary,
 * then each its whole text, newest first and as long as there is room; a whole text too long for the room that is
 * left does not keep a shorter, older one from being whole. What has no room even for its title is missing at the
 * end of the list.
 */
export const chooseForms = ({ count, room, size }: Placing): Form[] => {
  let left = room;
  const chosen: Form[] = [];
  const raise = (position: number, form: Form): boolean => {
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
