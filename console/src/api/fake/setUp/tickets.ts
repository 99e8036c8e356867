import type { Setting } from '../../settings';

type Texts = Record<string, string>;
const both = (en: string, pt_PT: string): Texts => ({ en, pt_PT });

export const TOPICS: Setting<'topics'>[] = [
  {
    id: 'invoices',
    department_id: 'billing',
    names: both('Invoices and payments', 'Faturas e pagamentos'),
    hints: both('Wrong amounts, reminders, copies', 'Valores errados, avisos, cópias'),
    priority: 'normal',
    position: 10,
    type_id: '',
  },
  {
    id: 'broken',
    department_id: 'technical',
    names: both('Something does not work', 'Algo não funciona'),
    hints: both('Say what you see, and since when', 'Diga o que vê e desde quando'),
    priority: 'high',
    position: 20,
    type_id: 'incident',
  },
  {
    id: 'delivery',
    department_id: 'shipping',
    names: both('Where is my order', 'Onde está a minha encomenda'),
    hints: {},
    priority: 'normal',
    position: 30,
    type_id: '',
  },
  {
    id: 'send-back',
    department_id: 'shipping',
    names: both('I want to send something back', 'Quero devolver algo'),
    hints: both('Within 30 days', 'Até 30 dias'),
    priority: 'normal',
    position: 40,
    type_id: 'return',
  },
];

export const FIELDS: Setting<'fields'>[] = [
  {
    id: 'order-number',
    kind: 'text',
    names: both('Order number', 'Número da encomenda'),
    hints: both('It stands in the confirmation, like D-20415', 'Está na confirmação, como D-20415'),
    choices: [],
  },
  {
    id: 'pieces',
    kind: 'number',
    names: both('How many pieces', 'Quantas peças'),
    hints: {},
    choices: [],
  },
  {
    id: 'bought-on',
    kind: 'date',
    names: both('Bought on', 'Comprado em'),
    hints: {},
    choices: [],
  },
  {
    id: 'reason',
    kind: 'choice',
    names: both('Why it goes back', 'Porque é devolvido'),
    hints: {},
    choices: [
      { id: 'damaged', names: both('It came damaged', 'Chegou danificado') },
      { id: 'wrong', names: both('It is not what I ordered', 'Não é o que encomendei') },
      { id: 'not-needed', names: both('I do not need it', 'Não preciso dele') },
    ],
  },
  {
    id: 'affected',
    kind: 'multi_choice',
    names: both('What is affected', 'O que é afetado'),
    hints: both('Choose all that fit', 'Escolha tudo o que se aplica'),
    choices: [
      { id: 'mail', names: both('Mail', 'Correio') },
      { id: 'network', names: both('Network', 'Rede') },
      { id: 'application', names: both('An application', 'Uma aplicação') },
    ],
  },
  {
    id: 'everybody',
    kind: 'checkbox',
    names: both('Nobody can work', 'Ninguém consegue trabalhar'),
    hints: {},
    choices: [],
  },
  {
    id: 'place',
    kind: 'location',
    names: both('Place', 'Local'),
    hints: {},
    choices: [
      { id: 'north', names: both('North building', 'Edifício norte') },
      { id: 'south', names: both('South building', 'Edifício sul') },
    ],
  },
  {
    id: 'device',
    kind: 'asset',
    names: both('Device', 'Equipamento'),
    hints: both('The number on its label', 'O número na etiqueta'),
    choices: [],
  },
  {
    id: 'root-cause',
    kind: 'text',
    names: both('Root cause', 'Causa'),
    hints: {},
    choices: [],
  },
];

export const TICKET_TYPES: Setting<'ticket-types'>[] = [
  {
    id: 'incident',
    names: both('Incident', 'Incidente'),
    departments: ['technical'],
    position: 10,
    fields: [
      { field_id: 'affected', required: 'creation', on_form: true },
      { field_id: 'place', required: 'creation', on_form: true },
      { field_id: 'device', required: 'never', on_form: true },
      { field_id: 'everybody', required: 'never', on_form: true },
      { field_id: 'root-cause', required: 'resolve', on_form: false },
    ],
  },
  {
    id: 'return',
    names: both('Return', 'Devolução'),
    departments: ['shipping', 'billing'],
    position: 20,
    fields: [
      { field_id: 'order-number', required: 'creation', on_form: true },
      { field_id: 'reason', required: 'creation', on_form: true },
      { field_id: 'pieces', required: 'never', on_form: true },
      { field_id: 'bought-on', required: 'never', on_form: true },
    ],
  },
  {
    id: 'question',
    names: both('Question', 'Pergunta'),
    departments: [],
    position: 30,
    fields: [],
  },
];

export const STATUS_LABELS: Setting<'status-labels'>[] = [
  {
    id: 'at-supplier',
    status: 'postponed',
    names: both('At the supplier', 'No fornecedor'),
    is_name_of_status: false,
    position: 10,
  },
  {
    id: 'no-fault',
    status: 'resolved',
    names: both('No fault found', 'Sem avaria'),
    is_name_of_status: false,
    position: 20,
  },
  {
    id: 'waits-for-customer',
    status: 'answered',
    names: both('Waits for the customer', 'À espera do cliente'),
    is_name_of_status: true,
    position: 30,
  },
];

export const SATISFACTION_RULES: Setting<'satisfaction-rules'>[] = [
  {
    id: 'satisfaction',
    is_active: true,
    after: 'resolved',
    delay_hours: 24,
    change_days: 14,
    excluded_departments: [],
  },
];

export const TICKET_RULES: Setting<'ticket-rules'>[] = [
  { id: 'tickets', reopen_hours: 14 * 24, type_to_resolve: false },
];
