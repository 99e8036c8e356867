import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { nextOf } from '../../api/reportsClient';
import { App } from '../../app/App';
import { daysOf, instantsOf } from './periods';

function open(desk = new FakeDesk()) {
  history.replaceState(null, '', '/console/reports/breaches');
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

describe('missed promises', () => {
  it('are listed with what proves each', async () => {
    const { user } = open();
    const table = await screen.findByRole('table');
    const [line] = within(table).getAllByRole('button', { name: /the time that counted/ });
    if (!line) throw new Error('The report has no line.');
    expect(line).toHaveAttribute('aria-expanded', 'false');
    await user.click(line);
    expect(await screen.findByText('1 h 00 of 1 h 00 counted')).toBeInTheDocument();
    expect(screen.getByText('paused')).toBeInTheDocument();
    await user.click(line);
    expect(screen.queryByText('paused')).not.toBeInTheDocument();
  });

  it('are narrowed by department, and an empty report says what would be here', async () => {
    const { user, desk } = open();
    await screen.findByRole('table');
    const asked = vi.spyOn(desk.reports, 'breaches');
    await user.selectOptions(screen.getByLabelText('Department'), 'shipping');
    await waitFor(() => expect(asked).toHaveBeenCalled());
    expect(asked.mock.calls[0]?.[0].department).toBe('shipping');
    await user.selectOptions(screen.getByLabelText('Period'), 'own');
    await user.clear(screen.getByLabelText('From'));
    await user.type(screen.getByLabelText('From'), '2020-01-01');
    await user.clear(screen.getByLabelText('To'));
    await user.type(screen.getByLabelText('To'), '2020-01-31');
    expect(await screen.findByText('No promise was missed')).toBeInTheDocument();
  });

  it('are not offered to agents', async () => {
    const desk = new FakeDesk();
    desk.profile.role = 'agent';
    open(desk);
    expect(await screen.findByText(/^You may not do this/)).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Missed promises' })).not.toBeInTheDocument();
  });
});

describe('periods', () => {
  it('are days of the calendar, the last one whole', () => {
    const now = new Date(2026, 2, 3, 15);
    expect(daysOf('lastMonth', now)).toEqual({ first: '2026-02-01', last: '2026-02-28' });
    expect(daysOf('days7', now)).toEqual({ first: '2026-02-25', last: '2026-03-03' });
    expect(instantsOf(daysOf('month', now))?.to).toBe(new Date(2026, 2, 4).toISOString());
    expect(instantsOf({ first: '2026-03-02', last: '2026-03-01' })).toBeNull();
    expect(instantsOf({ first: '', last: '2026-03-01' })).toBeNull();
  });

  it('are read on by the cursor of the header', () => {
    expect(nextOf('<?from=a&cursor=b%2Bc>; rel="next"')).toBe('b+c');
    expect(nextOf(null)).toBeNull();
  });
});
