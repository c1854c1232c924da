import phrases from './chrome-phrases.json' with { type: 'json' };
import type { TextLine } from './lines.ts';

/**
 * Phrases of page chrome in several languages, in lower case and without punctuation. Only what many sites have in
 * common belongs into the file, never the name or slogan of one.
 */
const toPhraseSet = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split('|')));

/** Lines that are only a control or a part of the page. */
const chromeLabels = toPhraseSet(phrases.labels);
/** Controls, which are never a line of a story. */
const pageControls = toPhraseSet(phrases.controls);
/** Beginnings of requests, offers and notices. */
const chromeOpenings = toPhraseSet(phrases.openings);
/** Beginnings of links to other stories within a story. */
const seeAlsoPhrases = toPhraseSet(phrases.seeAlso);
/** Beginnings of what follows a story: comments, other stories, the page's footer. */
const storyEndings = toPhraseSet(phrases.endings);
/** Words of forms, shops and offers, anywhere in a short line. */
const chromeKeywords = toPhraseSet(phrases.keywords);

export interface LineFeatures {
  /** Sentences, as in a story. */
  readonly prose: boolean;
  readonly endsSentence: boolean;
  /** Only the label of a control or of a part of a page. */
  readonly label: boolean;
  /** Only a control, such as "Share this article". */
  readonly control: boolean;
  /** Begins as requests and notices of a page do. */
  readonly opening: boolean;
  /** Begins as what follows a story does: comments, other stories, rights. */
  readonly ending: boolean;
  /** Points to another story: "See also …". */
  readonly seeAlso: boolean;
  readonly keyword: boolean;
  /** Begins readers' comments: "59 Comments on …". */
  readonly discussion: boolean;
  /** Head or foot of one comment: a time, "Reply", "Anna says:". */
  readonly contribution: boolean;
  readonly policy: boolean;
  /** Introduces the author: "Anna Berg is a writer …". */
  readonly bio: boolean;
  readonly picture: boolean;
  readonly code: boolean;
  /** A date, a reading time or a byline. */
  readonly stamp: boolean;
  /** Names separated by bars, arrows or bullets. */
  readonly menu: boolean;
  /** Has one of the characters that separate names in a menu. */
  readonly separator: boolean;
  /** Has an address, a copyright sign or code. */
  readonly machine: boolean;
  readonly item: boolean;
  readonly capitals: boolean;
}

