import { screen, waitFor } from '@testing-library/dom';
import { beforeEach, expect, it, vi } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { prefer } from '../account/preferences';
import { PriorityFlag } from '../ticket/PriorityMark';
import { countUnreadFrom, markSeen } from './seen';

// Every row draws one, so it tells how often rows are drawn.
vi.mock(import('../ticket/PriorityMark'), async (original) => {
  const real = await original();
  return { ...real, PriorityFlag: vi.fn(real.PriorityFlag) };
});
const drawn = vi.mocked(PriorityFlag);

beforeEach(() => {
  prefer({ density: 'comfortable' });
  countUnreadFrom('2000-01-01T00:00:00Z');
});

it('a row of a list is drawn anew only when something of its own has changed', async () => {
  const desk = new FakeDesk();
  history.replaceState(null, '', '/console/lists/to_solve');
  render(<App desk={desk} onSignOut={() => undefined} />);
  await screen.findByText('Invoice 2041 shows the wrong VAT');
  drawn.mockClear();

  prefer({ density: 'compact' });
  await waitFor(() => expect(screen.getByRole('main')).toHaveAttribute('data-density', 'compact'));
  expect(drawn).not.toHaveBeenCalled();

  markSeen(1042, new Date().toISOString());
  await waitFor(() => expect(drawn).toHaveBeenCalledOnce());
});
