import Handlebars from 'handlebars';
import type { Publication } from './publication.ts';
import { createRecolor, type ThemeColors } from './theme/palette.ts';

/** Templates by their path under `templates/`: `page/article.html`, `digest/digest.html`, `page/style.css`. */
export type TemplateSources = Readonly<Record<string, string>>;

/** Renders a template. HTML templates escape values, text templates (`.txt`) do not. */
export type Render = (name: string, data: object) => string;

export interface RenderContext {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly render: Render;
}

/**
 * Compiles templates on first use, in the colours that the publication chose. `page/partials/byline.html` is the
 * partial `byline` of every HTML template.
 */
export const createRender = (sources: TemplateSources, colors?: ThemeColors): Render => {
  const recolor = createRecolor(colors);
  const handlebars = Handlebars.create();
  for (const [name, source] of Object.entries(sources)) {
    const partial = /\/partials\/([^/]+)\.html$/.exec(name)?.[1];
    if (partial) handlebars.registerPartial(partial, recolor(source));
  }
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  return (name, data) => {
    let template = compiled.get(name);
    if (!template) {
      const source = sources[name];
      if (source === undefined) throw new Error(`there is no template ${name}`);
      template = handlebars.compile(recolor(source), { strict: true, noEscape: name.endsWith('.txt') });
      compiled.set(name, template);
    }
    return template(data);
  };
};
