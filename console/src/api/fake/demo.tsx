import { App } from '../../app/App';
import { countUnreadFrom } from '../../features/lists/seen';
import { FULL } from './build';
import { FakeDesk } from './FakeDesk';

/** The whole console over a desk in the browser's memory; `window.demo` lets a customer write. */
export function startDemo() {
  // As if the console had been in use for a while: the newest messages show as unread.
  countUnreadFrom(new Date(Date.now() - 100 * 60_000).toISOString());
  const desk = new FakeDesk({ delay: 120, fillers: FULL });
  // The address says as whom: an administrator sees more of the desk.
  const isAdministrator = new URLSearchParams(location.search).get('as') === 'administrator';
  if (isAdministrator) desk.profile.role = 'administrator';
  Object.assign(window, { demo: desk });
  return <App desk={desk} onSignOut={() => location.assign('/console/')} />;
}
