import type { DateTime } from 'luxon';
import type { AiPart, PagePlace } from './entry.ts';
import { truncate } from './text/truncate.ts';

/**
 * A point in time that a seed states. `dateOnly`: no hour was given, `at` is midnight in the publication's time zone.
 */
export interface StatedTime {
  readonly at: string;
  readonly dateOnly: boolean;
}

/** Undefined for a time that Luxon calls invalid. */
export const toStatedTime = (time: DateTime, dateOnly: boolean): StatedTime | undefined => {
  const at = time.toUTC().toISO();
  return at === null ? undefined : { at, dateOnly };
};

/** The opening of a wire story: BAGHDAD, Dec 8 (Reuters) – */
export interface Dateline {
  readonly place: string;
  readonly agency?: string;
  /** Only where day, month and, by weekday or stated year, the year are certain. */
  readonly date?: StatedTime;
}

/** A part of a seed that is not in its article. */
export interface CutText {
  /** As plain text, or a short description of something without text, such as `image with an unsafe address`. */
  readonly text: string;
  /** A noun phrase for the author, such as `page navigation` or `comment`. */
  readonly reason: string;
}

/** Something in a seed that is probably not as its author meant it. */
export interface SeedWarning {
  /** A sentence with the cure, such as "`tilte` is not known; did you mean `title`?" */
  readonly message: string;
  /** Such as `line 2`. */
  readonly place?: string;
}

export const formatWarning = ({ message, place }: SeedWarning): string =>
  place === undefined ? message : `${place}: ${message}`;

/**
 * What a seed says, in one form whatever the seed's format. Every string is clean: no control characters,
 * NFC, no surrogate halves. Plain strings are plain text; `html` is sanitized and has absolute addresses only.
 */
export interface Article {
  readonly title: string;
  /** Plain text of at most 300 characters, never empty: front matter, metadata or the lede. */
  readonly summary: string;
  readonly html: string;
  /** The body as plain text, paragraphs parted by an empty line. */
  readonly text: string;
  /** BCP 47; absent where the seed does not state it and it cannot be detected for certain. */
  readonly language?: string;
  readonly authors: readonly string[];
  readonly editors: readonly string[];
  /** The agency or publication the story came from. */
  readonly source?: string;
  readonly dateline?: Dateline;
  /** The stated date: front matter or HTML metadata. */
  readonly published?: StatedTime;
  /** `published` is in the name of the file, which may change while the article does not. */
  readonly isDayOfKey?: true;
  readonly updated?: StatedTime;
  /** When it leaves the site. */
  readonly expires?: StatedTime;
  /** When it was announced before, or elsewhere: no issue contains it. */
  readonly announced?: StatedTime;
  /** The day printed near the headline of a plain text: likely, but stated by nobody. */
  readonly printed?: StatedTime;
  readonly topics: readonly string[];
  readonly image?: {
    readonly url: string;
    readonly alt: string;
    readonly caption?: string;
    readonly credit?: string;
  };
  /** Where the article was first published, when that is elsewhere. */
  readonly canonical?: string;
  /** From the front matter: an id, slug to keep (imports and renames). */
  readonly id?: string;
  readonly slug?: string;
  /** Earlier addresses that lead to it: paths, decoded, with a slash at the beginning and none at the end. */
  readonly aliases?: readonly string[];
  /** What was wrong in an earlier version, in the author's words. Shown to readers. */
  readonly correction?: string;
  /** When that was corrected; absent: when the file was uploaded. */
  readonly corrected?: StatedTime;
  /** False keeps the article out of the digest. */
  readonly email: boolean;
  /** A page of the publication, such as its imprint. */
  readonly page?: PagePlace;
  /** It leads page, digest and feed. */
  readonly featured?: true;
  /** What part artificial intelligence had in the text, which readers are told above it. */
  readonly ai?: AiPart;
  /** What of the seed is not in the article, in order, so that nothing is lost silently. */
  readonly cut: readonly CutText[];
  /** What the author should look at, though the seed can be published. */
  readonly warnings: readonly SeedWarning[];
}

/** Of a source, a place and an agency, in characters. */
export const maxSourceLength = 200;
export const maxAltLength = 1000;
export const maxCaptionLength = 1000;
export const maxCreditLength = 300;
/** Not all browsers and servers take longer ones. */
export const maxUrlLength = 2000;

/** Reasons may quote the seed. */
const maxReasonLength = 1000;

/** A seed that cannot be published: what is wrong, in a sentence for its author, and where ("line 3"). */
export class SeedRejected extends Error {
  override readonly name: string = 'SeedRejected';
  readonly place: string | undefined;

  constructor(reason: string, place?: string, options?: ErrorOptions) {
    super(
      reason.length > maxReasonLength ? truncate(reason.slice(0, 2 * maxReasonLength), maxReasonLength) : reason,
      options,
    );
    this.place = place;
  }
}

/** A seed that its author keeps from readers, such as a draft. That is no mistake. */
export class SeedWithheld extends SeedRejected {
  override readonly name = 'SeedWithheld';
}

/** What reading a seed needs to know besides its bytes. */
export interface SeedInput {
  /** The key in the seeds bucket, such as `2024/harbour.md`. */
  readonly key: string;
  readonly bytes: Uint8Array;
  /** IANA zone of dates that name none. */
  readonly timeZone: string;
  /** The publication's, for words around a text whose own language is not known. */
  readonly language?: string;
  /** Instant of the upload; the year of a dateline is sought from here backwards. */
  readonly uploadedAt: string;
  /** Origin of the site, without a trailing slash: relative links and images become absolute on it. */
  readonly site: string;
  /** Reads a draft as the article that it would be, for its preview. */
  readonly isPreview?: boolean;
}
