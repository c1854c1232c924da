/** Settings without mistakes. */
export const validSettings = {
  id: 'harbour-gazette',
  title: 'The Harbour Gazette',
  description: 'News from a small port.',
  language: 'en',
  timeZone: 'Europe/Lisbon',
  author: { name: 'The Harbour Gazette' },
  sender: { name: 'The Harbour Gazette', email: 'editor@gazette.example' },
  postalAddress: '1 Quay Street, Porto',
  digest: { daily: { hour: 7 }, weekly: { day: 'monday', hour: 7 } },
} as const;
