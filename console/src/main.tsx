import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { noteMissingParts } from './app/missing-part.ts';
import { noteKeyboard } from './app/note-keyboard.ts';
import './app/styles.css';
import { chosenLocale, loadLocale, text } from './i18n/text.ts';

noteMissingParts();
const locale = chosenLocale();
await loadLocale(locale);
document.documentElement.lang = locale;
document.title = text().app.title;
noteKeyboard();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App locale={locale} />);
