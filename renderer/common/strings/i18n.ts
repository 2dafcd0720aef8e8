import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './resources.ts';

/** Starts i18next with the words that are packaged; it answers at once, since nothing is loaded. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
}
