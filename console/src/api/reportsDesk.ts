import type { components } from './schema';

export type Breach = components['schemas']['BreachBody'];
export type BreachPage = components['schemas']['BreachPage'];

/** What a report is about. Instants with their zone; `department` empty is all that one sees. */
export interface Period {
  from: string;
  to: string;
  department: string;
}

/** Reports for those who lead a department. */
export interface ReportsDesk {
  breaches(period: Period, cursor: string | null): Promise<BreachPage>;
  /** The whole report as a table of comma separated values. */
  breachTable(period: Period): Promise<string>;
}
