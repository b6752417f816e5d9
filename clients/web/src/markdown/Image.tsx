import type { ComponentProps } from 'react';
import type { ExtraProps } from 'react-markdown';
import { useWords } from '../i18n/useWords';
import { showsImages } from '../settings/images';
import { Icon } from '../ui/Icon';

/** Images of other sites are links until the reader wants them: an image tells its site who reads the answer, and when. */
export function Image({ node: _, src, alt, title }: ComponentProps<'img'> & ExtraProps) {
  const { t } = useWords();
  const address = typeof src === 'string' ? src : '';
  if (!/^https:\/\//i.test(address)) return <span className="no-image">{alt}</span>;
  if (showsImages()) {
    return <img src={address} alt={alt ?? ''} title={title} loading="lazy" referrerPolicy="no-referrer" />;
  }
  return (
    <a className="no-image" href={address} target="_blank" rel="noreferrer noopener nofollow">
      <Icon name="image" size={16} />
      {t('image', { text: alt || new URL(address).host })}
    </a>
  );
}
