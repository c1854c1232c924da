/** An address that is known again by who knows it, and tells others little: `a…@reader.example`. */
export const maskAddress = (address: string): string => address.replace(/^(.)[^@]*/, '$1…');
