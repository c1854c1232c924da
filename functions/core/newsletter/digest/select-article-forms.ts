export const articleForms = ['title', 'excerpt', 'full'] as const;
export type ArticleForm = (typeof articleForms)[number];

interface FormBudget {
  readonly count: number;
  readonly availableBytes: number;
  /** Bytes of an article in a form; infinite where that form is impossible. */
  readonly countBytes: (position: number, form: ArticleForm, availableBytes: number) => number;
}

/**
 * Chooses forms that fit. Each article gets its title first, then each its summary, then each its whole text, newest
 * first, as long as there is space; a text that is too long does not keep a shorter, older one from being whole.
 * Articles without space even for their title are missing at the end of the list.
 */
export const selectArticleForms = ({ count, availableBytes, countBytes }: FormBudget): ArticleForm[] => {
  let left = availableBytes;
  const forms: ArticleForm[] = [];
  const tryForm = (position: number, form: ArticleForm): boolean => {
    const current = forms[position];
    const currentBytes = current === undefined ? 0 : countBytes(position, current, left);
    const addedBytes = countBytes(position, form, left + currentBytes) - currentBytes;
    if (addedBytes > left) return false;
    left -= addedBytes;
    forms[position] = form;
    return true;
  };
  for (let position = 0; position < count && tryForm(position, 'title'); position++);
  const titles = forms.length;
  let excerpts = 0;
  while (excerpts < titles && tryForm(excerpts, 'excerpt')) excerpts++;
  for (let position = 0; position < excerpts; position++) tryForm(position, 'full');
  return forms;
};
