import { type Child, childElements, type Element, isElement, isText, type Parent } from './tree.ts';

/** What stands below an element, in characters. */
export interface Measure {
  readonly text: number;
  /** Of these, within links. */
  readonly linked: number;
  /** Of these, in runs of text that read like sentences rather than labels. */
  readonly prose: number;
  readonly links: number;
  /** Nothing but inline content: the element may stand in a line of text. */
  readonly inline: boolean;
}

const inlineTags = new Set(
  'a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q ruby rb rt rp s samp small span strike strong sub sup time tt u var wbr nobr'.split(
    ' ',
  ),
);
const nothing: Measure = { text: 0, linked: 0, prose: 0, links: 0, inline: true };

const isHeading = ({ tagName }: Element): boolean => /^h[1-6]$/.test(tagName);

const proseOf = (text: string, linked: number): number => {
  const length = text.length;
  if (length < 30 || linked > length * 0.5) return 0;
  const sentence = /[.!?…。！？।؟:;]["'”’»)\]]*(?:\s|$)/.test(text);
  return sentence || length > 120 ? length - linked : 0;
};

interface Run {
  text: string;
  linked: number;
}

/** Measures every element below `top` in one pass from the leaves up. */
export const measureAll = (top: Element): ReadonlyMap<Element, Measure> => {
  const measures = new Map<Element, Measure>();
  const collapse = (text: string): string => text.replace(/\s+/g, ' ');

  const inlineText = (node: Child, run: Run, inLink: boolean): void => {
    if (isText(node)) {
      run.text += node.value;
      if (inLink) run.linked += collapse(node.value).trim().length;
    } else if (isElement(node)) {
      if (node.tagName === 'br') run.text += '\n';
      for (const child of node.childNodes) inlineText(child, run, inLink || node.tagName === 'a');
    }
  };

  const measure = (element: Element): Measure => {
    const inner = childElements(element).map((child) => ({ child, size: measure(child) }));
    const sizes = new Map(inner.map(({ child, size }) => [child, size]));
    let text = 0;
    let linked = 0;
    let prose = 0;
    let links = element.tagName === 'a' ? 1 : 0;
    let run: Run = { text: '', linked: 0 };
    const close = (): void => {
      const line = collapse(run.text).trim();
      text += line.length;
      linked += Math.min(run.linked, line.length);
      if (!isHeading(element)) prose += proseOf(line, run.linked);
      run = { text: '', linked: 0 };
    };
    for (const node of element.childNodes) {
      const size = isElement(node) ? (sizes.get(node) ?? nothing) : nothing;
      if (isText(node) || (isElement(node) && size.inline)) {
        inlineText(node, run, false);
        links += size.links;
        continue;
      }
      close();
      text += size.text;
      linked += size.linked;
      prose += size.prose;
      links += size.links;
    }
    close();
    const inline = inlineTags.has(element.tagName) && inner.every(({ size }) => size.inline);
    const all = {
      text,
      linked: element.tagName === 'a' ? text : linked,
      prose: element.tagName === 'a' ? 0 : prose,
      links,
      inline,
    };
    measures.set(element, all);
    return all;
  };

  measure(top);
  return measures;
};

/** The measure of an element; zeros for one that came into the tree later. */
export const sizeIn = (measures: ReadonlyMap<Element, Measure>, element: Element): Measure =>
  measures.get(element) ?? nothing;

/** The share of an element's text that stands in links. */
export const linkDensity = ({ text, linked }: Measure): number => (text === 0 ? 0 : linked / text);

export const isElementOf = (parent: Parent): parent is Element => 'tagName' in parent;
