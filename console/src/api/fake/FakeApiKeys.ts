import { SCOPES, type ApiKey, type ApiKeysDesk, type NewApiKey } from '../apiKeysDesk';
import { fakeProblem } from './FakeTickets';

const DAY = 86_400_000;
const SECRET_LENGTH = 64;

/** API keys in the browser's memory; the secrets are plainly none. */
export class FakeApiKeys implements ApiKeysDesk {
  readonly kept: ApiKey[];

  constructor(
    private readonly clock: () => number,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {
    const shop = this.body('shop', {
      name: 'Web shop',
      scopes: ['tickets:write', 'contacts:write'],
      departments: ['spare-parts'],
      ends_on: null,
    });
    const trial = this.body('report-trial', {
      name: 'Report trial',
      scopes: ['reports:read'],
      departments: [],
      ends_on: this.day(-2),
    });
    this.kept = [
      { ...trial, has_ended: true },
      { ...shop, last_used_on: this.day(0) },
    ];
  }

  list() {
    return this.answer([...this.kept]);
  }

  async make(id: string, wanted: NewApiKey) {
    if (this.kept.some((key) => key.id === id)) {
      throw fakeProblem('stale-setting', 409, `The api_keys ${id} was changed meanwhile.`);
    }
    const key = this.body(id, wanted);
    this.kept.push(key);
    return this.answer({ key, secret: `${key.begins_with}${'0'.repeat(SECRET_LENGTH)}` });
  }

  async revoke(id: string) {
    const at = this.kept.findIndex((key) => key.id === id);
    if (at >= 0) this.kept.splice(at, 1);
    await this.answer(null);
  }

  private day(offset: number): string {
    return new Date(this.clock() + offset * DAY).toISOString().slice(0, 10);
  }

  private body(id: string, wanted: NewApiKey): ApiKey {
    return {
      id,
      name: wanted.name,
      begins_with: `chk_${id}_`,
      scopes: SCOPES.filter((scope) => wanted.scopes.includes(scope)),
      departments: wanted.departments,
      all_departments: wanted.departments.length === 0,
      created_at: new Date(this.clock() - 30 * DAY).toISOString(),
      created_by: 'carla',
      ends_on: wanted.ends_on,
      has_ended: false,
      last_used_on: null,
    };
  }
}
