/** What a publication's theme adds to its site and mails. */
export interface BuiltTheme {
  /** Templates that stand for those of the same name. */
  readonly templates: Readonly<Record<string, string>>;
  /** Added to the style sheet. */
  readonly css: string;
  /** Files of the site by their paths, in Base64. */
  readonly files: Readonly<Record<string, string>>;
}
