import { notifications } from '@mantine/notifications';
import { ApiProblem, NoAnswer, StaleTicket } from '../api/problems';
import type { Translate } from '../i18n';

/** Tells what happened, in passing. */
export function say(message: string): void {
  notifications.show({ message, withBorder: true, autoClose: 5000, color: 'gray' });
}

/** Tells what could not be done and what a person can do about it. */
export function sayProblem(error: unknown, t: Translate, title?: string): void {
  notifications.show({
    title: title ?? t('problem.title'),
    message: problemText(error, t),
    color: 'red',
    withBorder: true,
    autoClose: 9000,
  });
}

/**
 * The problem in the reader's language where the console knows its kind, else the server's words.
 * Faults of single fields come as the server says them: they name what was wrong.
 */
export function problemText(error: unknown, t: Translate): string {
  if (error instanceof NoAnswer) return t('problem.noAnswer');
  if (error instanceof StaleTicket) return t('problem.stale');
  if (!(error instanceof ApiProblem)) return t('problem.unexpected');
  switch (error.kind) {
    case 'nothing-to-solve':
      return t('problem.nothingToSolve');
    case 'at-capacity':
      return t('problem.atCapacity');
    case 'already-assigned':
      return t('problem.alreadyAssigned');
    case 'not-allowed':
      return t('problem.notAllowed');
    case 'ticket-not-found':
      return t('problem.ticketNotFound');
    case 'invalid-transition':
      return t('problem.invalidTransition');
    case 'lost-race':
    case 'unavailable':
      return t('problem.unavailable');
    default:
      return serversWords(error) || t('problem.unexpected');
  }
}

function serversWords({ problem }: ApiProblem): string {
  const faults = (problem.errors ?? []).map((fault) => fault.message);
  if (faults.length) return faults.join(' ');
  return [problem.detail, problem.advice].filter(Boolean).join(' ');
}
