import type { DigitalHuman } from './humans';

/** The first letter of its name, on a colour of its own. */
export function Portrait({ human, small }: { human: DigitalHuman; small?: boolean }) {
  const [letter = '?'] = [...human.name.trim()];
  return (
    <span
      className={`portrait ${small ? 'small' : ''}`}
      style={{ background: `hsl(${(human.id * 67 + 160) % 360} 45% 36%)` }}
      aria-hidden="true"
    >
      {letter.toUpperCase()}
    </span>
  );
}
