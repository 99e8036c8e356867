import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
// What the shell fetches when it is first opened: on a busy machine no test can wait for that.
import '../src/features/newTicket/NewTicketDialog';
import '../src/features/reports/Breaches';
import '../src/features/setup/SetupFrame';
import '../src/features/ticket/TicketPane';

const shown: (() => void)[] = [];

/** Shows it in the document, as the program's start does. */
export function render(what: ReactNode): void {
  const box = document.body.appendChild(document.createElement('div'));
  const root = createRoot(box);
  shown.push(() => {
    root.unmount();
    box.remove();
  });
  flushSync(() => root.render(what));
}

/** Takes everything away again, after each test. */
export function takeDown(): void {
  for (const away of shown.splice(0)) away();
}
