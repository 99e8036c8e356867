import classes from './Initials.module.css';

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.at(-1) : '';
  return [words[0], last]
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}

interface Props {
  name: string;
  /** Agents and customers are told apart by shape as well as by colour. */
  of: 'agent' | 'customer';
  size?: number;
  /** The name stands beside it: nothing to read out twice. */
  isBesideName?: boolean;
}

export function Initials({ name, of, size = 24, isBesideName = false }: Props) {
  const look = { width: size, height: size, fontSize: Math.round(size * 0.4) };
  if (isBesideName) {
    return (
      <span aria-hidden className={classes.initials} data-of={of} style={look}>
        {initialsOf(name)}
      </span>
    );
  }
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      className={classes.initials}
      data-of={of}
      style={look}
    >
      {initialsOf(name)}
    </span>
  );
}
