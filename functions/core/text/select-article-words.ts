import articleWords from './article-words.json' with { type: 'json' };

type ArticleWords = (typeof articleWords)['en'];

const wordsByLanguage = new Map<string, ArticleWords>(Object.entries(articleWords));

/**
 * Words for readers that stand in the body of an article, in its language. Templates cannot have them: the process that
 * parses seeds has none. English stands in for languages without words.
 */
export const selectArticleWords = (language = ''): ArticleWords =>
  wordsByLanguage.get(language.toLowerCase().split('-')[0] ?? '') ?? articleWords.en;
