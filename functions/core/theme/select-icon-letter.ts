/** The first letter of the publication's title, ignoring a leading article. */
export const selectIconLetter = ({
  title,
  language,
}: {
  readonly title: string;
  readonly language: string;
}): string => {
  const withoutArticle = title.replace(/^(the|a|an|el|la|le|les|los|las|der|die|das|o|os|il)\s+/i, '');
  const [first] = new Intl.Segmenter(language).segment(withoutArticle);
  return (first?.segment ?? '').toLocaleUpperCase(language);
};
