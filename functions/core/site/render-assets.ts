import { hash } from 'node:crypto';
import type { Render, RenderContext } from '../render.ts';
import { selectIconLetter } from '../theme/select-icon-letter.ts';

interface Style {
  readonly css: string;
  readonly hash: string;
}

const styles = new WeakMap<Render, Style>();

/** The style sheet, and the hash of its content in its address, so that it can be cached forever. */
export const renderStyle = (render: Render): Style => {
  const known = styles.get(render);
  if (known) return known;
  const css = render('page/style.css', {});
  const style = { css, hash: hash('sha256', css).slice(0, 12) };
  styles.set(render, style);
  return style;
};

/** The site's icon as SVG. */
export const renderIcon = ({ publication, render }: Pick<RenderContext, 'publication' | 'render'>): string =>
  render('page/icon.svg', { letter: selectIconLetter(publication) });
