import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { slugOf } from '../../api/adminDesk';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';

function open(page: string, role: 'administrator' | 'agent' = 'administrator') {
  const desk = new FakeDesk();
  desk.profile.role = role;
  history.replaceState(null, '', `/console/setup/${page}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

const list = (name: string) => screen.findByRole('list', { name }, { timeout: 9000 });

describe('suspended mail', () => {
  it('stands in a list with reason, sender and size, and can be narrowed to a reason', async () => {
    const { user } = open('suspended');
    const mails = await list('Suspended mail');
    expect(within(mails).getByRole('button', { name: /You have won/ })).toHaveTextContent('Spam');
    await user.click(screen.getByRole('combobox', { name: 'Reason' }));
    await user.click(await screen.findByRole('option', { name: 'Virus' }));
    await waitFor(() => expect(within(mails).getAllByRole('button')).toHaveLength(1));
    expect(within(mails).getByRole('button')).toHaveTextContent('Scanned document');
  });

  it('is opened, says why it was kept out, and is let in', async () => {
    const { desk, user } = open('suspended');
    const mails = await list('Suspended mail');
    await user.click(within(mails).getByRole('button', { name: /You have won/ }));
    const dialog = await screen.findByRole('dialog', { name: 'You have won' });
    expect(await within(dialog).findByText(/Answer within a day/)).toBeVisible();
    expect(within(dialog).getByText('SPAM: failed')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Let in' }));
    await waitFor(() => expect(desk.admin.held).toHaveLength(13));
    await waitFor(() => expect(within(mails).queryByText('You have won')).toBeNull());
  });

  it('is thrown away only after a second word', async () => {
    const { desk, user } = open('suspended');
    await user.click(within(await list('Suspended mail')).getByRole('button', { name: /won/ }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Throw away' }));
    expect(desk.admin.held).toHaveLength(14);
    await user.click(within(dialog).getByRole('button', { name: 'Throw away' }));
    await waitFor(() => expect(desk.admin.held).toHaveLength(13));
  });

  it('has its sender blocked', async () => {
    const { desk, user } = open('suspended');
    await user.click(within(await list('Suspended mail')).getByRole('button', { name: /won/ }));
    await user.click(await screen.findByRole('button', { name: 'Block sender' }));
    await waitFor(() =>
      expect(desk.admin.blocked.map((one) => one.setting.pattern)).toContain(
        'prize@lottery.example',
      ),
    );
  });

  it('comes page by page', async () => {
    const { user } = open('suspended');
    const mails = await list('Suspended mail');
    expect(within(mails).getAllByRole('button')).toHaveLength(10);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(within(mails).getAllByRole('button')).toHaveLength(14));
  });
});

describe('the other pages', () => {
  it('block a domain and let it in again', async () => {
    const { desk, user } = open('blocked');
    await list('Blocked senders');
    await user.type(screen.getByRole('textbox', { name: 'Address or domain' }), '@noise.example');
    await user.click(screen.getByRole('button', { name: 'Block' }));
    const row = (await screen.findByText('@noise.example')).closest('li');
    if (!row) throw new Error('no row');
    await user.click(within(row).getByRole('button', { name: 'Unblock' }));
    await user.click(within(row).getByRole('button', { name: 'Unblock' }));
    await waitFor(() => expect(desk.admin.blocked).toHaveLength(2));
  });

  it('say what is wrong with a pattern in the words of the desk', async () => {
    const { user } = open('blocked');
    await list('Blocked senders');
    await user.type(screen.getByRole('textbox', { name: 'Address or domain' }), 'x@nowhere');
    await user.click(screen.getByRole('button', { name: 'Block' }));
    expect(await screen.findByText(/@example.com for a whole domain/)).toBeInTheDocument();
  });

  it('find a stopped address by how it begins and send to it again', async () => {
    const { desk, user } = open('suppressed');
    const rows = await list('Stopped addresses');
    expect(rows).toHaveTextContent('Came back');
    await user.type(screen.getByRole('searchbox'), 'tir');
    await waitFor(() => expect(within(rows).getAllByRole('listitem')).toHaveLength(1));
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    await waitFor(() => expect(desk.admin.stopped).toHaveLength(2));
    expect(await screen.findByText('No such address is stopped')).toBeVisible();
  });

  it('test whether an existing mailbox comes in', async () => {
    const { desk, user } = open('mailboxes');
    const rows = await list('Mailboxes');
    const door = within(rows).getAllByRole('button', { name: /Connect an existing/ })[0];
    if (door) await user.click(door);
    const dialog = await screen.findByRole('dialog', { name: 'Connect an existing mailbox' });
    expect(await within(dialog).findByText('482 913 077')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Test invoices@example.com' }));
    expect(await within(dialog).findByText(/Not back yet/)).toBeVisible();
    desk.admin.arrives('billing', 'invoices@example.com');
    expect(
      await within(dialog).findByText(/Works, came back/, {}, { timeout: 9000 }),
    ).toBeVisible();
  });

  it('change the aliases of a mailbox and where other mail goes', async () => {
    const { desk, user } = open('mailboxes');
    const rows = await list('Mailboxes');
    const door = within(rows).getAllByRole('button', { name: /Edit aliases/ })[1];
    if (door) await user.click(door);
    const field = await screen.findByRole('textbox', { name: 'Other addresses of this mailbox' });
    await user.type(field, 'parcels@example.org post@example.org');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(desk.admin.boxes[1]?.setting.aliases).toEqual([
        'parcels@example.org',
        'post@example.org',
      ]),
    );
    await user.click(screen.getByRole('combobox', { name: 'Mail to any other address' }));
    await user.click(await screen.findByRole('option', { name: 'help@desk.example' }));
    await waitFor(() => expect(desk.admin.rules.setting.catch_all_mailbox_id).toBe('technical'));
  });

  it('add a mailbox for a department, and move one to another', async () => {
    const { desk, user } = open('mailboxes');
    await list('Mailboxes');
    await user.click(screen.getByRole('link', { name: 'Add a mailbox' }));
    await user.type(await screen.findByRole('textbox', { name: 'Address' }), 'parts@desk.example');
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Spare parts');
    await user.click(screen.getByRole('combobox', { name: 'Department' }));
    await user.click(await screen.findByRole('option', { name: 'Spare parts' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(desk.admin.boxes.at(-1)?.setting).toEqual({
        id: 'parts',
        address: 'parts@desk.example',
        name: 'Spare parts',
        department_id: 'spare-parts',
        aliases: [],
      }),
    );
    const rows = await list('Mailboxes');
    await user.click(await within(rows).findByRole('link', { name: /Change.*parts@desk/ }));
    await user.click(await screen.findByRole('combobox', { name: 'Department' }));
    await user.click(await screen.findByRole('option', { name: 'Billing' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(desk.admin.boxes.at(-1)?.setting.department_id).toBe('billing'));
  });

  it('keep the rules of mail', async () => {
    const { desk, user } = open('mail-rules');
    const undo = await screen.findByRole('textbox', { name: /Time to undo/ });
    await user.clear(undo);
    await user.type(undo, '30');
    await user.click(screen.getByRole('checkbox', { name: 'it is resolved' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(desk.admin.rules.setting).toMatchObject({
        undo_seconds: 30,
        public_events: ['ticket_created', 'ticket_resolved'],
      }),
    );
  });

  it('send failed jobs back', async () => {
    const { desk, user } = open('dead-letters');
    const rows = await list('Failed jobs');
    expect(rows).toHaveTextContent('3 failed');
    const door = within(rows)
      .getAllByRole('button', { name: 'Send back' })
      .find((one) => !(one as HTMLButtonElement).disabled);
    if (door) await user.click(door);
    await waitFor(() => expect(desk.admin.queues.every((queue) => !queue.dead)).toBe(true));
  });

  it('say so to whom they are not for', async () => {
    open('mail-rules', 'agent');
    expect(await screen.findByText(/You may not do this/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Suspended mail' })).toBeNull();
  });
});

describe('the id of a blocked sender', () => {
  it('is readable, is a setting id, and differs where addresses differ', () => {
    const ids = ['a.b@example.com', 'a-b@example.com', '@example.com', '@@@'].map(slugOf);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9_-]{0,62}$/);
    expect(ids[0]).toContain('a-b-example-com');
  });
});
