import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { SCOPES } from '../../api/apiKeysDesk';
import { FakeDesk } from '../../api/fake/FakeDesk';
import openapi from '../../api/openapi.json';
import { App } from '../../app/App';

function open() {
  const desk = new FakeDesk();
  desk.profile.role = 'administrator';
  history.replaceState(null, '', '/console/setup/api-keys');
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

const list = () => screen.findByRole('list', { name: 'API keys' }, { timeout: 9000 });

describe('API keys', () => {
  it('stand in a list with what they may do, where, and when they were used last', async () => {
    open();
    const row = within(await list())
      .getByText('Web shop')
      .closest('li');
    expect(row).toHaveTextContent('chk_shop_');
    expect(row).toHaveTextContent('Read, open, change and answer tickets');
    expect(row).toHaveTextContent(/Used last on/);
    const ended = within(await list())
      .getByText('Report trial')
      .closest('li');
    expect(ended).toHaveTextContent('Ended');
    expect(ended).toHaveTextContent('Not used yet');
  });

  it('are made with few rights, and show their secret once', async () => {
    const { desk, user } = open();
    await list();
    await user.click(screen.getByRole('button', { name: 'New key' }));
    const dialog = await screen.findByRole('dialog', { name: 'New key' });
    const make = within(dialog).getByRole('button', { name: 'Make the key' });
    expect(make).toBeDisabled();
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Phone system');
    await user.click(within(dialog).getByRole('checkbox', { name: 'Read tickets' }));
    await user.click(make);

    const told = await screen.findByRole('dialog', { name: 'The key of Phone system' });
    expect(within(told).getByLabelText<HTMLInputElement>('Key').value).toMatch(
      /^chk_phone-system_[0-9a-f]{64}$/,
    );
    await user.keyboard('{Escape}');
    expect(told).toBeVisible();
    await user.click(within(told).getByRole('button', { name: 'I have it' }));
    await waitFor(() => expect(screen.queryByText(/chk_phone-system_0/)).toBeNull());
    await waitFor(() => expect(screen.getByRole('button', { name: 'New key' })).toHaveFocus());
    expect(desk.apiKeys.kept.at(-1)).toMatchObject({
      id: 'phone-system',
      scopes: ['tickets:read'],
      all_departments: true,
    });
  });

  it('can be copied', async () => {
    const { user } = open();
    await list();
    await user.click(screen.getByRole('button', { name: 'New key' }));
    const dialog = await screen.findByRole('dialog', { name: 'New key' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Shop 2');
    await user.click(within(dialog).getByRole('checkbox', { name: 'Read reports' }));
    await user.click(within(dialog).getByRole('button', { name: 'Make the key' }));
    await user.click(await screen.findByRole('button', { name: 'Copy' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await navigator.clipboard.readText()).toMatch(/^chk_shop-2_/);
  });

  it('are revoked after a second word', async () => {
    const { desk, user } = open();
    const row = within(await list())
      .getByText('Web shop')
      .closest('li');
    if (!row) throw new Error('no row');
    await user.click(within(row).getByRole('button', { name: 'Revoke' }));
    expect(desk.apiKeys.kept).toHaveLength(2);
    await user.click(within(row).getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(desk.apiKeys.kept).toHaveLength(1));
  });

  it('have every scope that the desk knows, in its order', () => {
    expect(SCOPES).toEqual(openapi.components.schemas.Scope.enum);
  });
});
