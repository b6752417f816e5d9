import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon, type IconName } from './Icon';
import { IconButton } from './IconButton';

export interface MenuItem {
  label: string;
  icon: IconName;
  onSelect?: () => void;
  href?: string;
  danger?: boolean;
  testId?: string;
}

interface Props {
  label: string;
  items: MenuItem[];
  icon?: IconName;
  above?: boolean;
  start?: boolean;
  testId?: string;
  children?: ReactNode;
}

/** A button that opens a menu, with the keys that a menu has: arrows, Home, End, Escape. */
export function Menu({ label, items, icon = 'more', above, start, testId, children }: Props) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    focusItem(place.current, 0);
    const close = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [open]);

  const shut = () => {
    setOpen(false);
    button.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const all = entries(place.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') focusItem(place.current, (at + 1) % all.length);
    else if (event.key === 'ArrowUp') focusItem(place.current, (at - 1 + all.length) % all.length);
    else if (event.key === 'Home') focusItem(place.current, 0);
    else if (event.key === 'End') focusItem(place.current, all.length - 1);
    else if (event.key === 'Escape') shut();
    else if (event.key === 'Tab') return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const toggle = { 'aria-haspopup': 'menu' as const, 'aria-expanded': open, onClick: () => setOpen(!open) };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the menu inside.
    <div className="menu-place" ref={place} onKeyDown={onKeyDown}>
      {children ? (
        <button type="button" className="button" ref={button} aria-label={label} data-testid={testId} {...toggle}>
          {children}
        </button>
      ) : (
        <IconButton icon={icon} label={label} ref={button} data-testid={testId} {...toggle} />
      )}
      {open && (
        <div className={`menu ${above ? 'above' : ''} ${start ? 'start' : ''}`} role="menu" aria-label={label}>
          {items.map(item => (
            <Entry key={item.label} item={item} onDone={shut} />
          ))}
        </div>
      )}
    </div>
  );
}

function Entry({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const shared = {
    role: 'menuitem',
    tabIndex: -1,
    className: item.danger ? 'danger' : '',
    'data-testid': item.testId,
  };
  const content = (
    <>
      <Icon name={item.icon} size={16} />
      {item.label}
    </>
  );
  if (item.href) {
    return (
      <a {...shared} href={item.href} download onClick={onDone}>
        {content}
      </a>
    );
  }
  const select = () => {
    onDone();
    item.onSelect?.();
  };
  return (
    <button type="button" {...shared} onClick={select}>
      {content}
    </button>
  );
}

const entries = (place: HTMLElement | null) => [...(place?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

const focusItem = (place: HTMLElement | null, index: number) => entries(place)[index]?.focus();
