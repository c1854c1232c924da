import { createHash } from 'node:crypto';
import type { Render } from '../render.ts';

/** The style sheet, and the hash of its bytes that its address carries, so that it may be cached for ever. */
export const renderStyle = (render: Render): { readonly css: string; readonly hash: string } => {
  const css = render('page/style.css', {});
  return { css, hash: createHash('sha256').update(css).digest('hex').slice(0, 12) };
};
