const particles = new Set('de do da del di la le les of upon sur am an der el al the y e i a'.split(' '));

export const isCapitalized = (name: string): boolean =>
  name === name.toUpperCase() && name !== name.toLowerCase() && name.length > 2;

/** "RIO DE JANEIRO" becomes "Rio de Janeiro"; abbreviations stay: "WASHINGTON, D.C.". */
export const toPlaceCase = (where: string): string =>
  where
    .split(/(,\s*)/u)
    .map((part, index) => (isCapitalized(part) && !(index > 0 && part.length < 3) ? capitalizeWords(part) : part))
    .join('');

const capitalizeWords = (name: string): string =>
  name
    .split(/([\s/-]+)/u)
    .map((word, index) => {
      if (/\p{L}\.\p{L}|^\p{L}\.$/u.test(word)) return word;
      const lower = word.toLowerCase();
      if (index > 0 && particles.has(lower)) return lower;
      return lower.replace(/^\P{L}*\p{L}|(?<=^\p{L}['’])\p{L}/gu, (letter) => letter.toUpperCase());
    })
    .join('');
