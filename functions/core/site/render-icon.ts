import type { PageContext } from './page-context.ts';

/** The site's icon as SVG: the first letter of the publication's title, leaving out a leading article. */
export const renderIcon = ({ publication, render }: Pick<PageContext, 'publication' | 'render'>): string => {
  const title = publication.title.replace(/^(the|a|an|el|la|le|les|los|las|der|die|das|o|os|il)\s+/i, '');
  const [first] = new Intl.Segmenter(publication.language).segment(title);
  return render('page/icon.svg', { letter: (first?.segment ?? '').toLocaleUpperCase(publication.language) });
};
