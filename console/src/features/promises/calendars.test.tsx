import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';

const NOW = Date.parse('2026-11-20T10:00:00Z');

function open(path: string) {
  const desk = new FakeDesk({ now: () => NOW });
  desk.profile.role = 'administrator';
  history.replaceState(null, '', `/console/setup/${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  const stored = (id: string) =>
    desk.settings.kept.calendars.find(({ setting }) => setting.id === id)?.setting;
  return { desk, stored, user: userEvent.setup() };
}

const field = (name: string | RegExp) => screen.findByLabelText(name, {}, { timeout: 9000 });
const save = () => screen.findByRole('button', { name: 'Save' });

describe('business hours', () => {
  it('stand in a list with their zone and their week in few words', async () => {
    open('calendars');
    const list = await screen.findByRole('list', { name: 'Business hours' }, { timeout: 9000 });
    expect(within(list).getByRole('link', { name: /Office hours/ })).toHaveTextContent(
      'Europe/Lisbon · Mon – Thu 09:00 – 18:00, Fri 09:00 – 12:30 + 14:00 – 17:00',
    );
  });

  it('have several ranges a day, and ranges that go on into the next day', async () => {
    const { user, stored } = open('calendars/office');
    await user.click(await field('Saturday'));
    const closes = screen.getByLabelText('Saturday closes, range 1');
    await user.clear(closes);
    await user.type(closes, '02:00');
    expect(screen.getByText('until the next day')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Add a range to Monday' }));
    await user.type(screen.getByLabelText('Monday opens, range 2'), '20:00');
    await user.type(screen.getByLabelText('Monday closes, range 2'), '22:00');
    await user.click(await save());
    await waitFor(() =>
      expect(stored('office')?.hours.sat).toEqual([{ opens: '09:00', closes: '02:00' }]),
    );
    expect(stored('office')?.hours.mon).toHaveLength(2);
  });

  it('copy the hours of a day to the others', async () => {
    const { user, stored } = open('calendars/office');
    await user.click(
      await screen.findByRole('button', { name: 'Copy the hours of Friday' }, { timeout: 9000 }),
    );
    await user.click(await screen.findByRole('menuitem', { name: 'To Monday to Friday' }));
    await user.click(await save());
    await waitFor(() => expect(stored('office')?.hours.mon).toHaveLength(2));
  });

  it('show public holidays by name, and let a person work on one of them', async () => {
    const { user, stored } = open('calendars/office');
    await user.click(await field(/Oct 5, 2026.*Implantação da República/));
    await user.click(await save());
    await waitFor(() => expect(stored('office')?.working_days).toEqual(['2026-10-05']));
  });

  it('are made anew, with an id of the name', async () => {
    const { user, stored } = open('calendars');
    await user.click(
      await screen.findByRole('link', { name: 'New business hours' }, { timeout: 9000 }),
    );
    await user.type(await field(/^Name/), 'São Paulo, day');
    await user.click(screen.getByRole('button', { name: 'Monday to Friday, 9 to 18' }));
    await user.type(screen.getByLabelText('Day'), '2026-12-24');
    await user.click(screen.getByRole('button', { name: 'Add day off' }));
    await user.click(await save());
    expect(await screen.findByRole('link', { name: /São Paulo, day/ })).toBeVisible();
    expect(stored('sao-paulo-day')).toMatchObject({ holidays: ['2026-12-24'] });
  });
});

describe('a form of the set-up', () => {
  it('shows beside the field what the desk refused, and takes the reader there', async () => {
    const { desk, user } = open('calendars/office');
    desk.settings.faults = [
      { field: 'calendars.office.time_zone', message: 'There is no such time zone.' },
    ];
    await user.type(await field(/^Name/), '!');
    await user.click(await save());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('There is no such time zone.');
    expect(alert).toHaveFocus();
    expect(screen.getByLabelText('Time zone', { selector: 'input' })).toBeInvalid();
  });

  it('keeps what was typed when somebody else was faster, and offers both ways on', async () => {
    const { desk, user, stored } = open('calendars/office');
    await user.type(await field(/^Name/), ' mine');
    desk.settings.someoneChanges('calendars', 'office', { name: 'Theirs' });
    await user.click(await save());
    expect(await screen.findByText('Somebody else changed this meanwhile')).toBeVisible();
    expect(screen.getByLabelText(/^Name/)).toHaveValue('Office hours, Lisbon mine');
    await user.click(screen.getByRole('button', { name: 'Save mine over theirs' }));
    await waitFor(() => expect(stored('office')?.name).toBe('Office hours, Lisbon mine'));
  });

  it('shows theirs instead when that is wanted', async () => {
    const { desk, user } = open('calendars/office');
    await user.type(await field(/^Name/), ' mine');
    desk.settings.someoneChanges('calendars', 'office', { name: 'Theirs' });
    await user.click(await save());
    await user.click(await screen.findByRole('button', { name: 'Show theirs and drop mine' }));
    await waitFor(() => expect(screen.getByLabelText(/^Name/)).toHaveValue('Theirs'));
  });

  it('asks before changes that were not saved are lost', async () => {
    const { user } = open('calendars/office');
    await user.type(await field(/^Name/), ' mine');
    await user.click(screen.getByRole('link', { name: 'Back to Business hours' }));
    const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
    await user.click(within(dialog).getByRole('button', { name: 'Stay here' }));
    expect(screen.getByLabelText(/^Name/)).toHaveValue('Office hours, Lisbon mine');
    await user.click(screen.getByRole('link', { name: 'Back to Business hours' }));
    await user.click(await screen.findByRole('button', { name: 'Leave and lose it' }));
    expect(await screen.findByRole('link', { name: /Office hours, Lisbon/ })).toBeVisible();
  });

  it('says what still needs an entry that cannot be removed', async () => {
    const { desk, user } = open('calendars/office');
    desk.settings.faults = [
      { field: 'sla_policies.gold.calendar_id', message: 'There is no such entry: office.' },
    ];
    await user.click(await screen.findByRole('button', { name: 'Remove' }, { timeout: 9000 }));
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(
      await screen.findByRole('link', { name: 'Service levels: Gold customers' }),
    ).toHaveAttribute('href', '/console/setup/service-levels/gold');
  });

  it('removes an entry after a second word and goes back to the list', async () => {
    const { desk, user } = open('calendars/night');
    await user.click(await screen.findByRole('button', { name: 'Remove' }, { timeout: 9000 }));
    expect(desk.settings.kept.calendars).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(desk.settings.kept.calendars).toHaveLength(1));
    expect(await screen.findByRole('link', { name: /Office hours/ })).toBeVisible();
  });
});
