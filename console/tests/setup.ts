import '@testing-library/jest-dom/vitest';
import { notifications } from '@mantine/notifications';
import { configure } from '@testing-library/dom';
import { afterEach, beforeAll, vi } from 'vitest';
import { speak, startLanguages } from '../src/i18n';
import { takeDown } from './render';

const nothing = (): void => undefined;

// jsdom has no layout: what asks for sizes and media gets a desk's wide screen.
class Observer {
  observe = nothing;
  unobserve = nothing;
  disconnect = nothing;
}
vi.stubGlobal('ResizeObserver', Observer);
vi.stubGlobal('IntersectionObserver', Observer);
const deaf = { addEventListener: nothing, removeEventListener: nothing };
vi.stubGlobal('matchMedia', (media: string) => ({
  ...deaf,
  matches: media.includes('min-width'),
  media,
  addListener: nothing,
  removeListener: nothing,
}));
Object.defineProperty(document, 'fonts', { value: deaf, configurable: true });
Element.prototype.scrollIntoView = nothing;
window.scrollTo = nothing;

configure({ asyncUtilTimeout: 30_000 });
beforeAll(() => startLanguages('en'));
afterEach(async () => {
  takeDown();
  notifications.clean();
  await speak('en');
  localStorage.clear();
  // As another tab that cleared it would tell: what is kept is as on a first visit.
  dispatchEvent(new StorageEvent('storage', { key: null }));
  history.replaceState(null, '', '/console/');
});
