import * as z from 'zod';
import { requiredText } from '../text/required-text.ts';
import type { Color } from './color.ts';

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as "#8a2420"')
  .transform((written): Color => `#${written.slice(1).toLowerCase()}`);

/** A link of a publisher's own, in footers and feeds. */
export const linkSchema = z.strictObject({
  name: requiredText('the words of the link'),
  url: z.url({ protocol: /^(https?|mailto)$/, error: 'must be an address such as "https://news.example/about"' }),
});

/** A file below the publication's `theme` folder. */
const themeFile = (name: RegExp, error: string) =>
  z
    .string(error)
    .max(200, error)
    .regex(name, error)
    .refine((path) => !path.split('/').some((part) => part === '' || part.startsWith('.')), error);

const logo = themeFile(/\.(?:svg|png)$/i, 'must be an SVG or PNG picture below the folder `theme`, such as "logo.svg"');

const weightError = 'must be a weight such as 700, or the weights of a variable font, such as "200 900"';

const font = z.strictObject({
  file: themeFile(/\.woff2?$/i, 'must be a WOFF2 or WOFF file below the folder `theme`, such as "fonts/text.woff2"'),
  weight: z.union([z.int().min(1).max(1000), z.string().regex(/^\d{1,4} \d{1,4}$/)], weightError).default(400),
  style: z.enum(['normal', 'italic'], 'must be "normal" or "italic"').default('normal'),
});

/** Twelve faces are more than any page needs; each is loaded when a page uses it. */
const fonts = z.array(font).min(1).max(12);

/** What a publication chooses of its looks, on pages, in mails, in feeds and in its icon. */
export const themeSchema = z.strictObject({
  logo: logo.optional(),
  icon: themeFile(/\.png$/i, 'must be a PNG picture below the folder `theme`, such as "icon.png"').optional(),
  accent: color.optional(),
  paper: color.optional(),
  dark: z.strictObject({ accent: color.optional(), paper: color.optional(), logo: logo.optional() }).optional(),
  fonts: z
    .strictObject({
      /** Of articles and headlines. */
      text: fonts.optional(),
      /** Of headlines, if not that of texts. */
      headings: fonts.optional(),
      /** Of navigation, dates and forms. */
      interface: fonts.optional(),
    })
    .prefault({}),
  footer: z.array(linkSchema).default([]),
  social: z.array(linkSchema).default([]),
});

export type Theme = z.infer<typeof themeSchema>;
