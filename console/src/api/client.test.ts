import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesk, type Tokens } from './client';
import type { NewMessage } from './types';
import { FakeDesk } from './fake/FakeDesk';
import { speak } from '../i18n';
import { ApiProblem, NoAnswer, StaleTicket } from './problems';

const PROBLEM = { title: 'x', status: 409, detail: 'd', advice: 'a', errors: [] };

function answer(body: unknown, status = 200): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });
}

describe('the client', () => {
  const send = vi.fn<(request: Request) => Promise<Response>>();
  const tokens = {
    access: vi.fn<Tokens['access']>(),
    renew: vi.fn<Tokens['renew']>(),
    lost: vi.fn<Tokens['lost']>(),
  };
  const desk = createDesk(tokens);
  const sent = (index = 0) => send.mock.calls[index]?.[0];

  beforeEach(() => {
    vi.resetAllMocks();
    tokens.access.mockResolvedValue('token-1');
    vi.stubGlobal('fetch', send);
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('shows the access token and asks under /api', async () => {
    send.mockResolvedValue(answer({ views: [] }));
    await desk.views();
    expect(sent()?.url).toBe(`${location.origin}/api/v1/views`);
    expect(sent()?.headers.get('Authorization')).toBe('Bearer token-1');
  });

  it('asks for the language that the page is in', async () => {
    send.mockImplementation(() => Promise.resolve(answer({ views: [] })));
    await speak('pt-BR');
    await desk.views();
    await speak('en');
    await desk.views();
    const asked = send.mock.calls.map(([request]) => request.headers.get('Accept-Language'));
    expect(asked).toEqual(['pt-BR', 'en']);
  });

  it('says which version a reply is based on, and with which key it may be repeated', async () => {
    send.mockResolvedValue(answer({}, 201));
    const message: NewMessage = { kind: 'public_reply', text: 'Hi', uploads: [], then: 'stay' };
    await desk.say(7, message, 3, 'key-1');
    expect(sent()?.url).toContain('/v1/tickets/7/messages');
    expect(sent()?.headers.get('If-Match')).toBe('"3"');
    expect(sent()?.headers.get('Idempotency-Key')).toBe('key-1');
    expect(await sent()?.json()).toEqual(message);
  });

  it('asks every kind of setting in the same way, with the version that a change is based on', async () => {
    const hours = new FakeDesk().settings.kept.calendars[0];
    if (!hours) throw new Error('The demo has business hours.');
    send.mockImplementation(() => Promise.resolve(answer({ ...hours, settings: [hours] })));
    expect(await desk.settings.list('time-rules')).toEqual([hours]);
    await desk.settings.save('calendars', hours);
    await desk.settings.save('calendars', { ...hours, version: 0 });
    await desk.settings.remove('calendars', hours);
    const asked = send.mock.calls.map(([request]) => [
      request.method,
      new URL(request.url).pathname,
      request.headers.get('If-Match'),
    ]);
    expect(asked).toEqual([
      ['GET', '/api/v1/time-rules', null],
      ['PUT', '/api/v1/calendars/office', '"1"'],
      ['PUT', '/api/v1/calendars/office', null],
      ['DELETE', '/api/v1/calendars/office', '"1"'],
    ]);
  });

  it('renews a refused token once and asks again', async () => {
    send.mockResolvedValueOnce(answer({}, 401)).mockResolvedValueOnce(answer({ views: [] }));
    tokens.renew.mockResolvedValue('token-2');
    await desk.views();
    expect(sent(1)?.headers.get('Authorization')).toBe('Bearer token-2');
    expect(tokens.lost).not.toHaveBeenCalled();
  });

  it('renews a token that the gateway finds bad, which it says by 403', async () => {
    const bad = new Response('{"Message":"no"}', {
      status: 403,
      headers: { 'Content-Type': 'application/json' },
    });
    send.mockResolvedValueOnce(bad).mockResolvedValueOnce(answer({ views: [] }));
    tokens.renew.mockResolvedValue('token-2');
    await desk.views();
    expect(sent(1)?.headers.get('Authorization')).toBe('Bearer token-2');
  });

  it('takes what the desk forbids for an answer, not for a bad token', async () => {
    const type = 'urn:chamado:problem:not-allowed';
    send.mockResolvedValue(answer({ ...PROBLEM, type, status: 403 }, 403));
    await expect(desk.claim([])).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(tokens.renew).not.toHaveBeenCalled();
  });

  it('sends the person to the sign-in when the token cannot be renewed', async () => {
    send.mockImplementation(() => Promise.resolve(answer({}, 401)));
    tokens.renew.mockResolvedValue(null);
    await expect(desk.views()).rejects.toBeInstanceOf(ApiProblem);
    expect(tokens.lost).toHaveBeenCalledOnce();
  });

  it('tells a stale ticket from other conflicts, with how it is now', async () => {
    const current = await new FakeDesk().open(1042);
    const type = 'urn:chamado:problem:stale-ticket';
    send.mockResolvedValue(answer({ ...PROBLEM, type, current }, 409));
    const failure = await desk.change(1042, {}, 1).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StaleTicket);
    expect((failure as StaleTicket).current?.ticket.number).toBe(1042);
  });

  it('knows the kind of a problem by its type', async () => {
    send.mockResolvedValue(answer({ ...PROBLEM, type: 'urn:chamado:problem:at-capacity' }, 409));
    await expect(desk.claim([])).rejects.toMatchObject({ kind: 'at-capacity', status: 409 });
  });

  it('says that nobody answered when there is no answer', async () => {
    send.mockRejectedValue(new TypeError('network'));
    await expect(desk.views()).rejects.toBeInstanceOf(NoAnswer);
  });
});
