import { expect, test } from 'vitest';
import { detectLanguage } from '../../../functions/core/text/detect-language.ts';
import { findTextDirection, parseLanguageTag } from '../../../functions/core/text/language.ts';

test.each([
  ['en', 'ltr'],
  ['pt-BR', 'ltr'],
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['fa', 'rtl'],
  ['ur', 'rtl'],
  ['ur-Latn', 'ltr'],
  ['und-Arab', 'rtl'],
  ['az-Arab', 'rtl'],
  ['und', 'ltr'],
])('%s is written %s', (language, direction) => {
  expect(findTextDirection(language)).toBe(direction);
});

test.each([
  ['he', 'הנמל נפתח מחדש ביום שני בבוקר, מסר מנהל הנמל.'],
  ['ar', 'أعيد فتح الميناء صباح الاثنين بعد ثلاثة أيام من الضباب.'],
  ['fa', 'بندر صبح دوشنبه پس از سه روز مه دوباره گشوده شد، کسی آسیب ندید.'],
  ['ur', 'تین دن کی دھند کے بعد پیر کی صبح بندرگاہ دوبارہ کھل گئی ہے۔'],
  ['ja', '港は三日間の霧の後、月曜日の朝に再び開かれました。'],
  ['zh', '经过三天的大雾之后，港口于星期一早上重新开放。'],
  ['ko', '사흘간의 안개가 걷힌 뒤 항구가 다시 문을 열었다.'],
  ['el', 'Το λιμάνι άνοιξε ξανά το πρωί της Δευτέρας.'],
  [
    'de',
    'Der Hafen ist am Montag nach drei Tagen im Nebel wieder geöffnet worden. Verletzt wurde niemand, wie die Verwaltung mitteilte. Die Fischer sind noch am Morgen ausgelaufen, und die Fähre soll von Dienstag an wieder nach dem Fahrplan verkehren, der auf der Tafel am Kai steht.',
  ],
  [
    'en',
    'The harbour reopened on Monday after three days of fog, and the boats that had waited outside came in one by one. Nobody was hurt, the harbour office said, but the ferry will not sail before Tuesday, when the new lights on the outer mole are to be tested.',
  ],
  [undefined, 'Alcíone, Boa Hora, Havsvind, Santa Rita, '.repeat(12)],
  [undefined, 'Порт снова открылся в понедельник утром.'],
  [undefined, 'The harbour reopened on Monday; “שלום”, said one.'],
  [undefined, 'שלום'],
])('%s is certain, or nothing is', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

test('a language tag is brought to its usual spelling, or is none', () => {
  expect(parseLanguageTag('pt_br')).toBe('pt-BR');
  expect(parseLanguageTag('englisch, glaube ich')).toBeUndefined();
});
