import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keep, recall } from '../state/kept';
import { words } from './words';

export type Language = 'en' | 'zh';

const resources = (index: 0 | 1) => Object.fromEntries(Object.entries(words).map(([key, both]) => [key, both[index]]));

/** Null: as the browser. */
export const chosenLanguage = (): Language | null => {
  const stored = recall('language');
  return stored === 'en' || stored === 'zh' ? stored : null;
};

const browsersLanguage = (): Language => (/^zh/i.test(navigator.language) ? 'zh' : 'en');

export function chooseLanguage(language: Language | null) {
  keep('language', language);
  void i18next.changeLanguage(language ?? browsersLanguage());
}

i18next.on('languageChanged', language => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
});

void i18next.use(initReactI18next).init({
  lng: chosenLanguage() ?? browsersLanguage(),
  resources: { en: { translation: resources(0) }, zh: { translation: resources(1) } },
  keySeparator: false,
  nsSeparator: false,
  // React escapes.
  interpolation: { escapeValue: false },
  initAsync: false,
});
