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
 * The server's words, which come in the language of the console. The console has its own only for what
 * the gateway before the server can answer too, without words, and for what it shows besides.
 */
export function problemText(error: unknown, t: Translate): string {
  if (error instanceof NoAnswer) return t('problem.noAnswer');
  if (error instanceof StaleTicket) return t('problem.stale');
  if (!(error instanceof ApiProblem)) return t('problem.unexpected');
  switch (error.kind) {
    case 'not-allowed':
      return t('problem.notAllowed');
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
