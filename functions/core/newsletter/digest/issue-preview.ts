import * as z from 'zod';
import type { Issue } from '../issue/issue-record.ts';
import { articleForms } from './select-article-forms.ts';

/** How an article is in an issue: `left` if it has no space even for its title. */
const placedForms = [...articleForms, 'left', 'leftOut'] as const;
export type PlacedForm = (typeof placedForms)[number];

/** What an issue will be, as its editor sees it. */
export const issuePreviewSchema = z.object({
  at: z.string(),
  revision: z.number(),
  subject: z.string(),
  /** In the order of the issue, those that are left out at the end. */
  articles: z.array(z.object({ id: z.string(), title: z.string(), form: z.enum(placedForms) })),
  /** Why the introduction is not shown as it is written. */
  introductionProblem: z.string().exactOptional(),
});
export type IssuePreview = z.infer<typeof issuePreviewSchema>;

const countForm = ({ articles }: IssuePreview, form: PlacedForm): number =>
  articles.filter((article) => article.form === form).length;

/** What an editor should know before approving. The operator's messages are in English. */
export const formatPreviewNotes = (preview: IssuePreview, { introduction }: Pick<Issue, 'introduction'>): string[] => {
  const excerpts = countForm(preview, 'excerpt');
  const titles = countForm(preview, 'title');
  const left = countForm(preview, 'left');
  const leftOut = countForm(preview, 'leftOut');
  const total = preview.articles.length - leftOut;
  const shortened = [
    excerpts > 0 && `${excerpts} with the summary only`,
    titles > 0 && `${titles} with the title only`,
    left > 0 && `${left} not at all`,
  ].filter((part) => part !== false);
  const cause = introduction === undefined ? '' : ', since the introduction takes space, too';
  return [
    ...(total === 0 ? ['No article is left. If you approve it, nothing is sent.'] : []),
    ...(shortened.length > 0 && total > 0
      ? [`To fit into a mail${cause}, of ${total} articles it has ${new Intl.ListFormat('en').format(shortened)}.`]
      : []),
    ...(leftOut > 0 && total > 0 ? [`Left out, for the next issue: ${leftOut}.`] : []),
    ...(preview.introductionProblem ? [`The introduction is shown as plain text. ${preview.introductionProblem}`] : []),
  ];
};
