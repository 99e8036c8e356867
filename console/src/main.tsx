import './theme/scheme';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme/tokens.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDesk, fetchSignIn } from './api/client';
import { App } from './app/App';
import { StartFailed } from './app/StartFailed';
import { createSession } from './auth/session';
import { languageFor, startLanguages } from './i18n';

const root = createRoot(document.getElementById('root') as HTMLElement);
const show = (what: ReactNode): void => root.render(<StrictMode>{what}</StrictMode>);

async function start(): Promise<void> {
  await startLanguages(languageFor(navigator.language));
  if (import.meta.env.MODE === 'demo') {
    const { startDemo } = await import('./api/fake/demo');
    show(startDemo());
    return;
  }
  try {
    const session = createSession(await fetchSignIn());
    if (!(await session.start())) return;
    show(<App desk={createDesk(session)} onSignOut={() => void session.signOut()} />);
  } catch (error) {
    show(<StartFailed error={error} />);
  }
}

void start();
