import { useId, type ReactNode } from 'react';
import classes from './FieldGroup.module.css';

interface Props {
  legend: string;
  hint?: string | undefined;
  /** What is wrong with the group as a whole. */
  fault?: string | undefined;
  children: ReactNode;
}

/** Fields that belong together: what they are, what they are for, what is wrong with them. */
export function FieldGroup({ legend, hint, fault, children }: Props) {
  const id = useId();
  return (
    <fieldset className={classes.group} aria-describedby={hint ? id : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p id={id} className={classes.hint}>
          {hint}
        </p>
      )}
      {children}
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
