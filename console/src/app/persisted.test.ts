import { expect, it, vi } from 'vitest';
import { persisted } from './persisted';

it('what another tab chose is known here at once', () => {
  const store = persisted('test.choice', { size: 'small' });
  const told = vi.fn();
  store.subscribe(told);

  localStorage.setItem('test.choice', JSON.stringify({ size: 'large' }));
  dispatchEvent(new StorageEvent('storage', { key: 'test.other' }));
  expect(store.get()).toEqual({ size: 'small' });
  dispatchEvent(new StorageEvent('storage', { key: 'test.choice' }));

  expect(store.get()).toEqual({ size: 'large' });
  expect(told).toHaveBeenCalledOnce();
});
