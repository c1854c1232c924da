import * as z from 'zod';
import type digestMessages from '../../templates/digest/messages.json';
import type emailMessages from '../../templates/email/messages.json';
import type pageMessages from '../../templates/page/messages.json';
import type subscriptionMessages from '../../templates/page/subscription-messages.json';
import type { Publication } from './publication.ts';
import type { Render } from './render.ts';

export interface Locale {
  readonly render: Render;
  readonly publication: Pick<Publication, 'language'>;
}

const messageSetSchema = z.record(z.string(), z.string());

/**
 * Selects the messages for the publication's language: those of the whole tag (`pt-BR`), else of the language (`pt`),
 * else English. That no language lacks a message is checked when templates are compiled.
 */
const createMessageSelector = <Messages>(file: string) => {
  const schema = z.record(
    z.string(),
    z.custom<Messages>((set) => messageSetSchema.safeParse(set).success),
  );
  const parsed = new WeakMap<Render, Record<string, Messages>>();
  return ({ render, publication: { language } }: Locale): Messages => {
    const all = parsed.get(render) ?? schema.parse(JSON.parse(render(file, {})));
    parsed.set(render, all);
    const messages = all[language] ?? all[new Intl.Locale(language).language] ?? all.en;
    if (!messages) throw new Error(`templates/${file} has no messages in English`);
    return messages;
  };
};

export type PageMessages = (typeof pageMessages)['en'];
export const selectPageMessages = createMessageSelector<PageMessages>('page/messages.json');

export type SubscriptionMessages = (typeof subscriptionMessages)['en'];
export const selectSubscriptionMessages = createMessageSelector<SubscriptionMessages>(
  'page/subscription-messages.json',
);

/** Every template has the colon of the language, which French writes after a space. */
const createMailMessageSelector = <Messages>(file: string) => {
  const select = createMessageSelector<Messages>(file);
  return (locale: Locale): Messages & Pick<PageMessages, 'colon'> => ({
    ...select(locale),
    colon: selectPageMessages(locale).colon,
  });
};

export type DigestMessages = ReturnType<typeof selectDigestMessages>;
export const selectDigestMessages = createMailMessageSelector<(typeof digestMessages)['en']>('digest/messages.json');
export const selectEmailMessages = createMailMessageSelector<(typeof emailMessages)['en']>('email/messages.json');
