import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import type { Tokens } from '../api/client';
import type { SignIn } from '../api/types';

const HOME = '/console/';

/** The signed-in person's tokens, and the ways in and out by the hosted pages. */
export interface Session extends Tokens {
  /** Goes on when the person is signed in; false while the browser leaves for the hosted page. */
  start(): Promise<boolean>;
  signOut(): Promise<void>;
}

export function createSession(signIn: SignIn): Session {
  const manager = new UserManager(settingsFor(signIn));
  let renewal: Promise<string | null> | null = null;
  const leave = (): void => void toHostedPage(manager);
  return {
    async start() {
      if (isReturning()) await finishSignIn(manager);
      const user = await manager.getUser();
      if (user && !user.expired) return true;
      if (user && (await silently(manager))) return true;
      await toHostedPage(manager);
      return false;
    },
    access: async () => (await manager.getUser())?.access_token ?? null,
    // Requests that fail together are renewed together: a refresh token may serve only once.
    renew: () => (renewal ??= silently(manager).finally(() => (renewal = null))),
    lost: leave,
    async signOut() {
      await manager.removeUser();
      location.assign(signOutAddress(signIn));
    },
  };
}

function settingsFor(signIn: SignIn) {
  return {
    authority: signIn.issuer,
    client_id: signIn.client_id,
    redirect_uri: location.origin + HOME,
    response_type: 'code',
    scope: signIn.scope ?? 'openid email profile',
    loadUserInfo: false,
    automaticSilentRenew: true,
    // The tab's own storage: what a forgotten tab holds ends with it.
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    metadata: {
      issuer: signIn.issuer,
      authorization_endpoint: signIn.authorize_url,
      token_endpoint: signIn.token_url,
      end_session_endpoint: signIn.logout_url,
      jwks_uri: signIn.keys_url,
    },
  };
}

function isReturning(): boolean {
  const query = new URLSearchParams(location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
}

/** Back from the hosted page: the code becomes tokens, and the address is where one came from. */
async function finishSignIn(manager: UserManager): Promise<void> {
  let user: User | undefined;
  try {
    user = await manager.signinCallback();
  } finally {
    const back = typeof user?.state === 'string' ? user.state : HOME;
    history.replaceState(null, '', back.startsWith(HOME) ? back : HOME);
  }
}

async function toHostedPage(manager: UserManager): Promise<void> {
  await manager.signinRedirect({ state: location.pathname + location.search });
}

/** A fresh access token by the refresh token; null when the person has to sign in again. */
async function silently(manager: UserManager): Promise<string | null> {
  try {
    const user = await manager.getUser();
    if (!user?.refresh_token) return null;
    return (await manager.signinSilent())?.access_token ?? null;
  } catch {
    return null;
  }
}

/** Cognito wants `logout_uri`, other issuers `post_logout_redirect_uri`: each ignores the other. */
function signOutAddress(signIn: SignIn): string {
  const address = new URL(signIn.logout_url);
  const home = location.origin + HOME;
  address.searchParams.set('client_id', signIn.client_id);
  address.searchParams.set('logout_uri', home);
  address.searchParams.set('post_logout_redirect_uri', home);
  return address.href;
}
