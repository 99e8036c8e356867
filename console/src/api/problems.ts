import type { OpenedTicket, Problem, StaleProblem } from './types';

const PREFIX = 'urn:chamado:problem:';

/** The server said no, in its own words. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ApiProblem';
  }

  /** The stable short name of the kind of problem, for example `at-capacity`. */
  get kind(): string {
    return this.problem.type.replace(PREFIX, '');
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Somebody changed the ticket meanwhile; `current` is how it is now, where the server told. */
export class StaleTicket extends ApiProblem {
  constructor(
    problem: Problem,
    readonly current: OpenedTicket | null,
  ) {
    super(problem);
    this.name = 'StaleTicket';
  }
}

/** No answer came at all: no network, or the desk is down. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super('The desk did not answer.', { cause });
    this.name = 'NoAnswer';
  }
}

/** The error for what came back with a status of 400 or more. */
export function problemError(body: unknown, status: number): ApiProblem {
  const problem = isProblem(body) ? body : unknownProblem(status);
  if (problem.type === `${PREFIX}stale-ticket`) {
    return new StaleTicket(problem, (problem as StaleProblem).current ?? null);
  }
  return new ApiProblem(problem);
}

export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'type' in body && 'detail' in body;
}

/** What stands before the desk answers in its own form: its status says what can be said. */
function unknownProblem(status: number): Problem {
  const kind = status === 403 ? 'not-allowed' : status >= 500 ? 'unavailable' : 'unexpected';
  return {
    type: `${PREFIX}${kind}`,
    title: 'Unexpected answer',
    status,
    detail: '',
    advice: '',
    errors: [],
  };
}
