/** Medium names the files of its export by day and title, and drafts by `draft_`. */
export const mediumPost = /(?:^|\/)(?:draft_|\d{4}-\d{2}-\d{2}_)[^/]*\.html$/;
export const substackList = /(?:^|\/)posts\.csv$/;

/** Whose export a folder or an archive is, by the names of its files. */
export const detectArchiveKind = (names: readonly string[]): 'medium' | 'substack' | undefined => {
  if (names.some((name) => substackList.test(name)) && names.some((name) => name.endsWith('.html'))) return 'substack';
  return names.some((name) => mediumPost.test(name)) ? 'medium' : undefined;
};
