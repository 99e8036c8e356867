import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agentActor } from '../../api/fake/build';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { NoAnswer } from '../../api/problems';
import { draftOf, keepDraft } from '../composer/drafts';
import { Outbox } from './Outbox';
import { basisOf, unseen, type Basis, type Outcomes } from './outgoing';

const NUMBER = 1042;
const outcomes = () => ({
  said: vi.fn<Outcomes['said']>(),
  changed: vi.fn<Outcomes['changed']>(),
  failed: vi.fn<Outcomes['failed']>(),
  refused: vi.fn<Outcomes['refused']>(),
  waitsNoMore: vi.fn<Outcomes['waitsNoMore']>(),
  left: vi.fn<Outcomes['left']>(),
  notUndone: vi.fn<Outcomes['notUndone']>(),
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
    expect(outbox.get().waiting).toEqual([]);
  });

  it('leaves the reply with the desk at once, so that a closed page loses nothing', async () => {
    reply();
    expect(outbox.isGiving).toBe(true);
    await vi.advanceTimersByTimeAsync(10);
    expect(outbox.isGiving).toBe(false);
    expect(desk.later.on(NUMBER)).toMatchObject([{ text: 'Here you are.' }]);
    outbox.part();
    await vi.advanceTimersByTimeAsync(10_100);
    await desk.open(NUMBER);
    expect(textsOn()).toContain('Here you are.');
    expect(draftOf('ana', NUMBER).text).toBe('');
  });

  it('keeps as a draft what the desk does not have yet when the page is closed', () => {
    desk.say = () => new Promise(() => undefined);
    reply();
    outbox.part();
    expect(draftOf('ana', NUMBER).text).toBe('Here you are.');
  });

  it('tells when the reply had left before it could be taken back', async () => {
    reply();
    await vi.advanceTimersByTimeAsync(10);
    desk.later.takeBack(NUMBER, desk.later.on(NUMBER)[0]?.id ?? '');
    await outbox.undo(outbox.get().waiting[0]?.id ?? '');
    expect(told.left).toHaveBeenCalledWith(NUMBER, true);
    expect(draftOf('ana', NUMBER).text).toBe('');
    expect(outbox.get().waiting).toEqual([]);
  });

  it('lets the reply go on when the desk does not answer the undo, and says so', async () => {
    reply();
    await vi.advanceTimersByTimeAsync(10);
    desk.takeBack = () => Promise.reject(new NoAnswer('down'));
    await outbox.undo(outbox.get().waiting[0]?.id ?? '');
    expect(told.notUndone).toHaveBeenCalledOnce();
    expect(draftOf('ana', NUMBER).text).toBe('');
    await vi.advanceTimersByTimeAsync(10_100);
    expect(textsOn()).toContain('Here you are.');
  });

  it('sends a reply under the same key again when an answer was lost', async () => {
    const say = desk.say.bind(desk);
    const sent = vi.fn<typeof say>(async (...args) => {
      await say(...args);
      if (sent.mock.calls.length === 1) throw new NoAnswer('lost');
      return say(...args);
    });
    desk.say = sent;
    reply();
    await vi.advanceTimersByTimeAsync(10_100);
    expect(textsOn().filter((text) => text === 'Here you are.')).toHaveLength(1);
    expect(told.failed).not.toHaveBeenCalled();
  });

  it('keeps a reply for a chosen hour and holds it back when the customer writes', async () => {
    await outbox.replyLater(NUMBER, 'stay', basis, new Date(Date.now() + 3_600_000));
    expect(desk.later.on(NUMBER)).toHaveLength(1);
    expect(outbox.get().waiting).toEqual([]);
    desk.customerWrites(NUMBER, 'One thing more.');
    await vi.advanceTimersByTimeAsync(3_600_100);
    await desk.open(NUMBER);
    expect(textsOn()).not.toContain('Here you are.');
    expect(desk.later.on(NUMBER)).toMatchObject([{ held: 'stale' }]);
  });

  it('gives a reply for later back with what is new when it is stale already', async () => {
    desk.customerWrites(NUMBER, 'One thing more.');
    const at = new Date(Date.now() + 3_600_000);
    await outbox.replyLater(NUMBER, 'stay', basis, at);
    const [conflict] = outbox.get().conflicts;
    expect(conflict?.sendAt).toEqual(at);
    if (conflict) outbox.sendAnyway(conflict);
    await vi.advanceTimersByTimeAsync(10);
    expect(desk.later.on(NUMBER)).toMatchObject([{ text: 'Here you are.' }]);
  });

  it('gives the text back when the reply is undone, and sends nothing', async () => {
    reply();
    expect(draftOf('ana', NUMBER).text).toBe('');
    await outbox.undo(outbox.get().waiting[0]?.id ?? '');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(draftOf('ana', NUMBER).text).toBe('Here you are.');
    expect(textsOn()).not.toContain('Here you are.');
  });

  it('keeps what was begun meanwhile below the text that comes back', async () => {
    reply();
    write('A second thought.');
    await outbox.undo(outbox.get().waiting[0]?.id ?? '');
    expect(draftOf('ana', NUMBER).text).toBe('Here you are.\n\nA second thought.');
  });

  it('holds a reply back when the customer wrote meanwhile, and says what is new', async () => {
    reply();
    await vi.advanceTimersByTimeAsync(10);
    desk.customerWrites(NUMBER, 'One thing more.');
    await vi.advanceTimersByTimeAsync(10_100);
    const [conflict] = outbox.get().conflicts;
    expect(textsOn()).not.toContain('Here you are.');
    expect(conflict && unseen(conflict.current, conflict.basis)[0]).toMatchObject({
      text: 'One thing more.',
    });
  });

  it('sends it anyway when the agent has seen what is new', async () => {
    reply();
    await vi.advanceTimersByTimeAsync(10);
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

  it('makes a change of status before something else moves the ticket on', async () => {
    outbox.change(NUMBER, { status: 'resolved' }, basis, 10);
    await outbox.settle(NUMBER);
    expect(desk.tickets.find(NUMBER).ticket.status).toBe('resolved');
    expect(outbox.get().waiting).toEqual([]);
  });

  it('waits for a change that is on its way already, and leaves other tickets alone', async () => {
    outbox.change(1041, { status: 'spam' }, basisOf(await desk.open(1041)), 10);
    outbox.change(NUMBER, { status: 'resolved' }, basis, 10);
    void outbox.goNow(outbox.get().waiting[1]?.id ?? '');
    await outbox.settle(NUMBER);
    expect(outbox.get().waiting).toMatchObject([{ number: 1041, state: 'waiting' }]);
  });

  it('keeps a change of status that waits while a reply leaves before it', async () => {
    reply();
    await vi.advanceTimersByTimeAsync(5_000);
    outbox.change(NUMBER, { status: 'resolved' }, basis, 10);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told.failed).not.toHaveBeenCalled();
    expect(desk.tickets.find(NUMBER).ticket.status).toBe('resolved');
  });

  it('does not make a change of status over what somebody else did', async () => {
    outbox.change(NUMBER, { status: 'resolved' }, basis, 10);
    const theirs = desk.tickets.find(NUMBER);
    desk.tickets.set(theirs, 'priority', 'urgent', 'priority_changed', agentActor('rui'));
    theirs.ticket.version += 1;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told.failed).toHaveBeenCalledOnce();
    expect(theirs.ticket.status).toBe('open');
  });

  it('makes a change of status at once when the page is closed', async () => {
    outbox.change(1041, { status: 'spam' }, basisOf(await desk.open(1041)), 10);
    outbox.part();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(desk.tickets.find(1041).ticket.status).toBe('spam');
  });
});
