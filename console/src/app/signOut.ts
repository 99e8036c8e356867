import { createContext, useContext } from 'react';

/** How one leaves: real sign-out in a desk, nothing to leave in the demo. */
const SignOutContext = createContext<() => void>(() => undefined);
export const SignOutProvider = SignOutContext.Provider;

export function useSignOut(): () => void {
  return useContext(SignOutContext);
}
