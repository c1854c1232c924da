import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { fillTemplate, type TemplateData } from './fill-template.ts';

export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

/** What many mails have in common: their templates. */
export interface MailTemplate {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A mail that was accepted, before it is kept. */
export interface NewMail {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly template: MailTemplate;
  /** What its placeholders are filled with; absent: the letter has none. */
  readonly data?: TemplateData;
  readonly headers: readonly MailHeader[];
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
  /** What became of it: `delivered`, or what the simulator made of it, such as `bounce`. */
  readonly fate: string;
}

/** A mail as its reader has it. */
export type StoredMail = Omit<NewMail, 'template' | 'data'> & MailTemplate;
/** A mail without its contents, as lists have it. */
export type MailSummary = Pick<StoredMail, 'id' | 'at' | 'from' | 'to' | 'subject' | 'fate'>;

const schema = `
  CREATE TABLE IF NOT EXISTS letters (id TEXT PRIMARY KEY, subject TEXT NOT NULL, html TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS mails (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, sender TEXT NOT NULL,
    recipient TEXT NOT NULL, letter TEXT NOT NULL, data TEXT, headers TEXT NOT NULL, tags TEXT NOT NULL,
    configuration_set TEXT, fate TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS mails_at ON mails (at);
  CREATE INDEX IF NOT EXISTS mails_recipient ON mails (recipient, position);
`;

const parseData = (text: string | null): TemplateData | undefined =>
  text === null ? undefined : z.record(z.string(), z.string()).parse(JSON.parse(text));

const headRow = z
  .object({
    id: z.string(),
    at: z.number(),
    sender: z.string(),
    recipient: z.string(),
    subject: z.string(),
    data: z.string().nullable(),
    fate: z.string(),
  })
  .transform(
    ({ sender, recipient, data, subject, ...row }): MailSummary => ({
      ...row,
      from: sender,
      to: recipient,
      subject: fillTemplate(subject, parseData(data)).text,
    }),
  );
const contentRow = z
  .object({
    data: z.string().nullable(),
    html: z.string(),
    text: z.string(),
    headers: z.string(),
    tags: z.string(),
    configuration_set: z.string().nullable(),
  })
  .transform(({ data, html, text, headers, tags, configuration_set }) => ({
    html: fillTemplate(html, parseData(data)).text,
    text: fillTemplate(text, parseData(data)).text,
    headers: z.array(z.object({ name: z.string(), value: z.string() })).parse(JSON.parse(headers)),
    tags: z.record(z.string(), z.string()).parse(JSON.parse(tags)),
    ...(configuration_set !== null && { configurationSet: configuration_set }),
  }));
const countRow = z.object({ count: z.number() });

/**
 * The mails that the local SES took, in the local run's database. A letter to a thousand readers is kept once, with
 * what was put in for each.
 */
export const openMailStore = (database: DatabaseSync) => {
  database.exec(schema);
  const addLetter = database.prepare(
    'INSERT OR IGNORE INTO letters (id, subject, html, text) VALUES (?, ?, ?, ?)',
  );
  const addMail = database.prepare(
    'INSERT INTO mails (id, at, sender, recipient, letter, data, headers, tags, configuration_set, fate) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const joined = 'FROM mails JOIN letters ON letters.id = mails.letter';
  const head = 'SELECT mails.id, at, sender, recipient, subject, data, fate';
  const byId = database.prepare(
    `${head}, html, text, headers, tags, configuration_set ${joined} WHERE mails.id = ?`,
  );
  const list = database.prepare(`${head} ${joined} ORDER BY position DESC LIMIT ? OFFSET ?`);
  const listTo = database.prepare(
    `${head} ${joined} WHERE recipient = ? ORDER BY position DESC LIMIT ? OFFSET ?`,
  );
  const since = database.prepare('SELECT count(*) AS count FROM mails WHERE at > ?');
  const countTo = database.prepare('SELECT count(*) AS count FROM mails WHERE recipient = ?');
  const names = new WeakMap<MailTemplate, string>();
  const saveTemplate = (letter: MailTemplate): string => {
    const known = names.get(letter);
    if (known !== undefined) return known;
    const { subject, html, text } = letter;
    const name = createHash('sha256')
      .update(JSON.stringify([subject, html, text]))
      .digest('hex');
    addLetter.run(name, subject, html, text);
    names.set(letter, name);
    return name;
  };
  return {
    add: ({ template: letter, data, ...mail }: NewMail): void => {
      addMail.run(
        mail.id,
        mail.at,
        mail.from,
        mail.to,
        saveTemplate(letter),
        data === undefined ? null : JSON.stringify(data),
        JSON.stringify(mail.headers),
        JSON.stringify(mail.tags),
        mail.configurationSet ?? null,
        mail.fate,
      );
    },
    get: (id: string): StoredMail | undefined => {
      const row = byId.get(id);
      return row && { ...headRow.parse(row), ...contentRow.parse(row) };
    },
    /** Newest first. */
    list: ({
      to,
      limit = 100,
      offset = 0,
    }: {
      to?: string;
      limit?: number;
      offset?: number;
    } = {}): MailSummary[] =>
      z.array(headRow).parse(to === undefined ? list.all(limit, offset) : listTo.all(to, limit, offset)),
    countTo: (to: string): number => countRow.parse(countTo.get(to)).count,
    countSince: (at: number): number => countRow.parse(since.get(at)).count,
    clear: (): void => database.exec('DELETE FROM mails'),
  };
};

export type MailStore = ReturnType<typeof openMailStore>;
