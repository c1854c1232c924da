import Handlebars from 'handlebars';
import type { Publication } from './publication.ts';
import { createRecolor, type ThemeColors } from './theme/palette.ts';

/**
 * Templates by their path under `templates/`, such as `page/article.html` and `page/style.css`, each as the code that
 * `Handlebars.precompile` makes of it: the bundles of functions have no compiler.
 */
export type PrecompiledTemplates = Readonly<Record<string, string>>;

/** Renders a template. */
export type Render = (name: string, data: object) => string;

export interface RenderContext {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly render: Render;
}

/**
 * Loads templates on first use, in the colours that the publication chose. `page/partials/byline.html` is the partial
 * `byline` of every HTML template.
 */
export const createRender = (templates: PrecompiledTemplates, colors?: ThemeColors): Render => {
  const recolor = createRecolor(colors);
  const handlebars = Handlebars.create();
  const load = (code: string): Handlebars.TemplateDelegate =>
    handlebars.template(new Function(`return ${recolor(code)}`)());
  for (const [name, code] of Object.entries(templates)) {
    const partial = /\/partials\/([^/]+)\.html$/.exec(name)?.[1];
    if (partial) handlebars.registerPartial(partial, load(code));
  }
  const loaded = new Map<string, Handlebars.TemplateDelegate>();
  return (name, data) => {
    let template = loaded.get(name);
    if (!template) {
      const code = templates[name];
      if (code === undefined) throw new Error(`there is no template ${name}`);
      template = load(code);
      loaded.set(name, template);
    }
    return template(data);
  };
};
