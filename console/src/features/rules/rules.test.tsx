import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import './EventRules';
import './Webhooks';

function open(path: string) {
  const desk = new FakeDesk();
  desk.profile.role = 'administrator';
  history.replaceState(null, '', `/console/setup/${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

// The page is loaded when it is first opened, which takes its time on a busy machine.
const LONG = { timeout: 9000 };

describe('rules on events', () => {
  it('stand in their order, each as a sentence and with its uses', async () => {
    open('event-rules');
    const list = await screen.findByRole('list', { name: 'Rules' }, LONG);
    const [first, second] = within(list).getAllByRole('link');
    expect(first).toHaveTextContent('Advertising is spam');
    expect(second).toHaveTextContent('set the priority to High');
    await waitFor(() => expect(second).toHaveTextContent('Acted 12 times.'));
  });

  it('are tried dry, ticket by ticket, before anything is saved', async () => {
    const { desk, user } = open('event-rules/refunds');
    const before = structuredClone(desk.tickets.find(1042).ticket);
    await user.click(
      await screen.findByRole('button', { name: 'Try it on the newest tickets' }, LONG),
    );
    const found = await screen.findByRole('list', { name: 'What would change' }, LONG);
    expect(within(found).getAllByRole('link').length).toBeGreaterThan(1);
    expect(found).toHaveTextContent('Priority');
    expect(desk.tickets.find(1042).ticket).toEqual(before);
  });

  it('say that a trial is of before, once the rule was changed', async () => {
    const { user } = open('event-rules/refunds');
    await user.click(
      await screen.findByRole('button', { name: 'Try it on the newest tickets' }, LONG),
    );
    await screen.findByRole('list', { name: 'What would change' }, LONG);
    await user.click(screen.getByRole('switch', { name: /The rule acts/ }));
    expect(screen.getByText(/The rule was changed since/)).toBeVisible();
  });

  it('have the words of a reply beside the step', async () => {
    open('event-rules/refunds');
    const words = await screen.findByRole('textbox', { name: 'The words' }, LONG);
    expect(words).toHaveValue('Hello {{requester.first_name|there}}, we look into it today.');
  });
});

describe('webhooks', () => {
  it('say at the field what is wrong with a new one', async () => {
    const { desk, user } = open('webhooks');
    await user.click(await screen.findByText('New webhook', {}, LONG));
    await user.type(await screen.findByRole('textbox', { name: /Name/ }, LONG), 'Stock');
    const url = screen.getByRole('textbox', { name: /Address/ });
    await user.type(url, 'http://stock.example.org');
    desk.settings.faults = [{ field: 'webhooks.stock.url', message: 'Give another address.' }];
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(url).toBeInvalid(), LONG);
    expect(url).toHaveAccessibleDescription(/Give another address\./);
  });

  it('show their secret when asked', async () => {
    const { user } = open('webhooks/accounts');
    await user.click(await screen.findByRole('button', { name: 'Show the secret' }, LONG));
    expect(await screen.findByText('0123456789abcdef0123456789abcdef')).toBeVisible();
  });
});