const closing = /[.!?…。！？।؟:;][\p{Pe}\p{Pf}"'*\]\d]{0,4}$/u;
const inner = /[,;:—–]|[.!?] \p{Lu}/u;
const menu = /[|¦•·»›→▸►].*[|¦•·»›→▸►]|\s\/\s.*\s\/\s|::|\s[-–]\s.*\s[-–]\s|[»›→▸►]$/u;
const separatorPattern = /[|¦•·»›→▸►]/u;
const arrow = /^(?:[👉➡▶►»→☞➔➜]|>>)/u;
const relatedColon =
  /^[^\p{L}]*(?:related|recommended|further|suggested)(?: reading| articles?| posts?| story| stories| content| links?| coverage)?:\s*\S/iu;
const machine = /©|\(c\)|™|https?:|www\.|\S@\S|\.(?:com|org|net|co\.uk|html?|php)\b|[{}<]|\[email/iu;
const item = /^(?:[-*•‣▪●○–·]|\(?\d{1,3}[.)])\s/u;
const year = /\b(?:19|20)\d\d\b/u;
const hour = /\b\d{1,2}[:.]\d\d(?!\d)/u;
const slashed = /\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/u;
const readingTime = /\b\d+\s?(?:min|minute|minutes|hours?|days?|weeks?|months?)\b[\s-]*(?:read|ago)?/iu;
const discussion =
  /^(?:\(?\d+\)? (?:comments?|responses?|replies|kommentare?|commentaires?|comentarios?|commenti|comentários?|reacties|комментари\p{L}*)\b|(?:reader |user |your |view |show |read )?comments?(?: \(\d+\)|:|$| are (?:now )?closed| on | by )|(?:leave|post|add|write|submit) (?:a |your )?(?:comment|reply|response)|discussion|talkback|have your say|join the (?:conversation|discussion)|\d+ thoughts on|(?:kommentare?|commentaires?|comentarios?|commenti|reacties|комментарии|التعليقات|תגובות|评论|コメント|댓글)\s*(?:\(\d+\)|:)?$)/iu;
const contribution =
  /\b\d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\b|uhr|h\b)?|^(?:posted|comment|submitted|written) by\b|\b(?:says|said|wrote|writes|schreibt|dit|dice|diz)\s*:$|^(?:reply|report abuse|permalink|like|quote|antworten|répondre|responder|rispondi)\b|\bcommented\b|\b\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago\b/iu;
const policy =
  /\bcookies?\b|\b(?:earn|receive) (?:a )?(?:small )?commissions?\b|\bearn from qualifying\b|\bqualifying purchases\b|\bin partnership with\b|\bbranded content\b|\bsponsored\b|\bfunded by readers\b|\beditorial (?:guidelines|policy|standards|team|process)\b|\bintended for (?:educational|informational|general)\b|\bnot (?:a )?(?:substitute|replacement) for\b|\bfollow us\b|\bat no (?:extra|additional) cost\b|\bread our\b|\bschedule (?:a|your)\b|\bfree trial\b|\bcontact us\b|\baffiliates?\b|\bthis (?:web)?site\b|\bprivacy policy\b|\bterms of (?:use|service)\b|\bcopyright\b|\ball rights reserved\b|\bpersonal (?:data|information)\b|\bmay not be (?:published|reproduced)\b|\bour newsletter\b|\bsign up\b|\bunsubscribe\b|\binbox\b|\bsubscribers?\b|\bclick here\b|©/iu;
const bio =
  /^(?:\p{Lu}[\p{L}.'’-]+\s){1,4}(?:is|was|has|covers|writes|works|lives|joined|ist|est|es|è|é)\b.{0,160}\b(?:writer|editor|journalist|reporter|author|blogger|columnist|contributor|correspondent|founder|co-?founder|photographer|manager|specialist|strategist|consultant|expert|freelance|covering|writing|journalistin?|redakteurin?|autorin?|journaliste|rédact\p{L}+|periodista|redactora?|giornalista|jornalista)\b/iu;
const picture =
  /\b(?:getty|shutterstock|istock|unsplash|pexels|alamy|adobe stock|reuters\/|ap photo|afp|photo(?:graph|s)? (?:by|courtesy)|photo ?:|image ?:|image credit|photo credit|picture ?:|credit ?:|credits ?:|courtesy (?:of|photo)|caption|foto ?:|bild ?:|crédit|imagen ?:|\(photo|\(ap|click to enlarge|enlarge)\b/iu;
const code =
  /\bfunction\s*\w*\s*\(|\bvar \w+ ?=|document\.\w|window\.\w|[{;]\s*[\w-]+\s*:\s*[^;{}]{1,60};|<\/?(?:script|style|div|span|a|img|p)\b|\}\s*\)?\s*;/u;
const byLine =
  /^(?:by|von|par|por|di|da|door|av|af|автор|written by|posted by|published|updated|last updated|originally published|posted|created|modified|last modified|publicado|publié|veröffentlicht|pubblicato)\b\s*[:\p{Lu}\p{N}]/iu;

export const extractLineFeatures = (line: TextLine): LineFeatures => {
  const { text, words, key } = line;
  const endsSentence = closing.test(text) && !text.endsWith(':');
  const isShort = words <= 12;
  const isCode = code.test(text.slice(0, 2000));
  return {
    prose: !isCode && isProse(line, endsSentence),
    endsSentence,
    label: isShort && (chromeLabels.has(key) || pageControls.has(key) || hasOnlyLabels(key)),
    control: isShort && pageControls.has(key),
    opening: words <= 40 && startsWithPhrase(key, chromeOpenings),
    ending: words <= 16 && startsWithPhrase(key, storyEndings),
    seeAlso: words <= 25 && isSeeAlso(line),
    keyword: words <= 25 && hasKeyword(key),
    discussion: words <= 16 && discussion.test(text),
    contribution: words <= 16 && contribution.test(text),
    policy: !isShort && words <= 120 && policy.test(text),
    bio: !isShort && words <= 90 && bio.test(text),
    picture: words <= 40 && picture.test(text),
    code: isCode,
    stamp: words <= 14 && isStamp(text),
    menu: words <= 60 && menu.test(text),
    separator: words <= 60 && separatorPattern.test(text),
    machine: words <= 40 && machine.test(text),
    item: item.test(text),
    capitals: words > 0 && words <= 25 && text === text.toUpperCase() && text !== text.toLowerCase(),
  };
};

const isProse = (line: TextLine, endsSentence: boolean): boolean => {
  if (line.words < 10 || line.lowercaseShare < 0.45) return false;
  return line.words >= 30 || (endsSentence && (line.words >= 14 || inner.test(line.text)));
};

const isSeeAlso = ({ text, key }: TextLine): boolean => {
  if (startsWithPhrase(key, seeAlsoPhrases) || relatedColon.test(text)) return true;
  return arrow.test(text) && startsWithPhrase(key, chromeOpenings);
};

const isStamp = (text: string): boolean =>
  year.test(text) || hour.test(text) || slashed.test(text) || readingTime.test(text) || byLine.test(text);

/** Several labels in a row: "Share Tweet Email". */
const hasOnlyLabels = (key: string): boolean => {
  const words = key.split(' ');
  return words.length > 1 && words.every((word) => chromeLabels.has(word));
};

const startsWithPhrase = (key: string, phrases: ReadonlySet<string>): boolean => {
  let end = 0;
  for (let count = 0; count < 5 && end < key.length; count += 1) {
    const next = key.indexOf(' ', end);
    end = next === -1 ? key.length : next;
    if (phrases.has(key.slice(0, end))) return true;
    end += 1;
  }
  return startsWithUnspacedPhrase(key, phrases);
};

/** In scripts without spaces between words, a phrase is two to eight characters long. */
const startsWithUnspacedPhrase = (key: string, phrases: ReadonlySet<string>): boolean => {
  if (!/^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/u.test(key)) return false;
  for (let end = 2; end <= 8 && end < key.length; end += 1) if (phrases.has(key.slice(0, end))) return true;
  return false;
};

const hasKeyword = (key: string): boolean => {
  const words = key.split(' ');
  return words.some((word, i) => {
    const two = `${word} ${words[i + 1]}`;
    return chromeKeywords.has(word) || chromeKeywords.has(two) || chromeKeywords.has(`${two} ${words[i + 2]}`);
  });
};
