import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  redirect,
} from '@tanstack/react-router';
import type { Status, ViewId } from '../api/types';
import { FIRST_PAGE } from '../features/setup/pages';
import { Inside } from './Inside';
import { Shell } from './Shell';

const STATUSES: readonly string[] = ['new', 'open', 'answered', 'postponed', 'resolved', 'closed'];

interface Search {
  /** The list that a ticket was opened from. */
  list?: ViewId | undefined;
  department?: string | undefined;
  status?: Status | undefined;
}

function isView(value: unknown): value is ViewId {
  return typeof value === 'string' && /^[a-z0-9][a-z0-9_-]{0,62}$/.test(value);
}

/** Addresses are typed by people too: what is unknown is left out. */
function readSearch(search: Record<string, unknown>): Search {
  const { list, department, status } = search;
  return {
    ...(isView(list) ? { list } : {}),
    ...(typeof department === 'string' ? { department } : {}),
    ...(typeof status === 'string' && STATUSES.includes(status)
      ? { status: status as Status }
      : {}),
  };
}

const root = createRootRoute({
  component: Inside,
  notFoundComponent: () => <Navigate to="/lists/$view" params={{ view: 'to_solve' }} />,
});

/** One component for all addresses, so that the list stays when a ticket opens beside it. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  validateSearch: readSearch,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router redirects by a throw
    throw redirect({ to: '/lists/$view', params: { view: 'to_solve' }, replace: true });
  },
});

const lists = createRoute({
  getParentRoute: () => shell,
  path: '/lists/$view',
  params: {
    parse: ({ view }) => ({ view: isView(view) ? view : 'to_solve' }),
    stringify: ({ view }) => ({ view }),
  },
});

const ticket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/$number',
  params: {
    parse: ({ number }) => ({ number: /^\d{1,12}$/.test(number) ? Number(number) : 0 }),
    stringify: ({ number }) => ({ number: String(number) }),
  },
});

const setup = createRoute({
  getParentRoute: () => shell,
  path: '/setup',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router redirects by a throw
    throw redirect({ to: '/setup/$page', params: { page: FIRST_PAGE }, replace: true });
  },
});

const setupPage = createRoute({ getParentRoute: () => shell, path: '/setup/$page' });

const setupEntry = createRoute({ getParentRoute: () => shell, path: '/setup/$page/$entry' });

const report = createRoute({ getParentRoute: () => shell, path: '/reports/$report' });

export function createConsoleRouter() {
  return createRouter({
    routeTree: root.addChildren([
      shell.addChildren([home, lists, ticket, setup, setupPage, setupEntry, report]),
    ]),
    basepath: '/console',
    defaultPreload: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
