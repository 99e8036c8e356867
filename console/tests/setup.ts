import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll, vi } from 'vitest';
import { speak, startLanguages } from '../src/i18n';

// jsdom has no layout: what asks for sizes and media gets a desk's wide screen.
class Observer {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal('ResizeObserver', Observer);
vi.stubGlobal('IntersectionObserver', Observer);
vi.stubGlobal('matchMedia', (media: string) => ({
  matches: media.includes('min-width'),
  media,
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
  addListener: vi.fn(),
  removeListener: vi.fn(),
}));
Object.defineProperty(document, 'fonts', {
  value: { addEventListener: vi.fn(), removeEventListener: vi.fn() },
});
Element.prototype.scrollIntoView = vi.fn();
window.scrollTo = vi.fn();

configure({ asyncUtilTimeout: 5000 });
beforeAll(() => startLanguages('en'));
afterEach(async () => {
  cleanup();
  await speak('en');
  localStorage.clear();
  history.replaceState(null, '', '/console/');
});
