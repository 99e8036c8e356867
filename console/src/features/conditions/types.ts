import type { components } from '../../api/schema';
import type { Whole } from '../../api/settings';

type Schemas = components['schemas'];

/** Every one of `all_of` holds, and one of `any_of` where there are any. */
export type Predicate = Whole<Schemas['PredicateDocument']>;
export type Condition = Whole<Schemas['ConditionDocument']>;
export type Operator = Schemas['Operator'];
export type ValueKind = Schemas['ValueKind'];
export type Step = Whole<Schemas['StepDocument']>;
export type StepKind = Schemas['StepKind'];

export const NO_CONDITIONS: Predicate = { all_of: [], any_of: [] };

export interface Choice {
  value: string;
  label: string;
}

const WITHOUT_VALUE: readonly Operator[] = ['is_empty', 'is_filled', 'is_true', 'is_false'];
const ONE_VALUE: readonly Operator[] = ['at_least', 'at_most'];

export const takesValue = (operator: Operator): boolean => !WITHOUT_VALUE.includes(operator);
export const takesOneValue = (operator: Operator): boolean => ONE_VALUE.includes(operator);
