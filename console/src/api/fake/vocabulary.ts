import { CONDITIONS } from './conditions';
import type { CustomField, Vocabulary } from '../vocabulary';

const inEnglish = (name: string) => ({ en: name });

function aField(
  id: string,
  kind: CustomField['kind'],
  name: string,
  more: { hint?: string; choices?: string[] } = {},
): CustomField {
  return {
    id,
    kind,
    names: inEnglish(name),
    hints: more.hint ? inEnglish(more.hint) : {},
    choices: (more.choices ?? []).map((one) => ({
      id: one.toLowerCase().replaceAll(' ', '-'),
      names: inEnglish(one),
    })),
  };
}

/** One field of each kind, and what the demo's desk calls its tickets. */
export const VOCABULARY: Vocabulary = {
  conditions: CONDITIONS,
  labels: [
    {
      id: 'at-the-supplier',
      status: 'postponed',
      names: inEnglish('At the supplier'),
      is_name_of_status: false,
    },
    {
      id: 'credit-issued',
      status: 'resolved',
      names: inEnglish('Credit issued'),
      is_name_of_status: false,
    },
  ],
  types: [
    {
      id: 'return',
      names: inEnglish('Return'),
      fields: [
        { field_id: 'order', required: 'creation', on_form: true },
        { field_id: 'pieces', required: 'never', on_form: true },
        { field_id: 'bought', required: 'never', on_form: true },
        { field_id: 'reason', required: 'resolve', on_form: true },
        { field_id: 'wants', required: 'never', on_form: true },
        { field_id: 'inspected', required: 'resolve', on_form: false },
        { field_id: 'depot', required: 'never', on_form: false },
        { field_id: 'device', required: 'never', on_form: false },
      ],
      departments: [],
    },
    {
      id: 'question',
      names: inEnglish('Question'),
      fields: [],
      departments: [],
    },
  ],
  fields: [
    aField('bought', 'date', 'Bought on'),
    aField('depot', 'location', 'Depot', { choices: ['North', 'South'] }),
    aField('device', 'asset', 'Device', { hint: 'Its inventory number' }),
    aField('inspected', 'checkbox', 'Inspected'),
    aField('order', 'text', 'Order number', { hint: 'As it stands on the invoice' }),
    aField('pieces', 'number', 'Pieces'),
    aField('reason', 'choice', 'Reason', { choices: ['Broken', 'Wrong size', 'Not wanted'] }),
    aField('wants', 'multi_choice', 'Customer wants', {
      choices: ['Refund', 'Exchange', 'Repair'],
    }),
  ],
};
