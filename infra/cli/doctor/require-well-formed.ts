import { XMLValidator } from 'fast-xml-parser';

/** XML 1.0, section 2.2: no document has these characters, however they are written. */
const forbiddenCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
/** What may stand in a document without being markup. */
const literal = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g;
/** XML 1.0, section 4.1: without a document type there are five names, and numbers. */
const undeclaredReference = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)[^;\s]{0,20};?/;

/** What every feed reader demands before it reads anything; parsers of feeds forgive it. */
export const requireWellFormed = (text: string): void => {
  const checked = XMLValidator.validate(text);
  if (checked !== true) throw new Error(`${checked.err.msg} (line ${checked.err.line})`);
  const odd = forbiddenCharacter.exec(text);
  if (odd) throw new Error(`a character that XML forbids (line ${countLines(text, odd.index)})`);
  const unknown = undeclaredReference.exec(text.replace(literal, ''))?.[0];
  if (unknown !== undefined) throw new Error(`the entity ${unknown} is not declared`);
};

const countLines = (text: string, index: number): number => text.slice(0, index).split('\n').length;
