/** mjml 5 brings no types; this is the part that is used here. */
declare module 'mjml' {
  interface Options {
    /** `strict` throws at the first document with mistakes. */
    readonly validationLevel: 'strict' | 'soft' | 'skip';
    /** Of the source: messages name it. */
    readonly filePath: string;
    /** Web fonts by family; their style sheets are linked where a family is used. */
    readonly fonts: Readonly<Record<string, string>>;
    readonly keepComments: boolean;
    readonly minify: boolean;
    readonly minifyOptions: { readonly minifyCss: boolean };
  }

  export default function compile(source: string, options: Options): Promise<{ readonly html: string }>;
}
