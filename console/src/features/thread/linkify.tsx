import type { ReactNode } from 'react';

const ADDRESS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g;

/** Plain text with its web addresses as links; nothing else of it is markup. */
export function linkify(text: string): ReactNode[] {
  return text.split(ADDRESS).map((part, index) =>
    index % 2 ? (
      // The same address may stand twice, so the place is the key.
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
