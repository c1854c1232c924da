export const importFormats = ['feed', 'wordpress', 'ghost', 'medium', 'substack', 'markdown'] as const;
export type ImportFormat = (typeof importFormats)[number];

export const detectImportFormat = (start: string): 'feed' | 'wordpress' | 'ghost' | undefined => {
  const text = start.replace(/^\ufeff/, '').trimStart();
  if (text.startsWith('{')) {
    if (/"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org/.test(text)) return 'feed';
    return /"(?:db|meta|data|posts)"\s*:/.test(text) ? 'ghost' : undefined;
  }
  if (!text.startsWith('<')) return undefined;
  if (/wordpress\.org\/export\/|<wp:wxr_version>/.test(text)) return 'wordpress';
  return /<(?:\w+:)?(?:rss|feed|RDF)[\s>]/.test(text) ? 'feed' : undefined;
};
