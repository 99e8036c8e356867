import { Skeleton } from '@mantine/core';
import classes from './ListSkeleton.module.css';

const ROWS = Array.from({ length: 9 }, (_, index) => index);

/** Rows of the size that the real ones have, so that nothing jumps when they come. */
export function ListSkeleton({ isWide }: { isWide: boolean }) {
  return (
    <div aria-hidden>
      {ROWS.map((row) => (
        <div key={row} className={classes.row} data-wide={isWide || undefined}>
          <Skeleton height={12} width="42%" />
          <Skeleton height={12} width="78%" />
          {!isWide && <Skeleton height={12} width="60%" />}
          {!isWide && <Skeleton height={12} width="30%" />}
        </div>
      ))}
    </div>
  );
}
