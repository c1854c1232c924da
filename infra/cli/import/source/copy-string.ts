/**
 * A text by itself: what V8 cuts out of a longer one keeps the whole of that in memory, and of a large source much
 * would be kept for the sake of its ids.
 */
export const copyString = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
