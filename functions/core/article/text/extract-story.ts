import { sentencesOf, summarize } from '../summarize.ts';
import { buildBlocks } from './blocks.ts';
import { chromeEvidence, scrapedFrom } from './chrome-evidence.ts';
import { readCredits } from './credits.ts';
import { readDateline } from './dateline.ts';
import { findHeadline } from './headline.ts';
import { readSigns } from './line-signs.ts';
import { splitLines } from './lines.ts';
import type { Block, Credits, WrittenDateline } from './story.ts';
import { chooseStoryLines } from './story-lines.ts';
import type { SignedLine } from './surroundings.ts';
import { unwrap } from './unwrap.ts';

/** What a plain text says. Every word of the text is in one of its parts. */
export interface Story {
  readonly headline?: string;
  /** As the lede begins with it; the blocks still have it. */
  readonly dateline?: WrittenDateline;
  readonly credits: Credits;
  /** The lines that the credits were read from. */
  readonly creditLines: readonly string[];
  readonly blocks: readonly Block[];
  readonly cut: readonly string[];
}

/** Parts a cleaned text, an author's own or a scraped page, into headline, credits, body and page chrome. */
export function extractStory(text: string): Story {
  const lines = splitLines(unwrap(text)).map((line) => ({ line, signs: readSigns(line) }));
  const evidence = chromeEvidence(lines);
  const scraped = evidence >= scrapedFrom;
  const story = scraped ? chooseStoryLines(lines, evidence) : lines.map(() => true);
  const top = scraped ? findHeadline(lines, story) : firstHeadline(lines);
  const parts = sortLines(lines, story, top);
  const blocks = buildBlocks(parts.body, { verse: !scraped });
  const lede = blocks.find((block) => block.kind === 'paragraph')?.lines[0];
  const dateline = lede === undefined ? undefined : readDateline(lede);
  const headline = top === undefined && scraped ? firstSentence(lede) : lines[top ?? -1]?.line.text;
  return {
    ...(headline === undefined ? {} : { headline }),
    ...(dateline === undefined ? {} : { dateline }),
    credits: parts.credits,
    creditLines: parts.creditLines,
    blocks,
    cut: parts.cut,
  };
}

/** The first line of an author's own text, unless it is a paragraph. */
function firstHeadline(lines: readonly SignedLine[]): number | undefined {
  const first = lines[0];
  return first && first.line.words > 0 && first.line.words <= 40 && first.line.text.length <= 300
    ? 0
    : undefined;
}

/** A page whose headline was not scraped with it goes by the first sentence of its lede, which stays there too. */
function firstSentence(lede: string | undefined): string | undefined {
  const [sentence = ''] = sentencesOf(lede ?? '');
  return sentence === '' ? undefined : summarize(sentence, 160);
}

interface Parts {
  body: SignedLine[];
  cut: string[];
  credits: Credits;
  creditLines: string[];
}

function sortLines(lines: readonly SignedLine[], story: readonly boolean[], top: number | undefined): Parts {
  const parts: Parts = { body: [], cut: [], credits: { authors: [], editors: [] }, creditLines: [] };
  for (const [index, item] of lines.entries()) {
    if (index === top) continue;
    const credits = item.signs.prose ? undefined : readCredits(item.line.text);
    if (credits) {
      parts.credits = join(parts.credits, credits);
      parts.creditLines.push(item.line.text);
    } else if (story[index] && (top === undefined || index > top)) parts.body.push(item);
    else parts.cut.push(item.line.text);
  }
  return parts;
}

function join(one: Credits, other: Credits): Credits {
  const source = one.source ?? other.source;
  return {
    authors: [...new Set([...one.authors, ...other.authors])],
    editors: [...new Set([...one.editors, ...other.editors])],
    ...(source === undefined ? {} : { source }),
  };
}
