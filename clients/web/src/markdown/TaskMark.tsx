import { Icon } from '../ui/Icon';

/** The box of a task: a picture of one, since nothing can be ticked in an answer. */
export function TaskMark({ checked }: { checked?: boolean | undefined }) {
  return (
    <span className="task" role="img" aria-label={checked ? '✓' : '–'}>
      {checked && <Icon name="check" size={12} />}
    </span>
  );
}
