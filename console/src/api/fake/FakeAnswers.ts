import type { Answer, AnswersDesk, KeptAnswer, NewAnswer, RulesDesk, Trial } from '../answersDesk';
import type { Setting } from '../settings';
import type { FakeTickets } from './FakeTickets';
import { fakeProblem } from './FakeTickets';
import { ANSWERS } from './setUp/answers';

const PAGE = 20;

/** Ready-made words in the browser's memory. */
export class FakeAnswers implements AnswersDesk {
  readonly kept = structuredClone(ANSWERS);
  readonly used: string[] = [];
  private serial = 0;

  constructor(
    private readonly tickets: FakeTickets,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {}

  list() {
    return this.answer(this.kept);
  }

  async insert(number: number, id: string) {
    const found = this.find(id);
    const { ticket } = this.tickets.find(number);
    this.used.push(id);
    const [first = ''] = ticket.requester.name.split(' ');
    const text = found.text
      .replace(/\{\{requester\.first_name(\|[^}]*)?\}\}/g, first)
      .replaceAll('{{ticket.number}}', String(number));
    const tags = found.steps.filter((step) => step.kind === 'add_tag').map(({ value }) => value);
    const change = tags.length ? { tags: [...new Set([...ticket.tags, ...tags])] } : null;
    const files = found.files.map(({ id: upload, filename, size }) => ({ upload, filename, size }));
    return this.answer({ title: found.title, text, files, change });
  }

  async create({ kind, owner, title, text = '', folder = '' }: NewAnswer) {
    if (!title) throw fakeProblem('invalid_request', 422, 'title');
    this.serial += 1;
    const id = `${owner}~${kind}~new-${this.serial}`;
    const made: Answer = {
      id,
      kind,
      owner,
      title,
      text,
      folder,
      steps: [],
      files: [],
      may_change: true,
      version: 1,
    };
    this.kept.push(made);
    return this.answer(made);
  }

  async change(known: Answer, kept: KeptAnswer) {
    const found = this.find(known.id);
    if (found.version !== known.version) throw fakeProblem('stale_setting', 409, 'stale');
    Object.assign(found, { ...kept, files: found.files, version: found.version + 1 });
    return this.answer(found);
  }

  async remove(known: Answer) {
    this.kept.splice(this.kept.indexOf(this.find(known.id)), 1);
    await this.answer(null);
  }

  private find(id: string): Answer {
    const found = this.kept.find((one) => one.id === id);
    if (!found) throw fakeProblem('not_found', 404, 'gone');
    return found;
  }
}

const nameOf = ({ name }: { name: string }): string => name.split(' ')[0] ?? '';

/** Rules tried on the tickets in the browser's memory, as far as a demonstration needs. */
export class FakeRules implements RulesDesk {
  constructor(
    private readonly tickets: FakeTickets,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {}

  tryRule(rule: Setting<'event-rules'>, cursor: string): Promise<Trial> {
    const all = [...this.tickets.kept.values()]
      .map(({ ticket }) => ticket)
      .toSorted((a, b) => b.number - a.number);
    const from = Number(cursor || 0);
    const page = all.slice(from, from + PAGE);
    const tickets = page
      .filter((_, place) => place % 3 === 0)
      .map(({ number, subject, priority, tags, requester }) => ({
        number,
        subject,
        effects: rule.steps
          .map(({ kind, value, text }) => {
            if (kind === 'set_priority')
              return { what: 'priority', before: priority, after: value };
            if (kind === 'add_tag') {
              const after = [...new Set([...tags, value])].join(', ');
              return { what: 'tags', before: tags.join(', '), after };
            }
            const said = text.replace(
              /\{\{requester\.first_name(\|[^}]*)?\}\}/g,
              nameOf(requester),
            );
            return { what: kind, before: '', after: said || value };
          })
          .filter(({ before, after }) => before !== after || !after),
      }));
    const next = from + PAGE < all.length ? String(from + PAGE) : '';
    return this.answer({ looked_at: page.length, tickets, next });
  }

  uses() {
    return this.answer({ refunds: 12, advertising: 240 });
  }

  webhookSecret() {
    return this.answer('0123456789abcdef0123456789abcdef');
  }
}
