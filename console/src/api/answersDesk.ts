import type { components } from './schema';
import type { Setting, Whole } from './settings';

type Schemas = components['schemas'];

export type Answer = Whole<Schemas['AnswerBody']>;
export type AnswerKind = Schemas['AnswerKind'];
export type InsertedAnswer = Schemas['InsertedAnswer'];
export type NewAnswer = Schemas['NewAnswer'];
export type KeptAnswer = Schemas['KeepAnswer'];
export type Trial = Schemas['Trial'];
export type TriedTicket = Schemas['TriedTicket'];
export type Effect = Schemas['EffectBody'];

/** How often each entry of a kind was used, by id. */
export type Uses = Readonly<Record<string, number>>;

export const ANSWER_KINDS: readonly AnswerKind[] = ['canned_message', 'predefined_answer', 'macro'];

/** Ready-made words: everybody's, those of one's departments, one's own. */
export interface AnswersDesk {
  /** All that are there for this agent. */
  list(): Promise<Answer[]>;
  /** The words filled in for a ticket; nothing of it changes. */
  insert(number: number, id: string): Promise<InsertedAnswer>;
  create(answer: NewAnswer): Promise<Answer>;
  /** Raises a 409 when somebody changed it meanwhile. */
  change(known: Answer, kept: KeptAnswer): Promise<Answer>;
  remove(known: Answer): Promise<void>;
}

/** Rules on events besides their settings. */
export interface RulesDesk {
  /** What a rule would do to the newest tickets, a page of them; nothing is written. */
  tryRule(rule: Setting<'event-rules'>, cursor: string): Promise<Trial>;
  uses(kind: 'event-rules' | 'time-rules' | 'answers'): Promise<Uses>;
  webhookSecret(id: string): Promise<string>;
}
