import { Markdown } from '../markdown/Markdown';
import { Portrait } from './Portrait';
import { useHuman } from './useHuman';

/** What a digital human says first. It is no message: nothing of it is in the history. */
export function Greeting({ id }: { id: number }) {
  const human = useHuman(id);
  if (!human) return null;
  return (
    <div className="greeting" data-testid="greeting">
      <Portrait human={human} />
      <div>
        <strong>{human.name}</strong>
        {human.greeting && <Markdown text={human.greeting} />}
      </div>
    </div>
  );
}
