import { createHash } from 'node:crypto';
import type { Render, RenderContext } from '../render.ts';
import { selectIconLetter } from '../theme/select-icon-letter.ts';

/** The style sheet, and the hash of its content in its address, so that it can be cached forever. */
export const renderStyle = (render: Render): { readonly css: string; readonly hash: string } => {
  const css = render('page/style.css', {});
  return { css, hash: createHash('sha256').update(css).digest('hex').slice(0, 12) };
};

/** The site's icon as SVG. */
export const renderIcon = ({ publication, render }: Pick<RenderContext, 'publication' | 'render'>): string =>
  render('page/icon.svg', { letter: selectIconLetter(publication) });
