import { createHash } from 'node:crypto';
import type { Render, RenderContext } from '../render.ts';

/** The style sheet, and the hash of its content in its address, so that it can be cached forever. */
export const renderStyle = (render: Render): { readonly css: string; readonly hash: string } => {
  const css = render('page/style.css', {});
  return { css, hash: createHash('sha256').update(css).digest('hex').slice(0, 12) };
};

/** The site's icon as SVG: the first letter of the publication's title, ignoring a leading article. */
export const renderIcon = ({ publication, render }: Pick<RenderContext, 'publication' | 'render'>): string => {
  const title = publication.title.replace(/^(the|a|an|el|la|le|les|los|las|der|die|das|o|os|il)\s+/i, '');
  const [first] = new Intl.Segmenter(publication.language).segment(title);
  return render('page/icon.svg', { letter: (first?.segment ?? '').toLocaleUpperCase(publication.language) });
};
