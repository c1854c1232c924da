import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import {
  type Element,
  findElement,
  findElements,
  formatElementNames,
  getAttribute,
  getParentElement,
  getTextLines,
  isInside,
  removeNodes,
} from '../body/tree.ts';

const boxName =
  /pay-?wall|reg-?wall|subscri(?:be|ption|ber)|newsletter|sign-?up|opt-?in|mailing-?list|meter(?:ed)?-|piano|abo(?:nne|nnement|-?box)|suscri|iscriviti|premium-(?:box|teaser|prompt)|member(?:ship)?-(?:cta|prompt|box)|mc_embed|mailchimp|convertkit|substack/i;

/** What such a box asks for, in the languages that many pages are in. */
const boxWords =
  /subscri|sign ?up|sign in|log ?in|newsletter|e-?mail|inbox|free trial|unlock|keep reading|member|abonn|anmelden|jetzt lesen|s'inscrire|inscri|suscr|assin|iscriv|prenumer|tilmeld|tilaa|předplat|prenumerata|подпис|рассыл|订阅|訂閱|登録|購読|구독|اشترك|abone|berlangganan/i;

/** A line that tells who may read on, or asks to subscribe, and nothing else. */
const subscribersLine =
  /^(?:this (?:article|story|content|post|page) is (?:only )?(?:for|available (?:only )?to|reserved for|exclusive to) (?:paying |paid |our |registered )?(?:subscribers|members)|(?:already|not yet) a (?:subscriber|member)\?|(?:subscribe|sign up|register|log ?in) (?:now |here |today |for free )*(?:to|and) (?:keep|continue|read|unlock)|you have (?:read|reached) (?:your|all)|(?:your|a) subscription (?:makes|helps|supports)|article réservé aux abonnés|cet article est réservé|dieser (?:artikel|beitrag) ist (?:nur )?für abonnent|este (?:artículo|artigo) es (?:solo )?para suscriptores|contenuto riservato agli abbonati|(?:この記事は|続きを読むには).{0,20}(?:会員|登録))/iu;

const maxBoxLength = 1_500;
const maxFormLength = 600;
const boxTags = /^(?:div|section|aside|form|p|figure|center|fieldset|article)$/;

const getLength = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);

const hasHeadline = (element: Element): boolean =>
  findElement(element, ({ tagName }) => tagName === 'h1') !== undefined;

const asksForMail = (element: Element): boolean =>
  findElement(
    element,
    (each) =>
      each.tagName === 'input' &&
      /email/i.test(['type', 'name', 'placeholder'].map((name) => getAttribute(each, name) ?? '').join(' ')),
  ) !== undefined;

const isNamedBox = (element: Element): boolean =>
  boxTags.test(element.tagName) && boxName.test(formatElementNames(element));

/** The lines of a box that asks readers to subscribe; undefined for any other element. */
const readBox = (element: Element): string[] | undefined => {
  const isNamed = isNamedBox(element);
  if (!isNamed && !(element.tagName === 'form' && asksForMail(element))) return undefined;
  const lines = getTextLines(element).map(cleanLine);
  const isSmall = getLength(lines) <= (isNamed ? maxBoxLength : maxFormLength);
  return isSmall && boxWords.test(lines.join(' ')) && !hasHeadline(element) ? lines : undefined;
};

const maxLineLength = 200;

const readSubscribersLine = (element: Element): string[] | undefined => {
  if (!/^(?:p|div|h[2-6]|span)$/.test(element.tagName)) return undefined;
  const isNested = findElement(element, ({ tagName }) => /^(?:p|div|h[1-6]|li)$/.test(tagName)) !== undefined;
  const lines = isNested ? [] : getTextLines(element).map(cleanLine);
  const [line = ''] = lines;
  return lines.length === 1 && line.length <= maxLineLength && subscribersLine.test(line) ? lines : undefined;
};

/** Takes out what asks readers to subscribe, wherever it stands in a story. */
export const cutSubscriptionBoxes = (page: Element): CutText[] => {
  const boxes: Element[] = [];
  const cut: CutText[] = [];
  for (const element of findElements(page, ({ tagName }) => boxTags.test(tagName) || /^h[2-6]$/.test(tagName))) {
    const last = boxes.at(-1);
    if ((last && isInside(element, last)) || getParentElement(element) === undefined) continue;
    const lines = readBox(element) ?? readSubscribersLine(element);
    if (!lines) continue;
    boxes.push(element);
    cut.push(...lines.map((text) => ({ text, reason: 'subscription box' })));
  }
  removeNodes(boxes);
  return cut;
};
