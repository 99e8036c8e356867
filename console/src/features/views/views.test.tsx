import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';

function open(path: string, desk = new FakeDesk()) {
  history.replaceState(null, '', `/console${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

function asAdministrator(): FakeDesk {
  const desk = new FakeDesk();
  desk.profile.role = 'administrator';
  return desk;
}

const rail = () => screen.findByRole('navigation', { name: 'Lists' });
const dialog = (name: string) => screen.findByRole('dialog', { name });

describe('the rail', () => {
  it('has shared views with their counts, a split one with its departments', async () => {
    const { desk } = open('/lists/to_solve');
    const shared = await within(await rail()).findByRole('region', { name: 'Views' });
    const views = desk.savedViews.list().filter(({ name }) => name);
    for (const { name, count } of views) {
      expect(within(shared).getByRole('link', { name: `${name}${count}` })).toBeInTheDocument();
    }
    const urgent = views.find(({ id }) => id === 'urgent');
    const parts = within(shared).getByRole('list', { name: 'Urgent' });
    expect(within(parts).getAllByRole('link')).toHaveLength(urgent?.parts?.length ?? 0);
  });

  it('opens a view with its name as the heading, in its order', async () => {
    const { desk, user } = open('/lists/to_solve');
    await user.click(await within(await rail()).findByRole('link', { name: /^All tickets/ }));
    expect(await screen.findByRole('heading', { name: 'All tickets', level: 1 })).toBeVisible();
    const list = await screen.findByRole('list', { name: 'All tickets' });
    const first = desk.savedViews.page('all-tickets', {})[0];
    await waitFor(() =>
      expect(within(list).getAllByRole('link')[0]).toHaveTextContent(first?.subject ?? ''),
    );
  });

  it('leads to one department of a split view', async () => {
    const { user } = open('/lists/to_solve');
    const parts = await within(await rail()).findByRole('list', { name: 'Urgent' });
    const [part] = within(parts).getAllByRole('link');
    if (part) await user.click(part);
    expect(location.search).toContain('department=');
    expect(part).toHaveAttribute('aria-current', 'page');
  });
});

describe('a view that is being made', () => {
  it('says how far it is and shows what there is', async () => {
    const desk = new FakeDesk();
    desk.savedViews.building.set('all-tickets', 5);
    open('/lists/all-tickets', desk);
    const total = desk.tickets.kept.size;
    expect(
      await screen.findByText(
        `This view is being prepared: 5 of ${total} tickets looked at. Until then it shows what it had.`,
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toBeInTheDocument();
  });
});

describe('a view of one’s own', () => {
  it('is saved from a list with its filter, and then stands in the rail', async () => {
    const { desk, user } = open('/lists/all_open?status=open');
    await user.click(await screen.findByRole('button', { name: 'Save as view' }));
    const form = await dialog('Save as view');
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'Open ones');
    await user.click(within(form).getByRole('button', { name: 'Save' }));

    expect(await screen.findByRole('heading', { name: 'Open ones', level: 1 })).toBeVisible();
    const [saved] = [...desk.savedViews.own.values()];
    expect(saved?.view.conditions.all_of).toEqual([
      { field: 'status', operator: 'is', values: ['open'] },
    ]);
    const own = await within(await rail()).findByRole('region', { name: 'My views' });
    expect(within(own).getByRole('link', { name: /^Open ones/ })).toBeInTheDocument();
  });

  it('says what the desk refused, and keeps what was typed', async () => {
    const desk = new FakeDesk();
    desk.savedViews.faults = [{ field: 'id', message: 'You have 20 views of your own.' }];
    const { user } = open('/lists/all_open', desk);
    await user.click(await screen.findByRole('button', { name: 'Save as view' }));
    const form = await dialog('Save as view');
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'One more');
    await user.click(within(form).getByRole('button', { name: 'Save' }));
    expect(await within(form).findByRole('alert')).toHaveTextContent(
      'You have 20 views of your own.',
    );
    expect(within(form).getByRole('textbox', { name: 'Name' })).toHaveValue('One more');
  });

  it('is changed and removed', async () => {
    const desk = new FakeDesk();
    await desk.savedViews.save(
      'my-1',
      {
        name: 'Mine alone',
        conditions: { all_of: [], any_of: [] },
        sort: 'newest',
        split: 'assignee',
        columns: ['tags'],
        position: 0,
      },
      0,
    );
    const { user } = open('/lists/my-1', desk);
    await user.click(await screen.findByRole('button', { name: 'Change this view' }));
    const form = await dialog('Change this view');
    const name = within(form).getByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Quick ones');
    await user.click(within(form).getByRole('checkbox', { name: 'Status' }));
    await user.click(within(form).getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('heading', { name: 'Quick ones', level: 1 })).toBeVisible();
    expect(desk.savedViews.own.get('my-1')?.view.columns).toEqual(['tags', 'status']);

    await user.click(await screen.findByRole('button', { name: 'Change this view' }));
    const again = await dialog('Change this view');
    await user.click(within(again).getByRole('button', { name: 'Remove' }));
    const sure = screen.getAllByRole('button', { name: 'Remove' }).at(-1);
    if (sure) await user.click(sure);
    await waitFor(() => expect(desk.savedViews.own.size).toBe(0));
    expect(await screen.findByRole('heading', { name: 'To solve', level: 1 })).toBeVisible();
  });
});

describe('the page of shared views', () => {
  it('lists them in their order, each as a sentence, and makes a new one', async () => {
    const desk = asAdministrator();
    const { user } = open('/setup/views', desk);
    const list = await screen.findByRole('list', { name: 'Views' });
    expect(await within(list).findByText(/assignee left empty/)).toBeInTheDocument();
    expect(within(list).getByText('Every ticket that you may see')).toBeInTheDocument();

    await user.click(screen.getByRole('link', { name: 'New view' }));
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'By hand');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(desk.settings.kept['shared-views'].map(({ setting }) => setting.name)).toContain(
        'By hand',
      ),
    );
  });
});
