import type { ButtonHTMLAttributes, Ref } from 'react';
import { Icon, type IconName } from './Icon';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  label: string;
  small?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button without words has its words in the label, which is its tooltip too. */
export function IconButton({ icon, label, small, className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      className={`icon-button ${small ? 'small' : ''} ${className}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} size={small ? 16 : 18} />
    </button>
  );
}
