interface Props {
  id: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
}

export function Choice({ id, label, value, options, onChange }: Props) {
  return (
    <div className="field">
      <label htmlFor={`choice-${id}`}>{label}</label>
      <select
        id={`choice-${id}`}
        value={value}
        data-testid={`choice-${id}`}
        onChange={event => onChange(event.target.value)}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
