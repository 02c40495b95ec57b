import { zh } from './zh-CN.ts';

/** All words of the console; zh-CN is the source, every other language has exactly its keys. */
export type Catalogue = typeof zh;
export type Locale = 'zh-CN' | 'en-US';

const STORAGE_KEY = 'refund-intercept.locale';
let catalogue: Catalogue = zh;

/** The words of the chosen language. */
export function text(): Catalogue {
  return catalogue;
}

/** The language chosen in this browser, else the browser's own if it is English, else Chinese. */
export function chosenLocale(): Locale {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === 'zh-CN' || stored === 'en-US') return stored;
  return navigator.language.toLowerCase().startsWith('en') ? 'en-US' : 'zh-CN';
}

/** Loads the words of a language before the first page is drawn. */
export async function loadLocale(locale: Locale): Promise<void> {
  catalogue = locale === 'en-US' ? (await import('./en-US.ts')).en : zh;
}

/** Remembers a language and draws everything anew in it. */
export function switchLocale(locale: Locale): void {
  localStorage.setItem(STORAGE_KEY, locale);
  window.location.reload();
}
