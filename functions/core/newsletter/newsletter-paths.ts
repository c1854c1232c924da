/** Addresses of the newsletter under the site's own. A token in the query identifies the reader; GET changes nothing. */
export const newsletterPaths = {
  /** POST: sign up, from the Subscribe page's form. */
  signUp: '/subscriptions',
  /** GET shows a button, POST confirms. */
  confirm: '/subscriptions/confirm',
  /** GET shows what is chosen, POST changes it: daily, weekly, pause. */
  preferences: '/subscriptions/preferences',
  /** GET shows a button, POST acts, be it the button's or RFC 8058's. */
  unsubscribe: '/subscriptions/unsubscribe',
  /** POST: a file of all that is kept about the reader. */
  export: '/subscriptions/export',
  /** POST: forget the reader. */
  erase: '/subscriptions/erase',
  /** GET shows a held issue's buttons to the operator, POST approves or discards it. */
  approve: '/subscriptions/approve',
  issues: '/issues',
  /** All issues of a year such as `2026`. */
  issuesOfYear: (year: string): string => `/issues/${year}`,
  issue: (name: string, format: 'html' | 'txt' | 'json'): string =>
    format === 'html' ? `/issues/${name}` : `/issues/${name}.${format}`,
  issueFeeds: { rss: '/issues/rss.xml', atom: '/issues/atom.xml', json: '/issues/feed.json' },
} as const;
