import type { Entry, FullEntry } from '../../entry.ts';
import type { Cadence } from '../../publication.ts';
import type { RenderContext } from '../../render.ts';
import type { DigestLinks } from '../email/placeholders.ts';
import type { Introduction } from './render-introduction.ts';

export interface DigestInput extends RenderContext {
  readonly cadence: Cadence;
  /** The articles in the order of the issue. */
  readonly entries: readonly FullEntry[];
  /** Further articles wait for the next issue. */
  readonly hasMore: boolean;
  /** Articles of past issues that were corrected since. */
  readonly corrections?: readonly Entry[];
  /** What its editor chose; by default, it is made from the titles. */
  readonly subject?: string;
  readonly introduction?: Introduction;
  /** The instant that dates the issue; absent for the next digest, which has no date yet. */
  readonly at?: string;
  /** Inserted as they are, unescaped, so that the mailer can fill in `{{unsubscribe}}`. */
  readonly links: DigestLinks;
}
