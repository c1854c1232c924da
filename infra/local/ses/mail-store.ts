import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

/** What all copies of a bulk email share. */
export interface MailTemplate {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** An accepted mail with its template. */
export interface NewMail {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly template: MailTemplate;
  /** Values of the placeholders; without them the template has none. */
  readonly data?: TemplateData;
  readonly headers: readonly MailHeader[];
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
  /** `delivered`, or an outcome of the mailbox simulator such as `bounce`. */
  readonly outcome: string;
}

/** A mail as its recipient sees it. */
export type StoredMail = Omit<NewMail, 'template' | 'data'> & MailTemplate;
export type MailSummary = Pick<StoredMail, 'id' | 'at' | 'from' | 'to' | 'subject' | 'outcome'>;

const schema = `
  CREATE TABLE IF NOT EXISTS templates (id TEXT PRIMARY KEY, subject TEXT NOT NULL, html TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS inbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, sender TEXT NOT NULL,
    recipient TEXT NOT NULL, template TEXT NOT NULL, data TEXT, headers TEXT NOT NULL, tags TEXT NOT NULL,
    configuration_set TEXT, outcome TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS inbox_at ON inbox (at);
  CREATE INDEX IF NOT EXISTS inbox_recipient ON inbox (recipient, position);
`;

type TemplateData = Readonly<Record<string, string>>;

/**
 * Fills `{{name}}` as SES fills a template that comes with the request: simple substitution, nothing escaped.
 * @returns the text, and the names without a value: SES does not send such a mail
 */
export const fillTemplate = (template: string, data: TemplateData | undefined): { text: string; missing: string[] } => {
  if (data === undefined) return { text: template, missing: [] };
  const missing: string[] = [];
  const text = template.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined) missing.push(name);
    return value ?? placeholder;
  });
  return { text, missing };
};

const parseData = (text: string | null): TemplateData | undefined =>
  text === null ? undefined : z.record(z.string(), z.string()).parse(JSON.parse(text));

const summaryRow = z
  .object({
    id: z.string(),
    at: z.number(),
    sender: z.string(),
    recipient: z.string(),
    subject: z.string(),
    data: z.string().nullable(),
    outcome: z.string(),
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

/** The accepted mails. The template of a bulk email is stored once, with the data of each copy. */
export const openMailStore = (database: DatabaseSync) => {
  database.exec(schema);
  const addTemplate = database.prepare('INSERT OR IGNORE INTO templates (id, subject, html, text) VALUES (?, ?, ?, ?)');
  const addMail = database.prepare(
    'INSERT INTO inbox (id, at, sender, recipient, template, data, headers, tags, configuration_set, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const joined = 'FROM inbox JOIN templates ON templates.id = inbox.template';
  const summary = 'SELECT inbox.id, at, sender, recipient, subject, data, outcome';
  const byId = database.prepare(
    `${summary}, html, text, headers, tags, configuration_set ${joined} WHERE inbox.id = ?`,
  );
  const list = database.prepare(`${summary} ${joined} ORDER BY position DESC LIMIT ? OFFSET ?`);
  const listTo = database.prepare(`${summary} ${joined} WHERE recipient = ? ORDER BY position DESC LIMIT ? OFFSET ?`);
  const since = database.prepare('SELECT count(*) AS count FROM inbox WHERE at > ?');
  const countTo = database.prepare('SELECT count(*) AS count FROM inbox WHERE recipient = ?');
  const templateIds = new WeakMap<MailTemplate, string>();
  const saveTemplate = (template: MailTemplate): string => {
    const savedId = templateIds.get(template);
    if (savedId !== undefined) return savedId;
    const { subject, html, text } = template;
    const id = createHash('sha256')
      .update(JSON.stringify([subject, html, text]))
      .digest('hex');
    addTemplate.run(id, subject, html, text);
    templateIds.set(template, id);
    return id;
  };
  return {
    add: ({ template, data, ...mail }: NewMail): void => {
      addMail.run(
        mail.id,
        mail.at,
        mail.from,
        mail.to,
        saveTemplate(template),
        data === undefined ? null : JSON.stringify(data),
        JSON.stringify(mail.headers),
        JSON.stringify(mail.tags),
        mail.configurationSet ?? null,
        mail.outcome,
      );
    },
    get: (id: string): StoredMail | undefined => {
      const row = byId.get(id);
      return row && { ...summaryRow.parse(row), ...contentRow.parse(row) };
    },
    list: ({ to, limit = 100, offset = 0 }: { to?: string; limit?: number; offset?: number } = {}): MailSummary[] =>
      z.array(summaryRow).parse(to === undefined ? list.all(limit, offset) : listTo.all(to, limit, offset)),
    countTo: (to: string): number => countRow.parse(countTo.get(to)).count,
    countSince: (at: number): number => countRow.parse(since.get(at)).count,
    clear: (): void => database.exec('DELETE FROM inbox'),
  };
};

export type MailStore = ReturnType<typeof openMailStore>;
