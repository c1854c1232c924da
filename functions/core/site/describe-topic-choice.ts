import { type Locale, selectPageMessages } from '../messages.ts';
import { listTopicOptions } from '../newsletter/subscriber/topic-choice.ts';
import type { Publication } from '../publication.ts';
import { interpolate } from '../text/interpolate.ts';

/** The names of the topics that a reader chose, in one phrase. */
const listChosenTopics = (publication: Publication, topics: readonly string[]): string => {
  const names = listTopicOptions(publication, topics).flatMap(({ name, chosen }) => (chosen ? [name] : []));
  return new Intl.ListFormat(publication.language).format(names);
};

/** A sentence on what a reader chose; none where there was nothing to choose. */
export const describeTopicChoice = (
  context: Locale & { readonly publication: Publication },
  topics: readonly string[] | undefined,
): string[] => {
  const { publication } = context;
  const messages = selectPageMessages(context);
  if (topics) return [interpolate(messages.chosenTopics, { topics: listChosenTopics(publication, topics) })];
  return publication.newsletter.topics.length === 0 ? [] : [messages.allTopics];
};
