import { NoAnswer, problemError } from './problems';

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the desk answered, or the error that it told. */
export async function unwrap<T>(pending: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await pending;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new NoAnswer(cause);
  }
  if (!outcome.response.ok) throw problemError(outcome.error, outcome.response.status);
  return outcome.data as T;
}
