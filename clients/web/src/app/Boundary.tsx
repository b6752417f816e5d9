import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n/useWords';

/** A fault of one page leaves the others standing. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  return (
    <div className="missing" role="alert">
      <h1>{t('broken')}</h1>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        {t('reload')}
      </button>
    </div>
  );
}
