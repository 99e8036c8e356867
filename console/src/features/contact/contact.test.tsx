import { fireEvent, screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';

function open(path = '/tickets/1042', desk = new FakeDesk()) {
  history.replaceState(null, '', `/console${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup(), ticket: () => desk.tickets.find(1042).ticket };
}

type User = ReturnType<typeof userEvent.setup>;

async function choose(user: User, item: string) {
  await user.click(await screen.findByRole('button', { name: /^Requester: / }));
  await user.click(await screen.findByRole('menuitem', { name: item }));
  return within(await screen.findByRole('dialog', { name: item }));
}

describe('the requester of a ticket', () => {
  it('can be another one, and it is said who gets the answers from then on', async () => {
    const { desk, user, ticket } = open();
    const before = ticket().requester.name;
    const other = desk.tickets.find(1041).ticket.requester;
    const dialog = await choose(user, 'Change the requester');
    fireEvent.change(dialog.getByLabelText(/Name of the requester/, { selector: 'input' }), {
      target: { value: `${other.name.split(' ')[0]} exam` },
    });
    fireEvent.click(await screen.findByText(new RegExp(`· ${other.email} ·`)));
    await waitFor(() =>
      expect(dialog.getByLabelText(/E-mail of the requester/)).toHaveValue(other.email),
    );
    expect(await dialog.findByText(`Known here as ${other.name}, Example house.`)).toBeVisible();
    expect(
      dialog.getByText(new RegExp(`From now on answers go to .*${before} gets no more`)),
    ).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Change the requester' }));
    await waitFor(() => expect(ticket().requester.id).toBe(other.id));
  });

  it('has several addresses, of which one is the first', async () => {
    const { desk, user, ticket } = open();
    const { id, email } = ticket().requester;
    const dialog = await choose(user, 'Name and addresses');
    const field = dialog.getByRole('textbox', { name: 'Another address' });
    await user.type(field, 'nobody{Enter}');
    expect(await dialog.findByText(/Give a whole address/)).toBeVisible();
    await user.clear(field);
    await user.type(field, 'work@example.org{Enter}');
    await user.click(dialog.getByRole('button', { name: 'Write to work@example.org first' }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(async () =>
      expect((await desk.contacts.read(id)).addresses).toEqual(['work@example.org', email]),
    );
    expect(await screen.findByText('Also work@example.org')).toBeVisible();
  });

  it('is not given an address of somebody else', async () => {
    const { desk, user } = open();
    const taken = desk.tickets.find(1041).ticket.requester.email;
    const dialog = await choose(user, 'Name and addresses');
    await user.type(dialog.getByRole('textbox', { name: 'Another address' }), `${taken}{Enter}`);
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('belongs to another contact');
  });

  it('is merged with another contact after a look at what happens', async () => {
    const { desk, user, ticket } = open();
    const source = ticket().requester.id;
    const other = desk.tickets.find(1041).ticket.requester;
    const dialog = await choose(user, 'Merge with another contact');
    const merge = dialog.getByRole('button', { name: 'Merge' });
    expect(merge).toBeDisabled();
    const field = dialog.getByLabelText('Name or address of the other contact', {
      selector: 'input',
    });
    fireEvent.change(field, { target: { value: other.name } });
    fireEvent.click(await screen.findByText(new RegExp(`· ${other.email} ·`)));
    const preview = await dialog.findByRole('region', { name: 'What happens' });
    expect(preview).toHaveTextContent(`${other.name} stands for`);
    expect(preview).toHaveTextContent('This cannot be undone.');
    await user.click(merge);
    await waitFor(async () =>
      expect((await desk.contacts.read(source)).merged_into).toBe(other.id),
    );
  });
});

describe('a new ticket', () => {
  const fill = async (name: RegExp, value: string) =>
    fireEvent.change(await screen.findByLabelText(name, { selector: 'input, textarea' }), {
      target: { value },
    });

  it('that is internal begins with a note and says that no mail leaves', async () => {
    const { desk, user } = open('/lists/mine');
    await user.click(await screen.findByRole('button', { name: 'New ticket' }));
    await user.click(await screen.findByRole('switch', { name: /^Internal ticket/ }));
    expect(screen.getByText(/no mail leaves from it/)).toBeVisible();
    await fill(/Subject/, 'Order new chairs');
    await fill(/Internal note/, 'Four of them.');
    await user.click(screen.getByRole('button', { name: 'Open ticket' }));
    await waitFor(() => {
      const made = [...desk.tickets.kept.values()].at(-1);
      expect(made?.ticket).toMatchObject({ subject: 'Order new chairs', internal: true });
      expect(made?.entries[0]).toMatchObject({ kind: 'internal_note' });
    });
  });

  it('asks for the fields that its type needs, and shows which one is missing', async () => {
    const { desk, user } = open('/lists/mine');
    await user.click(await screen.findByRole('button', { name: 'New ticket' }));
    await fill(/E-mail of the requester/, 'nina@example.org');
    await fill(/Name of the requester/, 'Nina Sample');
    expect(await screen.findByText('New to this desk.')).toBeVisible();
    await fill(/Subject/, 'Broken lamp');
    await fill(/What the requester asks/, 'It came broken.');
    await user.click(screen.getByRole('combobox', { name: 'Type' }));
    await user.click(await screen.findByRole('option', { name: 'Return' }));
    await user.click(screen.getByRole('button', { name: 'Open ticket' }));
    expect(await screen.findByText('Fill in Order number now.')).toBeVisible();
    await user.type(screen.getByLabelText(/Order number/, { selector: 'input' }), '7718');
    await user.click(screen.getByRole('button', { name: 'Open ticket' }));
    await waitFor(() =>
      expect([...desk.tickets.kept.values()].at(-1)?.ticket).toMatchObject({
        type_id: 'return',
        fields: { order: '7718' },
      }),
    );
  });
});
