import type { Language } from './language';

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en');

export const when = (time: string, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));

export const clock = (time: Date, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { timeStyle: 'medium' }).format(time);

export const number = (value: number, language: Language): string =>
  new Intl.NumberFormat(locale(language)).format(value);

/** A duration, from milliseconds. */
export function seconds(milliseconds: number, language: Language): string {
  const isShort = milliseconds < 1000;
  return new Intl.NumberFormat(locale(language), {
    style: 'unit',
    unit: isShort ? 'millisecond' : 'second',
    maximumFractionDigits: isShort || milliseconds >= 10_000 ? 0 : 2,
  }).format(isShort ? milliseconds : milliseconds / 1000);
}
