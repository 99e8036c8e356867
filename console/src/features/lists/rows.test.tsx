import { screen, waitFor } from '@testing-library/dom';
import { beforeEach, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { prefer } from '../account/preferences';
import { countUnreadFrom, markSeen } from './seen';

beforeEach(() => {
  prefer({ density: 'comfortable' });
  countUnreadFrom('2000-01-01T00:00:00Z');
});

/** A desk that notes which rows are drawn: each drawing reads the subject. It answers once. */
function watchedDesk() {
  const desk = new FakeDesk();
  const drawn: number[] = [];
  const list = desk.list.bind(desk);
  desk.list = async (...asked) => {
    desk.list = () => new Promise(() => undefined);
    const page = await list(...asked);
    for (const row of page.tickets) {
      const { number, subject } = row;
      const get = () => {
        drawn.push(number);
        return subject;
      };
      Object.defineProperty(row, 'subject', { enumerable: true, get });
    }
    return page;
  };
  return { desk, drawn };
}

it('a row of a list is drawn anew only when something of its own has changed', async () => {
  const { desk, drawn } = watchedDesk();
  history.replaceState(null, '', '/console/lists/to_solve');
  render(<App desk={desk} onSignOut={() => undefined} />);
  await screen.findByText('Invoice 2041 shows the wrong VAT');
  expect(new Set(drawn).size).toBeGreaterThan(3);
  drawn.length = 0;

  prefer({ density: 'compact' });
  await waitFor(() => expect(screen.getByRole('main')).toHaveAttribute('data-density', 'compact'));
  expect(drawn).toEqual([]);

  markSeen(1042, '2100-01-01T00:00:00Z');
  await waitFor(() => expect(drawn).toEqual([1042]));
});
