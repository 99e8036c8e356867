import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/dom';
import { afterEach, beforeAll, vi } from 'vitest';
import { speak, startLanguages } from '../src/i18n';
import { preferences } from '../src/features/account/preferences';
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
const usual = preferences.get();
beforeAll(() => startLanguages('en'));
afterEach(async () => {
  takeDown();
  await speak('en');
  localStorage.clear();
  preferences.set(usual);
  history.replaceState(null, '', '/console/');
});
