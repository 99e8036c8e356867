import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { draftOf, keepDraft } from '../composer/drafts';
import { basisOf, Outbox, unseen, type Basis, type Outcomes } from './Outbox';

const NUMBER = 1042;
const outcomes = () => ({
  said: vi.fn<Outcomes['said']>(),
  changed: vi.fn<Outcomes['changed']>(),
  failed: vi.fn<Outcomes['failed']>(),
  refused: vi.fn<Outcomes['refused']>(),
});

describe('the outbox', () => {
  let desk: FakeDesk;
  let told: ReturnType<typeof outcomes>;
  let outbox: Outbox;
  let basis: Basis;

  beforeEach(async () => {
    vi.useFakeTimers();
    desk = new FakeDesk();
    told = outcomes();
    outbox = new Outbox(desk, 'ana', told);
    basis = basisOf(await desk.open(NUMBER));
    write('Here you are.');
  });

  afterEach(() => {
    write('');
    vi.useRealTimers();
  });

  const write = (text: string) =>
    keepDraft('ana', NUMBER, { kind: 'public_reply', text, files: [] });
  const textsOn = () =>
    desk.tickets.find(NUMBER).entries.flatMap((entry) => ('text' in entry ? [entry.text] : []));
  const reply = () => outbox.reply(NUMBER, 'stay', basis, 10);

  it('sends a reply when its time has come, not before', async () => {
    reply();
    await vi.advanceTimersByTimeAsync(9_900);
    expect(textsOn()).not.toContain('Here you are.');
    await vi.advanceTimersByTimeAsync(200);
    expect(textsOn()).toContain('Here you are.');
    expect(told.said).toHaveBeenCalledOnce();
    expect(outbox.get().waiting).toEqual([]);
  });

  it('gives the text back when the reply is undone, and sends nothing', async () => {
    reply();
    expect(draftOf('ana', NUMBER).text).toBe('');
    outbox.undo(outbox.get().waiting[0]?.id ?? '');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(draftOf('ana', NUMBER).text).toBe('Here you are.');
    expect(textsOn()).not.toContain('Here you are.');
  });

  it('keeps what was begun meanwhile below the text that comes back', () => {
    reply();
    write('A second thought.');
    outbox.undo(outbox.get().waiting[0]?.id ?? '');
    expect(draftOf('ana', NUMBER).text).toBe('Here you are.\n\nA second thought.');
  });

  it('holds a reply back when the customer wrote meanwhile, and says what is new', async () => {
    reply();
    desk.customerWrites(NUMBER, 'One thing more.');
    await vi.advanceTimersByTimeAsync(10_100);
    const [conflict] = outbox.get().conflicts;
    expect(textsOn()).not.toContain('Here you are.');
    expect(conflict && unseen(conflict.current, conflict.basis)).toMatchObject([
      { text: 'One thing more.' },
    ]);
  });

  it('sends it anyway when the agent has seen what is new', async () => {
    reply();
    desk.customerWrites(NUMBER, 'One thing more.');
    await vi.advanceTimersByTimeAsync(10_100);
    const [conflict] = outbox.get().conflicts;
    if (conflict) outbox.sendAnyway(conflict);
    await vi.advanceTimersByTimeAsync(10);
    expect(textsOn()).toContain('Here you are.');
    expect(outbox.get().conflicts).toEqual([]);
  });

  it('does not bother the agent when only events came in between', async () => {
    reply();
    await desk.change(NUMBER, { priority: 'urgent' }, basis.version);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(textsOn()).toContain('Here you are.');
    expect(told.refused).not.toHaveBeenCalled();
  });

  it('puts the text back and says so when the desk refuses', async () => {
    desk.say = () => Promise.reject(new Error('down'));
    reply();
    await vi.advanceTimersByTimeAsync(10_100);
    expect(told.failed).toHaveBeenCalledOnce();
    expect(draftOf('ana', NUMBER).text).toBe('Here you are.');
  });

  it('makes a change of status after an edit of our own', async () => {
    outbox.change(NUMBER, { status: 'resolved' }, basis, 10);
    const edited = await desk.change(NUMBER, { priority: 'low' }, basis.version);
    outbox.rebase(NUMBER, basis.version, edited.version);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(desk.tickets.find(NUMBER).ticket.status).toBe('resolved');
  });

  it('keeps a reply as a draft and makes a change at once when the page is closed', async () => {
    reply();
    outbox.change(1041, { status: 'spam' }, basisOf(await desk.open(1041)), 10);
    outbox.part();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(draftOf('ana', NUMBER).text).toBe('Here you are.');
    expect(textsOn()).not.toContain('Here you are.');
    expect(desk.tickets.find(1041).ticket.status).toBe('spam');
  });
});
