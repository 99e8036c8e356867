import { App } from '../../app/App';
import { FakeDesk } from './FakeDesk';

/** The whole console over a desk in the browser's memory; `window.demo` lets a customer write. */
export function startDemo() {
  const desk = new FakeDesk({ delay: 120 });
  Object.assign(window, { demo: desk });
  return <App desk={desk} onSignOut={() => location.assign('/console/')} />;
}
