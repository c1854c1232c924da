import Handlebars from 'handlebars';

/** Templates by name, as they stand under `templates/`: `page/article.html`, `digest/digest.html`, `page/style.css`. */
export type TemplateSources = Readonly<Record<string, string>>;

/** Fills a template. HTML templates escape what they are given, text templates (`.txt`) do not. */
export type Render = (name: string, data: object) => string;

/** Compiles templates on first use. `page/partials/byline.html` is the partial `byline` of every HTML template. */
export const createRender = (sources: TemplateSources): Render => {
  const handlebars = Handlebars.create();
  for (const [name, source] of Object.entries(sources)) {
    const partial = /\/partials\/([^/]+)\.html$/.exec(name)?.[1];
    if (partial) handlebars.registerPartial(partial, source);
  }
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  return (name, data) => {
    let template = compiled.get(name);
    if (!template) {
      const source = sources[name];
      if (source === undefined) throw new Error(`there is no template ${name}`);
      template = handlebars.compile(source, { strict: true, noEscape: name.endsWith('.txt') });
      compiled.set(name, template);
    }
    return template(data);
  };
};
