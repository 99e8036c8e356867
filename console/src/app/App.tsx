import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { DeskProvider, type Desk } from '../api/desk';
import { shouldRetry } from '../api/queries';
import { useTheme } from '../theme/useTheme';
import { createConsoleRouter } from './router';
import { SignOutProvider } from './signOut';

/** Tests wait for no transitions. */
const ENV = import.meta.env.MODE === 'test' ? 'test' : 'default';

interface Props {
  desk: Desk;
  onSignOut: () => void;
}

/** The console, whichever desk stands behind it. */
export function App({ desk, onSignOut }: Props) {
  const [queries] = useState(createQueries);
  const [router] = useState(createConsoleRouter);
  return (
    <MantineProvider theme={useTheme()} defaultColorScheme="auto" env={ENV}>
      <Notifications position="top-center" zIndex={400} />
      <QueryClientProvider client={queries}>
        <DeskProvider value={desk}>
          <SignOutProvider value={onSignOut}>
            <RouterProvider router={router} />
          </SignOutProvider>
        </DeskProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 2000, refetchOnWindowFocus: true },
    },
  });
}
