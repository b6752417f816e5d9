import { useState } from 'react';
import { chooseModel, chosenModel, models } from '../composer/models';
import { chooseLanguage, chosenLanguage, type Language } from '../i18n/language';
import { useWords } from '../i18n/useWords';
import { keepsNothing } from '../state/kept';
import { useStore } from '../state/store';
import { chooseTheme, type Theme, theme } from '../theme/theme';
import { Choice } from './Choice';
import { chooseImages, showsImages } from './images';
import { chooseReasoning, opensReasoning } from './reasoning';

export function GeneralSection() {
  const { t } = useWords();
  const [language, setLanguage] = useState<Language | null>(chosenLanguage);
  const shade = useStore(theme);
  const model = useStore(chosenModel);
  const all = useStore(models) ?? [];
  const reasoning = useStore(opensReasoning);

  return (
    <section className="section" aria-label={t('general')}>
      <Choice
        id="language"
        label={t('language')}
        value={language ?? ''}
        options={[
          ['', t('languageAuto')],
          ['en', 'English'],
          ['zh', '中文'],
        ]}
        onChange={value => {
          const next = (value || null) as Language | null;
          setLanguage(next);
          chooseLanguage(next);
        }}
      />
      <Choice
        id="theme"
        label={t('theme')}
        value={shade ?? ''}
        options={[
          ['', t('themeAuto')],
          ['light', t('light')],
          ['dark', t('dark')],
        ]}
        onChange={value => chooseTheme((value || null) as Theme)}
      />
      <Choice
        id="model"
        label={t('modelSetting')}
        value={model ?? ''}
        options={[['', t('modelAuto')], ...all.map((one): [string, string] => [one.name, one.name])]}
        onChange={value => chooseModel(value || null)}
      />
      <label className="switch">
        <input type="checkbox" checked={reasoning} onChange={event => chooseReasoning(event.target.checked)} />
        {t('openReasoning')}
      </label>
      <div className="field">
        <label className="switch">
          <input
            type="checkbox"
            defaultChecked={showsImages()}
            aria-describedby="images-note"
            onChange={event => chooseImages(event.target.checked)}
          />
          {t('images')}
        </label>
        <p className="note" id="images-note">
          {t('imagesText')}
        </p>
      </div>
      {keepsNothing() && <p className="note soft">{t('storageFull')}</p>}
    </section>
  );
}
