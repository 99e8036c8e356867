import '@testing-library/jest-dom/vitest';
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
Object.defineProperty(document, 'fonts', { value: deaf });
Element.prototype.scrollIntoView = nothing;
window.scrollTo = nothing;

configure({ asyncUtilTimeout: 20_000 });
beforeAll(() => startLanguages('en'));
afterEach(async () => {
  takeDown();
  await speak('en');
  localStorage.clear();
  history.replaceState(null, '', '/console/');
});
